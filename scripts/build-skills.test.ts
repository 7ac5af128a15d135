import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildSkill, findSkills, type SkillSource } from './build-skills.ts';

const only: SkillSource['imports'] = { kind: 'only', names: ['node:fs/promises'] };
let root = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'carapace-build-skills-'));
});
afterEach(() => rm(root, { recursive: true }));

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

describe('findSkills', () => {
  it('finds the folders with a src/skill.ts, examples first, and hostile ones with free imports', async () => {
    await write('test/adversarial/skills/spin/src/skill.ts', '');
    await write('examples/skills/b/src/skill.ts', '');
    await write('examples/skills/a/src/skill.ts', '');
    await write('examples/skills/empty/src/other.ts', '');
    await write('examples/skills/file.md', '');

    expect((await findSkills(root)).map(({ name, imports }) => [name, imports.kind])).toEqual([
      ['a', 'only'],
      ['b', 'only'],
      ['spin', 'any'],
    ]);
  });

  it('finds nothing where there is nothing', async () => {
    expect(await findSkills(join(root, 'gone'))).toEqual([]);
  });
});

describe('buildSkill', () => {
  it('gives the same bundle and map twice', async () => {
    const [skill] = (await findSkills()).filter(({ name }) => name === 'text-stats');
    if (skill === undefined) {
      throw new Error('the text-stats example is gone');
    }
    const outputs = await Promise.all(
      ['one', 'two'].map(async (folder) => {
        await buildSkill(skill, join(root, folder));
        return Promise.all(['skill.js', 'skill.js.map'].map((file) => readFile(join(root, folder, file), 'utf8')));
      }),
    );

    expect(outputs[0]).toEqual(outputs[1]);
    expect(outputs[0]?.[0]).toContain('export {');
    expect(outputs[0]?.[0]).not.toContain(process.cwd());
  });

  it('maps the code of the skill, and a library by its name alone', async () => {
    await write(
      'examples/skills/probe/node_modules/big/index.js',
      'export const big = () => { throw new Error("x"); };',
    );
    await write('examples/skills/probe/node_modules/big/package.json', '{ "name": "big", "main": "index.js" }');
    await write(
      'examples/skills/probe/src/skill.ts',
      "import { big } from 'big';\nexport default { own: () => big() };",
    );
    await buildSkill({ name: 'probe', folder: join(root, 'examples/skills/probe'), imports: only });

    const map: { sources: readonly string[] } = JSON.parse(
      await readFile(join(root, 'examples/skills/probe/dist/skill.js.map'), 'utf8'),
    );
    expect(map.sources.map((source) => source.split('/').at(-1))).toEqual(['library', 'skill.ts']);
  });

  it.each([
    ["import { readFile } from 'node:fs/promises';\nexport default readFile;", undefined],
    ["import { spawn } from 'node:child_process';\nexport default spawn;", 'it imports "node:child_process"'],
    ["export default () => import('node:net');", 'it imports "node:net"'],
  ])('checks the imports of %j', async (source, refusal) => {
    await write('examples/skills/probe/src/skill.ts', source);
    const probe: SkillSource = { name: 'probe', folder: join(root, 'examples/skills/probe'), imports: only };

    if (refusal === undefined) {
      expect(await buildSkill(probe)).toMatchObject({ name: 'probe' });
    } else {
      await expect(buildSkill(probe)).rejects.toThrow(refusal);
      expect(await buildSkill({ ...probe, imports: { kind: 'any' } })).toMatchObject({ name: 'probe' });
    }
  });
});
