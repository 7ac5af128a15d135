import { errnoOf, type FsPowers } from './fs-powers.ts';

const NAME = /^carapace-(\d{1,10})-[0-9a-f]{16}$/;
const PRIVATE_MODE = 0o700;

/** A directory of this process alone, of unforeseeable name, gone with its disposal. */
export interface ScratchDirectory extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes a private directory below `base` (absolute, such as the system's place for temporary files). What a process that
 * was killed left there is swept first, by the process id in its name; of other users it touches nothing.
 */
export async function makeScratchDirectory(powers: FsPowers, base: string): Promise<ScratchDirectory> {
  await sweep(powers, base);
  const path = `${base}/carapace-${powers.processId}-${powers.randomDigits()}`;
  // Fails if the name exists, link or not: nobody can have prepared it.
  powers.makeDirectory(path, PRIVATE_MODE);
  return { path, [Symbol.asyncDispose]: () => powers.removeTree(path) };
}

async function sweep(powers: FsPowers, base: string): Promise<void> {
  await using names = await powers.openNames(base);
  for (let found = await names.next(); found !== undefined; found = await names.next()) {
    const name = Buffer.from(found.name).toString('utf8');
    const writer = NAME.exec(name)?.[1];
    if (found.kind !== 'directory' || writer === undefined) continue;
    if (isAbandoned(powers, `${base}/${name}`, Number(writer))) await powers.removeTree(`${base}/${name}`);
  }
}

/** Older than this process as well: ids mean nothing between containers that share a directory. */
function isAbandoned(powers: FsPowers, path: string, writer: number): boolean {
  try {
    const { owner, mtimeMs } = powers.lstat(path);
    const isAlive = writer !== powers.processId && powers.isRunning(writer);
    return owner === powers.userId && !isAlive && mtimeMs + 1_000 < powers.startedMs;
  } catch (error) {
    if (errnoOf(error) === undefined) throw error;
    return false;
  }
}
