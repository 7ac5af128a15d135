import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRuntime, type Runtime } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../../inline-skill.ts';
import { bundleLibrary, versionOf } from './bundle-library.ts';
import { LIBRARY_CASES, type LibraryCase } from './cases.ts';
import { JsonService } from './json-service.ts';
import { type LibraryResult, settleLibraryResults } from './library-results.ts';

const REPORT = fileURLToPath(new URL('../../../examples/files/reports/annual-report-2025.pdf', import.meta.url));

let folder: string;
let service: JsonService;
let runtime: Runtime;
const results: LibraryResult[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-libraries-'));
  copyFileSync(REPORT, join(folder, 'report.pdf'));
  service = await JsonService.start();
  const network = { routes: { 'https://api.example.com': service.origin } };
  runtime = await createRuntime({ approve: async () => true, spares: 1, network });
});
afterAll(async () => {
  await runtime.close();
  await service[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function permissionsOf({ grant }: LibraryCase): object {
  if (grant === 'files') return { fs: [{ mount: 'work', path: folder, access: ['read', 'write', 'create'] }] };
  return grant === 'service' ? { net: [{ host: 'api.example.com', methods: ['GET', 'POST'] }] } : {};
}

async function call(library: LibraryCase): Promise<unknown> {
  const skill = inlineSkill({
    name: `uses-${library.name}`,
    bundle: await bundleLibrary(library.name),
    tools: { run: { annotations: { readOnly: false } } },
    permissions: permissionsOf(library),
    limits: { wallMs: 60_000, cpuMs: 60_000, memoryMiB: 256, brokerCalls: 2_000 },
  });
  await using handle = await runtime.load(skill, { permissions: 'declared' });
  const result = await handle.call('run', library.input);
  if (result.isError) throw new Error(result.toText());
  return result.structured;
}

describe('an ordinary library in a skill', () => {
  it.each(LIBRARY_CASES)('$name $does', async (library) => {
    const { name, does, note = '', expected } = library;
    const version = await versionOf(name);
    let works = false;
    try {
      expect(await call(library)).toEqual(expected);
      works = true;
    } finally {
      results.push({ name, version, works, does, note });
    }
  });

  it('the record for the page is up to date', () => {
    expect(settleLibraryResults(results)).toEqual(results);
  });
});
