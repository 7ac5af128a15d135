import { createRuntime } from '@carapace/runtime';
import { inlineSkill } from '../../inline-skill.ts';

/**
 * A host whose skill is in the middle of replacing one file and making another: writes a line of JSON when the content is
 * there and neither is closed, then waits for its end. Argument: the directory.
 */
const docs = process.argv[2];
if (docs === undefined) throw new TypeError('the directory is missing');

const bundle = `import * as fs from 'node:fs/promises';
export default { tools: { write: { async run() {
  const replaced = await fs.open('/docs/a.txt', 'w');
  await replaced.write('half of the new content');
  const made = await fs.open('/docs/new.txt', 'wx');
  await made.write('half');
  console.log('written');
  await new Promise((resolve) => setTimeout(resolve, 100_000));
} } } };`;

const runtime = await createRuntime({
  spares: 1,
  audit: {
    record: (event) => {
      if (event.kind === 'log') process.stdout.write(`${JSON.stringify({ said: event.text })}\n`);
    },
  },
});
const written = inlineSkill({
  name: 'writer',
  bundle,
  tools: { write: { annotations: { readOnly: false, destructive: false }, approval: 'never' } },
  permissions: { fs: [{ mount: 'docs', path: '~/documents', access: ['read', 'write', 'create'] }] },
  limits: { wallMs: 120_000 },
});
const skill = await runtime.load(written, { permissions: 'declared', mounts: { docs } });
await skill.call('write', {});
