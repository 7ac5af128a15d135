import { PromiseOf, ReflectGet } from '../../primordials.ts';
import { option, toInteger, toPath, wrongValue } from './arguments.ts';
import { constants } from './constants.ts';
import { attempt, settle } from './promise-chain.ts';
import { at, commandFs } from './request.ts';

/** A mode is ignored: the host decides it. Answers nothing, also with `recursive`. */
export function mkdir(path: unknown, options?: unknown): Promise<void> {
  return attempt(() => {
    const target = toPath(path);
    const recursive = Boolean(option(options, 'recursive'));
    return commandFs({ family: 'fs', method: 'mkdir', path: target, recursive }, at('mkdir', target));
  });
}

/** An empty directory. */
export function rmdir(path: unknown): Promise<void> {
  return attempt(() => remove('rmdir', toPath(path), 'directory', false));
}

export function unlink(path: unknown): Promise<void> {
  return attempt(() => remove('unlink', toPath(path), 'file', false));
}

/** `recursive` also takes directories, with all that is in them; `force` is content when nothing is there. */
export function rm(path: unknown, options?: unknown): Promise<void> {
  return attempt(() => {
    const target = toPath(path);
    const recursive = Boolean(option(options, 'recursive'));
    const force = Boolean(option(options, 'force'));
    const removing = remove('rm', target, recursive ? 'any' : 'file', recursive);
    return force ? unlessMissing(removing) : removing;
  });
}

export function rename(from: unknown, to: unknown): Promise<void> {
  return attempt(() => {
    const path = toPath(from);
    const target = toPath(to, 'dest');
    return commandFs({ family: 'fs', method: 'rename', path, to: target }, at('rename', path, target));
  });
}

export function copyFile(from: unknown, to: unknown, mode?: unknown): Promise<void> {
  return attempt(() => {
    const path = toPath(from);
    const target = toPath(to, 'dest');
    const flags = toInteger('mode', mode, 0, 7);
    if ((flags & constants.COPYFILE_FICLONE_FORCE) !== 0) throw wrongValue('mode', 'a skill cannot demand a clone');
    const exclusive = (flags & constants.COPYFILE_EXCL) !== 0;
    return commandFs({ family: 'fs', method: 'copyFile', path, to: target, exclusive }, at('copyfile', path, target));
  });
}

export function truncate(path: unknown, length?: unknown): Promise<void> {
  return attempt(() => {
    const target = toPath(path);
    const bytes = toInteger('len', length, 0);
    return commandFs({ family: 'fs', method: 'truncate', path: target, length: bytes }, at('open', target));
  });
}

function remove(
  syscall: string,
  path: string,
  target: 'file' | 'directory' | 'any',
  recursive: boolean,
): Promise<void> {
  return commandFs({ family: 'fs', method: 'rm', path, target, recursive }, at(syscall, path));
}

function unlessMissing(removing: Promise<void>): Promise<void> {
  return new PromiseOf((resolve, reject) => {
    settle(removing, resolve, (error) => {
      const missing = typeof error === 'object' && error !== null && ReflectGet(error, 'code') === 'ENOENT';
      if (missing) resolve();
      else reject(error);
    });
  });
}
