import { execFileSync } from 'node:child_process';
import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { error, value } from '../../expected.ts';
import type { FileCase } from '../../file-case.ts';

const GIB = 2 ** 30;

/** A file of this size that takes no room on the disk. */
function sparse(path: string, size: number): void {
  const fd = openSync(path, 'w');
  ftruncateSync(fd, size);
  closeSync(fd);
}

const SIZES: readonly FileCase[] = [
  {
    id: 'FS-177',
    title: 'a file of 10 GiB is not taken whole, and its pieces can still be read',
    lay: ({ inside }) => sparse(join(inside, 'large'), 10 * GIB),
    run: `const size = (await fs.stat('/docs/large')).size;
      const whole = await outcome(() => fs.readFile('/docs/large'));
      const handle = await fs.open('/docs/large', 'r');
      const { bytesRead } = await handle.read(new Uint8Array(4096), 0, 4096, size - 10);
      await handle.close();
      return { size, whole, bytesRead };`,
    expect: value({ size: 10 * GIB, whole: 'FS_TOO_LARGE', bytesRead: 10 }),
  },
  {
    id: 'FS-177',
    title: 'places beyond the end, before the beginning and between the numbers',
    run: `const handle = await fs.open('/docs/a.txt', 'r');
      const at = (position, length = 8) => outcome(() => handle.read(new Uint8Array(8), 0, length, position).then(({ bytesRead }) => bytesRead));
      const found = { beyond: await at(1000), far: await at(2 ** 52), length: await at(0, 9) };
      const refused = [await at(2 ** 53), await at(-5), await at(NaN), await at(0.5), await at(Infinity), await at('0'), await at(0, -1), await at(0, NaN), await at(0, 2 ** 40)];
      await handle.close();
      return { ...found, refused: refused.filter((found) => typeof found === 'number' && found > 6) };`,
    expect: value({ beyond: 0, far: 0, length: 'ERR_OUT_OF_RANGE', refused: [] }),
  },
  {
    id: 'FS-177',
    title: 'a file that grows while it is read costs no more than the budget',
    lay: ({ inside }) => sparse(join(inside, 'large'), 10 * GIB),
    limits: { fsReadMiB: 2 },
    run: `const handle = await fs.open('/docs/large', 'r');
      for (const bytes = new Uint8Array(65_536); ;) await handle.read(bytes, 0, bytes.length);`,
    expect: error('ERR_CARAPACE_BUDGET_FS_READ'),
  },
  {
    id: 'FS-177',
    title: 'nor does one that is read piece by piece from its beginning',
    limits: { brokerCalls: 50 },
    run: "for (;;) { const handle = await fs.open('/docs/a.txt', 'r'); await handle.read(new Uint8Array(8), 0, 8, 0); await handle.close(); }",
    expect: error('ERR_CARAPACE_BUDGET_BROKER_CALLS'),
  },
];

