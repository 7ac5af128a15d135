import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands in every file outside the mount; must never be seen by a skill. */
export const CANARY = 'canary-of-the-outside';

/** A directory that is mounted, beside others that are not. */
export interface Playground extends Disposable {
  /** Mounted as `docs`. Holds `a.txt`, and `b.txt` in `folder`. */
  readonly inside: string;
  /** Begins with the name of `inside`, as the neighbour whose path passes a test by prefix. */
  readonly neighbour: string;
  readonly outside: string;
  /** Everything beside the mount: names, kinds, links and contents. */
  beside(): readonly string[];
}

export function openPlayground(): Playground {
  const base = mkdtempSync(join(tmpdir(), 'carapace-playground-'));
  const [inside, neighbour, outside] = [join(base, 'data'), join(base, 'data-b'), join(base, 'outside')];
  for (const folder of [inside, join(inside, 'folder'), neighbour, outside]) mkdirSync(folder);
  writeFileSync(join(inside, 'a.txt'), 'inside');
  writeFileSync(join(inside, 'folder/b.txt'), 'inside b');
  writeFileSync(join(neighbour, 'secret.txt'), CANARY);
  writeFileSync(join(outside, 'secret.txt'), CANARY);
  return {
    inside,
    neighbour,
    outside,
    beside: () => readdirSync(base).flatMap((name) => (name === 'data' ? [] : snapshot(base, name))),
    [Symbol.dispose]: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** One line for `path` and for everything below it. */
function snapshot(base: string, path: string): readonly string[] {
  const full = join(base, path);
  return readdirSync(full, { withFileTypes: true }).flatMap((entry) => {
    const name = join(path, entry.name);
    if (entry.isDirectory()) return [`${name}/`, ...snapshot(base, name)];
    if (entry.isSymbolicLink()) return [`${name} -> ${readlinkSync(join(base, name))}`];
    return [
      `${name} ${(statSync(join(base, name)).mode & 0o7777).toString(8)} ${readFileSync(join(base, name), 'utf8')}`,
    ];
  });
}
