import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { InstalledSkill } from '@carapace/manifest';
import { createRuntime } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

/** What the fs broker reads at a time. */
const CHUNK_BYTES = 256 * 1024;
const SIZES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 7];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'carapace-bodies-'));
  for (const size of SIZES) writeFileSync(join(folder, `${size}.bin`), bytesOf(size));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Different in every chunk, so that a chunk lost, doubled or out of order changes the digest. */
function bytesOf(size: number): Buffer {
  return Buffer.from(Array.from({ length: size }, (_, index) => (index * 31 + (index >> 8)) & 0xff));
}

function readingSkill(): InstalledSkill {
  const bundle = `import { readFile } from 'node:fs/promises';
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
export default { tools: { digest: { async run({ file }) {
  const bytes = await readFile('/files/' + file);
  return { length: bytes.length, sha256: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) };
} } } };`;
  const permissions = { fs: [{ mount: 'files', path: folder, access: ['read'] }] };
  return inlineSkill({ name: 'digest', bundle, tools: { digest: {} }, permissions });
}

describe('a file read by a skill', () => {
  it('arrives whole, whatever number of chunks it takes', async () => {
    await using runtime = await createRuntime({ spares: 1 });
    await using skill = await runtime.load(readingSkill(), { permissions: 'declared' });
    for (const size of SIZES) {
      const { structured } = await skill.call('digest', { file: `${size}.bin` });
      const sha256 = createHash('sha256').update(bytesOf(size)).digest('hex');
      expect(structured).toEqual({ length: size, sha256 });
    }
  });
});