const LISTS: readonly FileCase[] = [
  {
    id: 'FS-180',
    title: 'a directory of 1,500 names is given in bounded lists',
    lay: ({ inside }) => {
      mkdirSync(join(inside, 'many'));
      for (let name = 0; name < 1_500; name += 1) writeFileSync(join(inside, 'many', `file-${name}`), '');
    },
    run: `const names = await fs.readdir('/docs/many');
      let counted = 0;
      for await (const entry of await fs.opendir('/docs/many')) counted += entry.isFile() ? 1 : 0;
      return { listed: names.length <= 1_000, counted };`,
    expect: value({ listed: true, counted: 1_500 }),
    after: (_playground, result) => {
      const lines = result.logs?.lines.map(({ text }) => text).join('') ?? '';
      if (!lines.includes('more entries')) throw new Error('the cut was not reported');
    },
  },
  {
    id: 'FS-180',
    title: 'a crawl through it spends the budget of requests',
    lay: ({ inside }) => {
      for (let name = 0; name < 600; name += 1) writeFileSync(join(inside, `file-${name}`), '');
    },
    limits: { brokerCalls: 100 },
    run: "for (;;) for await (const entry of await fs.opendir('/docs')) void entry;",
    expect: error('ERR_CARAPACE_BUDGET_BROKER_CALLS'),
  },
  {
    id: 'FS-181',
    title: '10,000 files are not held open: there is a cap, and room again after a close',
    limits: { files: 20_000, brokerCalls: 20_000 },
    run: `const open = [], codes = new Set();
      for (let count = 0; count < 10_000 && codes.size === 0; count += 1) {
        const code = await outcome(async () => { open.push(await fs.open('/docs/a.txt', 'r')); });
        if (code !== 'done') codes.add(code);
      }
      await open.pop().close();
      return { few: open.length < 64, codes: [...codes], again: await outcome(() => fs.open('/docs/a.txt', 'r')) };`,
    expect: value({ few: true, codes: ['FS_TOO_MANY'], again: 'done' }),
  },
  {
    id: 'FS-181',
    title: 'a call that ends with open files and directories leaves none of them',
    run: "for (let n = 0; n < 4; n += 1) { await fs.open('/docs/a.txt', 'r'); await fs.opendir('/docs'); await fs.open('/docs/new' + n, 'w'); } return 1;",
    expect: value(1),
  },
  {
    id: 'FS-181',
    title: 'nor does one that is killed with them',
    limits: { wallMs: 300 },
    run: "for (let n = 0; n < 12; n += 1) await fs.open('/docs/a.txt', 'r'); for (;;);",
    expect: error('ERR_CARAPACE_BUDGET_WALL'),
  },
];

const SPECIAL: readonly FileCase[] = [
  {
    id: 'FS-173',
    title: 'a FIFO without a writer is refused at once, whatever is done with it',
    lay: ({ inside }) => execFileSync('mkfifo', [join(inside, 'pipe')]),
    run: "return await everywhere('/docs/pipe', ['readFile', 'open r', 'open r+', 'open a', 'open w', 'copy from', 'copy to', 'appendFile', 'writeFile', 'truncate', 'readdir', 'opendir']);",
    limits: { wallMs: 3_000 },
    expect: value(['PERMISSION_FS_TYPE']),
  },
  {
    id: 'FS-173',
    title: 'so is a hundred of them at once: no thread of the host waits',
    lay: ({ inside }) =>
      execFileSync(
        'mkfifo',
        Array.from({ length: 100 }, (_, n) => join(inside, `pipe${n}`)),
      ),
    run: `const codes = await Promise.all(Array.from({ length: 100 }, (_, n) => outcome(() => fs.readFile('/docs/pipe' + n))));
      return [[...new Set(codes)], await fs.readFile('/docs/a.txt', 'utf8')];`,
    limits: { wallMs: 3_000 },
    expect: value([['PERMISSION_FS_TYPE'], 'inside']),
  },
];

const ODD_NAMES: readonly FileCase[] = [
  {
    id: 'FS-191',
    title: 'a name that cannot be spelled is not listed, and one that reads as another is not either',
    lay: ({ inside }) => {
      for (const name of ['esc\u001b[2J', 'rtl\u202etxt.exe', 'line\nbreak', 'back\\slash'])
        writeFileSync(join(inside, name), 'x');
    },
    run: "return (await fs.readdir('/docs')).sort();",
    expect: value(['a.txt', 'folder']),
  },
  {
    id: 'FS-191',
    title: 'zero-width characters leave the result, the name itself works in the skill',
    lay: ({ inside }) => writeFileSync(join(inside, 'a\u200bb.txt'), 'zero'),
    run: "const name = (await fs.readdir('/docs')).find((name) => name.endsWith('b.txt')); return [name, name.length, await fs.readFile('/docs/' + name, 'utf8')];",
    expect: value(['ab.txt', 7, 'zero']),
  },
];

export const READ_CASES: readonly FileCase[] = [...SIZES, ...LISTS, ...SPECIAL, ...ODD_NAMES];
