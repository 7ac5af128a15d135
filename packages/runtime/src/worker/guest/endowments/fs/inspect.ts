import type { FsOp } from '../../../../protocol/messages.ts';
import { StringPrototypeSlice } from '../../primordials.ts';
import { option, toPath } from './arguments.ts';
import { constants } from './constants.ts';
import { andThen, attempt, resolved } from './promise-chain.ts';
import { at, commandFs, requestFs } from './request.ts';
import { readStats, type Stats } from './stats.ts';

export function stat(path: unknown, options?: unknown): Promise<Stats> {
  return attempt(() => askStats('stat', toPath(path), option(options, 'signal')));
}

/** The same as `stat`: a link is reported by both as something that is neither file nor directory. */
export function lstat(path: unknown, options?: unknown): Promise<Stats> {
  return attempt(() => askStats('lstat', toPath(path), option(options, 'signal')));
}

/** The path itself, if something is there: no path leads through a link. */
export function realpath(path: unknown): Promise<string> {
  return attempt(() => {
    const given = toPath(path);
    const last = given.length - 1;
    const bare = last > 0 && StringPrototypeSlice(given, last) === '/' ? StringPrototypeSlice(given, 0, last) : given;
    return andThen(askStats('realpath', given, undefined), () => resolved(bare));
  });
}

export function access(path: unknown, mode?: unknown): Promise<void> {
  return attempt(() => {
    const target = toPath(path);
    const op: FsOp = { family: 'fs', method: 'access', path: target, mode: accessMode(mode) };
    return commandFs(op, at('access', target));
  });
}

function askStats(syscall: string, path: string, signal: unknown): Promise<Stats> {
  const op: FsOp = { family: 'fs', method: 'stat', path };
  return requestFs(op, at(syscall, path), { form: 'json', body: undefined, signal, convert: readStats });
}

/** The stronger of what is asked for: whoever may write a file but not read it is told so by the read. */
function accessMode(mode: unknown): 'exists' | 'read' | 'write' {
  if (typeof mode !== 'number') return 'exists';
  if ((mode & constants.W_OK) !== 0) return 'write';
  return (mode & constants.R_OK) !== 0 ? 'read' : 'exists';
}
