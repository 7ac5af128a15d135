import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApprovalRequest, Runtime } from '@carapace/runtime';
import type { DemoStep } from './demo-step.ts';
import { askedFor, call } from './show-skill.ts';

const NOTES = fileURLToPath(new URL('../../examples/skills/notes', import.meta.url));

/** A skill that writes, after a person agreed. In this demo nobody is asked: `approvals` tells who would have been. */
export async function* notesSteps(
  runtime: Runtime,
  approvals: readonly ApprovalRequest[],
  signal: AbortSignal,
): AsyncGenerator<DemoStep> {
  const folder = await mkdtemp(join(tmpdir(), 'carapace-demo-'));
  try {
    await using notes = await runtime.load(NOTES, {
      permissions: 'declared',
      mounts: { notes: folder, 'notes-edit': folder },
    });
    yield askedFor(notes, 'all of it, with an empty folder in the place of that one');
    yield await call(notes, 'add', { title: 'Table saw', text: 'The riving knife is bent.' }, signal);
    const [asked] = approvals.filter(({ skill }) => skill === 'notes');
    yield {
      kind: 'observed',
      what: 'The operator was asked first, with the input that ran',
      holds: asked !== undefined,
      detail: `${asked?.tool} ${asked?.inputJson}`,
    };
    const written = await readFile(join(folder, 'table-saw.md'), 'utf8').catch((error: unknown) => String(error));
    yield {
      kind: 'observed',
      what: 'The note is on the disk',
      holds: written.startsWith('# Table saw'),
      detail: JSON.stringify(written),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}
