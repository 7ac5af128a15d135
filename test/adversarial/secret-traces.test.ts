import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startHost } from './host-program.ts';
import { type RawServer, reply, startRawServer } from './servers/raw-server.ts';

/** Long enough that no piece of it stands anywhere by chance, and made up at run time, so that this file does not hold it. */
const SECRET = `canary-${'7f3a'.repeat(3)}-${'91be'.repeat(2)}`;

let server: RawServer;
let folder: string;
beforeAll(async () => {
  server = await startRawServer(({ headers }) => {
    const sent = headers.find(([name]) => name === 'authorization')?.[1] ?? '';
    return reply(
      `${sent} ${Buffer.from(sent.slice(7)).toString('base64')} ${Buffer.from(sent.slice(7)).toString('hex')}`,
    );
  });
  folder = mkdtempSync(join(tmpdir(), 'carapace-traces-'));
  mkdirSync(join(folder, 'tmp'));
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** Files below the folder whose bytes hold a text, with the text. */
function filesWith(...texts: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name));
      return texts.filter((text) => bytes.includes(text)).map((text) => `${entry.name}: ${text}`);
    });
}

describe('SE-270 every file that a host with a secret has written', () => {
  it('holds no byte of it: audit, results, logs, metrics, the report of Node, temporary files', async () => {
    const env = { CARAPACE_BAIT_TOKEN: SECRET, TMPDIR: join(folder, 'tmp'), NODE_DEBUG: 'net,http' };
    await using program = startHost('secretive', {
      args: [server.origin],
      env,
      cwd: folder,
      stderr: join(folder, 'stderr.log'),
    });
    expect(await program.next()).toEqual({
      codes: [
        'ok',
        'ok',
        'ERR_CARAPACE_SKILL_THREW',
        'ok',
        'ERR_CARAPACE_SKILL_THREW',
        'ERR_CARAPACE_BUDGET_WALL',
        'ERR_CARAPACE_BUDGET_MEMORY',
      ],
    });
    await program.exited;
    expect(
      server.requests.some(({ head }) => head.includes(SECRET)),
      'it was really in use',
    ).toBe(true);
    const bytes = Buffer.from(SECRET);
    const forms = [SECRET, bytes.toString('base64'), bytes.toString('hex'), bytes.toString('utf16le')];
    expect(filesWith(...forms)).toEqual([]);
    expect(filesWith('[redacted:TOKEN]').length, 'it was looked for where it had been').toBeGreaterThan(3);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['audit.jsonl', 'report.json', 'stderr.log']));
  }, 60_000);
});
