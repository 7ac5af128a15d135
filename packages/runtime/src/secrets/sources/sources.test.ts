import { chmod, link, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeSecretPowers } from '../secret-powers.ts';
import type { SecretSource } from '../secret-source.ts';
import { openSecretStore } from '../secret-store.ts';
import { envFile } from './env-file.ts';
import { environment } from './environment.ts';
import { execProvider } from './exec-provider.ts';
import { parseEnvFile } from './parse-env-file.ts';
import { secretFiles } from './secret-files.ts';

const CANARY = 'canary-value-0123456789';
const { signal } = new AbortController();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carapace-secrets-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, text: string, mode = 0o600): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text, { mode });
  await chmod(path, mode);
  return path;
}

async function failureOf(source: SecretSource, name = 'KEY'): Promise<string> {
  const error: unknown = await source.read(name, signal).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'ERR_CARAPACE_SECRET_SOURCE' });
  expect(String(error)).not.toContain(CANARY);
  return error instanceof Error ? error.message.replaceAll(folder, '') : '';
}

describe('the environment', () => {
  it('gives the named variables, and takes them out', async () => {
    const variables: Record<string, string | undefined> = {
      KEY: CANARY,
      EMPTY: '',
      OTHER: 'stays',
      SECRET_TWO: 'second-value',
    };
    const source = environment({ names: ['KEY', 'EMPTY', 'NONE'], prefix: 'SECRET_' }, { environment: variables });
    expect(await source.names()).toEqual(['KEY', 'TWO']);
    expect(await source.read('KEY', signal)).toEqual({ value: CANARY });
    expect(await source.read('OTHER', signal)).toBeUndefined();
    expect(variables).toEqual({ EMPTY: '', OTHER: 'stays' });
  });

  it('leaves them when it is told to, and wants to be told which', () => {
    const variables = { KEY: CANARY };
    environment({ names: ['KEY'], keep: true }, { environment: variables });
    expect(variables).toEqual({ KEY: CANARY });
    expect(() => environment({})).toThrow('neither names nor a prefix');
    expect(() => environment({ prefix: '' })).toThrow('neither names nor a prefix');
  });
});

describe('a .env file', () => {
  it('is read, and read again when it is replaced', async () => {
    const path = await file('.env', `# comment\nKEY=${CANARY}\nlower=not-a-secret\nEMPTY=\n`);
    const store = await openSecretStore({ sources: [envFile(path)] });
    expect(await store.resolve('KEY')).toMatchObject({ kind: 'found' });
    expect(await envFile(path).names()).toEqual(['KEY']);
    await rename(await file('.env.new', 'KEY=another-value-0123\n'), path);
    const found = await store.resolve('KEY');
    expect(found.kind === 'found' && found.secret.reveal()).toBe('another-value-0123');
  });

  it.each([0o640, 0o604, 0o660, 0o700 | 0o001])('is refused with mode %o', async (mode) => {
    const path = await file(`mode-${mode}`, `KEY=${CANARY}`, mode);
    expect(await failureOf(envFile(path))).toContain('others may use it (mode 0');
  });

  it('is refused as a link, as a directory, as a FIFO of somebody else, and when it is missing', async () => {
    const path = await file('target', `KEY=${CANARY}`);
    await symlink(path, join(folder, 'link'));
    await mkdir(join(folder, 'directory'), { mode: 0o700 });
    expect(await failureOf(envFile(join(folder, 'link')))).toContain('it is a link');
    expect(await failureOf(envFile(join(folder, 'directory')))).toContain('it is not a regular file');
    expect(await failureOf(envFile(join(folder, 'none')))).toContain('it does not exist');
    const strange = { ...nodeSecretPowers, user: () => 4242 };
    if (process.getuid?.() !== 0) expect(await failureOf(envFile(path, strange))).toContain('somebody else owns it');
    expect(await failureOf(envFile(path, { ...nodeSecretPowers, user: () => undefined }))).toContain('this system');
  });

  it('is refused when somebody else owns it', async () => {
    const readFile: typeof nodeSecretPowers.readFile = async (_path, accept) => {
      const state = accept({ isFile: true, mode: 0o600, owner: 1234, size: 10 });
      return state === undefined ? { kind: 'read', text: '' } : { kind: 'refused', state };
    };
    expect(await failureOf(envFile('/x', { ...nodeSecretPowers, readFile, user: () => 1000 }))).toContain(
      'somebody else',
    );
    const large: typeof nodeSecretPowers.readFile = async (_path, accept) => {
      const state = accept({ isFile: true, mode: 0o600, owner: 0, size: 2 ** 30 });
      return { kind: 'refused', state: state ?? 'accepted' };
    };
    expect(await failureOf(envFile('/x', { ...nodeSecretPowers, readFile: large, user: () => 1000 }))).toContain(
      'too large',
    );
  });

  it('names a line it cannot read, and not what stands there', async () => {
    const path = await file('broken', `A=12345678\n${CANARY}\n`);
    expect(await failureOf(envFile(path))).toContain('line 2 is not NAME=value');
  });

  it('understands quotes, comments, export and line ends of any kind', () => {
    const text =
      '\uFEFFA=plain # comment\r\nexport B="two words" # c\nC=\'#not a comment\'\n D = spaced \nE=a#b\nF=`x`\nA2=\n';
    const { values, badLines } = parseEnvFile(text);
    expect(Object.fromEntries(values)).toEqual({
      A: 'plain',
      B: 'two words',
      C: '#not a comment',
      D: 'spaced',
      E: 'a#b',
      F: 'x',
      A2: '',
    });
    expect(badLines).toEqual([]);
    expect(parseEnvFile('1A=x\n=y\nA\n').badLines).toEqual([1, 2, 3]);
  });
});

