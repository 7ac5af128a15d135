import { type GuestOp, type ReplyForm, WIRE_LIMITS } from '../../guest-wire.ts';
import { decodeBase64 } from '../base64.ts';
import { append, createList, toArray } from '../collections.ts';
import { createFsError } from '../fs-error.ts';
import {
  DateOf,
  JSONParse,
  ObjectFreeze,
  PromiseOf,
  StringOf,
  StringPrototypeIndexOf,
  StringPrototypeToLowerCase,
  TypeErrorOf,
} from '../primordials.ts';
import { cancelRequest, issueRequest } from '../requests.ts';
import { abortError, abortedReason, onAbort } from './abort.ts';
import { writeLog } from './console.ts';

/** `fs.constants` as far as `access` needs it. Same numbers as on every platform. */
const constants: Readonly<Record<'F_OK' | 'R_OK' | 'W_OK' | 'X_OK', number>> = ObjectFreeze({
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
});

interface ReadOptions {
  readonly encoding?: string | null;
  readonly signal?: unknown;
}

type Kind = 'file' | 'directory' | 'other';

/** A name in a directory, as `readdir(path, { withFileTypes: true })` gives it. */
class Dirent {
  readonly name: string;
  readonly parentPath: string;
  readonly #kind: Kind;
  constructor(name: string, parentPath: string, kind: Kind) {
    this.name = name;
    this.parentPath = parentPath;
    this.#kind = kind;
  }
  isFile(): boolean {
    return this.#kind === 'file';
  }
  isDirectory(): boolean {
    return this.#kind === 'directory';
  }
  /** Links are never followed and never reported as such: they are neither file nor directory. */
  isSymbolicLink(): boolean {
    return false;
  }
}

/** What the host tells about a file: kind, size and time of change, no owner, mode or inode. */
class Stats {
  readonly size: number;
  readonly mtimeMs: number;
  readonly mtime: Date;
  readonly #kind: Kind;
  constructor(kind: Kind, size: number, mtimeMs: number) {
    this.#kind = kind;
    this.size = size;
    this.mtimeMs = mtimeMs;
    this.mtime = new DateOf(mtimeMs);
  }
  isFile(): boolean {
    return this.#kind === 'file';
  }
  isDirectory(): boolean {
    return this.#kind === 'directory';
  }
  isSymbolicLink(): boolean {
    return false;
  }
}

function perform<Value>(
  op: Extract<GuestOp, { readonly family: 'fs' }>,
  syscall: string,
  form: ReplyForm,
  signal: unknown,
  convert: (payload: string) => Value,
): Promise<Value> {
  return new PromiseOf((resolve, reject) => {
    const watched = signal !== undefined && signal !== null;
    const aborted = watched ? abortedReason(signal) : undefined;
    if (aborted !== undefined) throw abortErrorOf(aborted.reason);
    let stopWatching = (): void => undefined;
    const id = issueRequest(op, form, {
      fulfil: (payload) => {
        stopWatching();
        try {
          resolve(convert(payload));
        } catch (error) {
          reject(error);
        }
      },
      refuse: (code, message) => {
        stopWatching();
        reject(createFsError(code, message, syscall, op.path));
      },
    });
    if (watched) {
      stopWatching = onAbort(signal, () => {
        cancelRequest(id);
        reject(abortErrorOf(abortedReason(signal)?.reason));
      });
    }
  });
}

/** As in Node: an AbortError whose `cause` is the signal's reason. */
function abortErrorOf(reason: unknown): Error {
  const error = abortError('The operation was aborted');
  error.cause = reason;
  return error;
}

function toPath(value: unknown): string {
  if (typeof value !== 'string') throw new TypeErrorOf('Cannot open file: the path is not a string');
  if (StringPrototypeIndexOf(value, '\0') !== -1) throw new TypeErrorOf('Cannot open file: the path contains NUL');
  if (value.length > WIRE_LIMITS.pathLength) throw createFsError('ENAMETOOLONG', 'name too long', 'open', '…');
  return value;
}

