import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeLoadPowers } from './load-powers.ts';
import { readSkillFolder } from './read-skill-folder.ts';

const MANIFEST = {
  manifestVersion: 1,
  name: 'notes',
  version: '1.0.0',
  description: 'Reads notes',
  main: 'dist/skill.js',
  tools: { read: { description: 'Reads one note', input: { type: 'object' }, annotations: { readOnly: true } } },
};
const MARKDOWN = '---\nname: notes\ndescription: Reads notes\n---\n\nUse read.\n';

let parent: string;
let folder: string;

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'carapace-load-'));
  folder = join(parent, 'notes');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'skill.json'), JSON.stringify(MANIFEST));
  writeFileSync(join(folder, 'SKILL.md'), MARKDOWN);
  writeFileSync(join(folder, 'dist/skill.js'), 'export default {};');
});
afterEach(() => rmSync(parent, { recursive: true }));

const read = (): ReturnType<typeof readSkillFolder> => readSkillFolder(folder, nodeLoadPowers);

describe('readSkillFolder', () => {
  it('reads manifest, bundle, map and instructions', () => {
    writeFileSync(join(folder, 'dist/skill.js.map'), '{}');
    expect(read()).toMatchObject({
      bundle: 'export default {};',
      sourceMap: '{}',
      instructions: expect.stringContaining('Use read.'),
      origin: 'unsigned-local',
    });
  });

  it('takes a digest that changes with every byte of every file', () => {
    const first = read().digest;
    expect(read().digest).toBe(first);
    writeFileSync(join(folder, 'dist/skill.js'), 'export default {} ;');
    const second = read().digest;
    writeFileSync(join(folder, 'SKILL.md'), `${MARKDOWN}!`);
    expect(new Set([first, second, read().digest]).size).toBe(3);
  });

  it.each(['skill.json', 'SKILL.md', 'dist/skill.js'])('names a missing %s', (name) => {
    rmSync(join(folder, name));
    expect(read).toThrow(
      expect.objectContaining({
        code: 'ERR_CARAPACE_RUNTIME_LOAD',
        message: expect.stringContaining(`${name} is missing`),
      }),
    );
  });

  it('names a missing folder', () => {
    expect(() => readSkillFolder(join(parent, 'nowhere'), nodeLoadPowers)).toThrow(
      expect.objectContaining({ code: 'ERR_CARAPACE_RUNTIME_LOAD' }),
    );
  });

  it('refuses a bundle that is a link, so that no file outside the folder can run', () => {
    rmSync(join(folder, 'dist/skill.js'));
    symlinkSync('/etc/hostname', join(folder, 'dist/skill.js'));
    expect(read).toThrow(/it is a link/);
  });

  it('refuses a FIFO without waiting for a writer', () => {
    rmSync(join(folder, 'skill.json'));
    execFileSync('mkfifo', [join(folder, 'skill.json')]);
    expect(read).toThrow(/not a regular file/);
  });

  it('refuses a directory in the place of a file', () => {
    rmSync(join(folder, 'SKILL.md'));
    mkdirSync(join(folder, 'SKILL.md'));
    expect(read).toThrow(/not a regular file/);
  });

  it('refuses a manifest one byte over 256 KiB and a bundle over 8 MiB', () => {
    truncateSync(join(folder, 'skill.json'), 256 * 1024 + 1);
    expect(read).toThrow(/262145 bytes, at most 262144 are read/);
    writeFileSync(join(folder, 'skill.json'), JSON.stringify(MANIFEST));
    truncateSync(join(folder, 'dist/skill.js'), 8 * 1024 * 1024 + 1);
    expect(read).toThrow(/at most 8388608 are read/);
  });

  it('refuses a bundle that is not UTF-8', () => {
    writeFileSync(join(folder, 'dist/skill.js'), Buffer.from([0x22, 0xff, 0x22]));
    expect(read).toThrow(/not valid UTF-8/);
  });

  it('refuses a manifest with another name than the folder', () => {
    writeFileSync(join(folder, 'skill.json'), JSON.stringify({ ...MANIFEST, name: 'other' }));
    expect(read).toThrow(/the manifest's name is "other"/);
  });

  it('passes on every issue of a bad manifest', () => {
    writeFileSync(join(folder, 'skill.json'), JSON.stringify({ ...MANIFEST, version: 'one', tools: {} }));
    expect(read).toThrow(expect.objectContaining({ name: 'ManifestInvalid' }));
  });
});