describe('files with one value each', () => {
  it('are found by directory or by name, without the line break at the end', async () => {
    const directory = join(folder, 'run');
    await mkdir(directory);
    await file('run/KEY', `${CANARY}\r\n`);
    await file('run/readme.txt', 'no secret');
    const byDirectory = secretFiles({ directory });
    expect(await byDirectory.names()).toEqual(['KEY']);
    expect(await byDirectory.read('KEY', signal)).toEqual({ value: CANARY });
    expect(await byDirectory.read('NONE', signal)).toBeUndefined();
    const byName = secretFiles({ files: { TOKEN: join(directory, 'KEY') } });
    expect(await byName.names()).toEqual(['TOKEN']);
    expect(await byName.read('TOKEN', signal)).toEqual({ value: CANARY });
    expect(await byName.read('__proto__', signal)).toBeUndefined();
  });

  it('cannot be reached with a name that is a path', async () => {
    await mkdir(join(folder, 'inner'));
    await file('OUTSIDE', CANARY);
    const source = secretFiles({ directory: join(folder, 'inner') });
    expect(await source.read('../OUTSIDE', signal)).toBeUndefined();
    expect(await source.revision?.('../OUTSIDE')).toBeUndefined();
  });

  it('are refused when others may read them, and a directory that cannot be listed stops the start', async () => {
    const path = await file('WORLD', CANARY, 0o644);
    expect(await failureOf(secretFiles({ files: { KEY: path } }))).toContain('mode 0644');
    const source = secretFiles({ directory: join(folder, 'nowhere') });
    await expect(source.names()).rejects.toMatchObject({ code: 'ERR_CARAPACE_SECRET_SOURCE' });
  });

  it('count anew when the file is written, replaced or gone', async () => {
    const path = await file('ROTATED', CANARY);
    const store = await openSecretStore({ sources: [secretFiles({ files: { KEY: path } })] });
    await writeFile(path, 'second-value-0123');
    const second = await store.resolve('KEY');
    expect(second.kind === 'found' && second.secret.reveal()).toBe('second-value-0123');
    await link(path, join(folder, 'kept'));
    await rm(path);
    expect(await store.resolve('KEY')).toEqual({ kind: 'missing' });
  });
});

describe('a provider program', () => {
  const node = process.execPath;
  const script = (body: string): readonly string[] => ['-e', body];
  const answer = (text: string): readonly string[] =>
    script(`process.stdin.resume().on('end', () => process.stdout.write(${JSON.stringify(text)}))`);

  it('is asked by name over its standard input, with nothing in its environment but PATH', async () => {
    const source = execProvider({
      command: node,
      args: script(`
        let text = '';
        process.stdin.on('data', (chunk) => (text += chunk)).on('end', () => {
          const { version, get } = JSON.parse(text);
          const value = JSON.stringify([version, get, Object.keys(process.env)]);
          process.stdout.write(JSON.stringify({ values: { [get[0]]: value }, expiresInMs: 1e12 }));
        });`),
      names: ['KEY'],
    });
    process.env['CARAPACE_TEST_LEAK'] = 'x';
    const reading = await source.read('KEY', signal);
    delete process.env['CARAPACE_TEST_LEAK'];
    const [version, get, variables] = JSON.parse(reading?.value ?? '');
    expect([version, get]).toEqual([1, ['KEY']]);
    expect(variables.filter((name: string) => name !== 'PATH' && !name.startsWith('__CF'))).toEqual([]);
    expect(reading?.expiresInMs).toBe(86_400_000);
    expect(await source.names()).toEqual(['KEY']);
  });

  it('may not know a name', async () => {
    expect(await execProvider({ command: node, args: answer('{"values":{}}') }).read('KEY', signal)).toBeUndefined();
    expect(
      await execProvider({ command: node, args: answer('{"values":{}}') }).read('constructor', signal),
    ).toBeUndefined();
  });

  it.each([
    ['says something else', answer(`${CANARY} {`), 'its answer is not what the protocol says'],
    ['gives no map', answer(`{"values":["${CANARY}"]}`), 'its answer is not what the protocol says'],
    ['gives no text', answer('{"values":{"KEY":12345678}}'), 'its answer is not what the protocol says'],
    [
      'gives a lease that is none',
      answer(`{"values":{"KEY":"${CANARY}"},"expiresInMs":-1}`),
      'its answer is not what the protocol says',
    ],
    ['fails', script(`console.error(${JSON.stringify(CANARY)}); process.exit(3)`), 'it failed'],
    ['says too much', script('setInterval(() => process.stdout.write("x".repeat(1e5)), 1)'), 'it said too much'],
  ])('is refused when it %s', async (_name, args, state) => {
    expect(await failureOf(execProvider({ command: node, args }))).toContain(state);
  });

  it('is killed when it takes too long or the call ends, and refused when it cannot be started', async () => {
    const slow = script('setInterval(() => {}, 1000)');
    expect(await failureOf(execProvider({ command: node, args: slow, timeoutMs: 200 }))).toContain('it took too long');
    const ended = AbortSignal.abort();
    await expect(execProvider({ command: node, args: slow }).read('KEY', ended)).rejects.toThrow('it took too long');
    expect(await failureOf(execProvider({ command: '/nowhere/at/all' }))).toContain('it cannot be started');
    expect(() => execProvider({ command: 'vault' })).toThrow('it is not an absolute path');
  });

  it('gets no shell: arguments are arguments', async () => {
    const source = execProvider({
      command: node,
      args: [
        ...script('process.stdout.write(JSON.stringify({ values: { KEY: process.argv[1] } }))'),
        '$(id); `id` && id',
      ],
    });
    expect(await source.read('KEY', signal)).toEqual({ value: '$(id); `id` && id' });
  });
});