function toReadOptions(options: unknown): ReadOptions {
  if (typeof options === 'string') return { encoding: options };
  return typeof options === 'object' && options !== null ? options : {};
}

/** Text is decoded in the worker, which is several times faster than decoding here. */
function isUtf8(encoding: unknown): boolean {
  if (encoding === undefined || encoding === null || encoding === 'buffer') return false;
  const label = StringPrototypeToLowerCase(StringOf(encoding));
  if (label === 'utf8' || label === 'utf-8') return true;
  throw new TypeErrorOf(`Cannot read file: encoding "${label}" is not supported, use utf8 or TextDecoder`);
}

/** Bytes as `Uint8Array` (there is no `Buffer`), or text with `'utf8'`. */
function readFile(path: unknown, options?: unknown): Promise<Uint8Array | string> {
  return attempt(() => {
    const { encoding, signal } = toReadOptions(options);
    const op = { __proto__: null, family: 'fs', method: 'readFile', path: toPath(path) } as const;
    return isUtf8(encoding)
      ? perform<Uint8Array | string>(op, 'open', 'text', signal, (payload) => payload)
      : perform<Uint8Array | string>(op, 'open', 'bytes', signal, decodeBase64);
  });
}

function readdir(path: unknown, options?: unknown): Promise<readonly unknown[]> {
  return attempt(() => {
    const directory = toPath(path);
    const settings = typeof options === 'object' && options !== null ? options : {};
    const typed = 'withFileTypes' in settings && Boolean(settings.withFileTypes);
    const signal = 'signal' in settings ? settings.signal : undefined;
    const op = { __proto__: null, family: 'fs', method: 'readdir', path: directory } as const;
    return perform(op, 'scandir', 'json', signal, (payload) => {
      const { entries, truncated }: Listing = JSONParse(payload);
      if (truncated) writeLog('warn', `readdir: '${directory}' holds more entries than one listing may have`);
      const found = createList<unknown>();
      for (let index = 0; index < entries.length; index += 1) {
        const entry = entries[index];
        if (entry === undefined) continue;
        append(found, typed ? new Dirent(entry.name, directory, entry.kind) : entry.name);
      }
      return toArray(found);
    });
  });
}

/** The host's answer to `readdir`. */
interface Listing {
  readonly entries: readonly { readonly name: string; readonly kind: Kind }[];
  readonly truncated: boolean;
}

function stat(path: unknown, options?: { readonly signal?: unknown }): Promise<Stats> {
  return attempt(() => {
    const op = { __proto__: null, family: 'fs', method: 'stat', path: toPath(path) } as const;
    return perform(op, 'stat', 'json', options?.signal, (payload) => {
      const value: { readonly kind: Kind; readonly size: number; readonly mtimeMs: number } = JSONParse(payload);
      return new Stats(value.kind, value.size, value.mtimeMs);
    });
  });
}

function access(path: unknown, mode?: unknown): Promise<void> {
  return attempt(() => {
    const wanted = typeof mode === 'number' && (mode & constants.W_OK) !== 0 ? 'write' : accessMode(mode);
    const op = { __proto__: null, family: 'fs', method: 'access', path: toPath(path), mode: wanted } as const;
    return perform(op, 'access', 'none', undefined, () => undefined);
  });
}

function accessMode(mode: unknown): 'exists' | 'read' {
  return typeof mode === 'number' && (mode & constants.R_OK) !== 0 ? 'read' : 'exists';
}

/** A refused argument rejects the promise, as in Node, instead of throwing at the caller. */
function attempt<Value>(start: () => Promise<Value>): Promise<Value> {
  try {
    return start();
  } catch (error) {
    return new PromiseOf((_resolve, reject) => reject(error));
  }
}

export interface FsPromises {
  readonly access: typeof access;
  readonly constants: typeof constants;
  readonly readFile: typeof readFile;
  readonly readdir: typeof readdir;
  readonly stat: typeof stat;
}

/** The exports of `node:fs/promises` inside the guest. */
export const fsPromises: FsPromises = { access, constants, readFile, readdir, stat };
