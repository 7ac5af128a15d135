import { type Fields, ProtocolViolation } from './fields.ts';
import { type BrokerOp, FS_OPEN_FLAGS, type FsOp, type NetOp } from './messages.ts';

/** Lengths in UTF-16 code units, above what an honest worker sends: the brokers have limits of their own, with errors. */
const MAX_PATH = 8 * 1024;
const MAX_URL = 32 * 1024;
const MAX_VERB = 64;
const MAX_HEADERS = 256;
const MAX_HEADER = 32 * 1024;
const MAX_READ_BYTES = 2 ** 24;
const MAX_DELAY_MS = 2 ** 31 - 1;

const ACCESS_MODES = ['exists', 'read', 'write'] as const;
const WRITE_MODES = ['replace', 'create', 'append'] as const;
const REMOVE_TARGETS = ['file', 'directory', 'any'] as const;
const REDIRECT_MODES = ['follow', 'error', 'manual'] as const;
const PAYLOADS = ['none', 'inline', 'stream'] as const;

/**
 * Reads one effect field by field. Both sides use it: the host on what a worker sent, the worker on what the code in its
 * isolate wrote, so that a skill that found a way round the platform cannot make an honest worker break the protocol.
 *
 * @throws ProtocolViolation
 */
export function decodeOp(fields: Fields): BrokerOp {
  const family = fields.text('family', 16);
  const method = fields.text('method', 32);
  const op = decodeFamily(family, method, fields);
  if (op === undefined) throw new ProtocolViolation('op', 'unknown operation');
  fields.nothingElse();
  return op;
}

function decodeFamily(family: string, method: string, fields: Fields): BrokerOp | undefined {
  switch (family) {
    case 'fs':
      return decodeByPath(method, fields) ?? decodeByTwoPaths(method, fields) ?? decodeByHandle(method, fields);
    case 'net':
      return method === 'fetch' ? decodeFetch(fields) : decodeExchange(method, fields);
    case 'timer':
      if (method !== 'sleep') return undefined;
      return { family, method, delayMs: fields.integer('delayMs', 0, MAX_DELAY_MS) };
    case 'skill':
      return method === 'sourceMap' ? { family, method } : undefined;
    default:
      return undefined;
  }
}

function decodeByPath(method: string, fields: Fields): FsOp | undefined {
  const family = 'fs';
  const path = (): string => fields.text('path', MAX_PATH);
  switch (method) {
    case 'readFile':
    case 'readdir':
    case 'stat':
    case 'opendir':
      return { family, method, path: path() };
    case 'access':
      return { family, method, path: path(), mode: fields.word('mode', ACCESS_MODES) };
    case 'writeFile':
      return { family, method, path: path(), mode: fields.word('mode', WRITE_MODES) };
    case 'truncate':
      return { family, method, path: path(), length: lengthOf(fields) };
    case 'mkdir':
      return { family, method, path: path(), recursive: fields.boolean('recursive') };
    case 'rm': {
      const target = fields.word('target', REMOVE_TARGETS);
      return { family, method, path: path(), target, recursive: fields.boolean('recursive') };
    }
    case 'open':
      return { family, method, path: path(), flags: fields.word('flags', FS_OPEN_FLAGS) };
    default:
      return undefined;
  }
}

function decodeByTwoPaths(method: string, fields: Fields): FsOp | undefined {
  const family = 'fs';
  const paths = (): { readonly path: string; readonly to: string } => ({
    path: fields.text('path', MAX_PATH),
    to: fields.text('to', MAX_PATH),
  });
  if (method === 'rename') return { family, method, ...paths() };
  return method === 'copyFile' ? { family, method, ...paths(), exclusive: fields.boolean('exclusive') } : undefined;
}

function decodeByHandle(method: string, fields: Fields): FsOp | undefined {
  const family = 'fs';
  switch (method) {
    case 'read': {
      const length = fields.integer('length', 1, MAX_READ_BYTES);
      return { family, method, handle: fields.id('handle'), length, ...positionOf(fields) };
    }
    case 'write':
      return { family, method, handle: fields.id('handle'), ...positionOf(fields) };
    case 'fstat':
    case 'readEntries':
      return { family, method, handle: fields.id('handle') };
    case 'ftruncate':
      return { family, method, handle: fields.id('handle'), length: lengthOf(fields) };
    case 'close':
      return { family, method, handle: fields.id('handle'), discard: fields.boolean('discard') };
    default:
      return undefined;
  }
}

function lengthOf(fields: Fields): number {
  return fields.integer('length', 0, Number.MAX_SAFE_INTEGER);
}

function positionOf(fields: Fields): { readonly position?: number } {
  const position = fields.optionalInteger('position');
  return position === undefined ? {} : { position };
}

function decodeFetch(fields: Fields): NetOp {
  return {
    family: 'net',
    method: 'fetch',
    url: fields.text('url', MAX_URL),
    verb: fields.text('verb', MAX_VERB),
    headers: fields.pairs('headers', MAX_HEADERS, MAX_HEADER),
    redirect: fields.word('redirect', REDIRECT_MODES),
    payload: fields.word('payload', PAYLOADS),
  };
}

function decodeExchange(method: string, fields: Fields): NetOp | undefined {
  const family = 'net';
  switch (method) {
    case 'send':
      return { family, method, exchange: fields.id('exchange'), last: fields.boolean('last') };
    case 'read':
    case 'drain':
    case 'close':
      return { family, method, exchange: fields.id('exchange') };
    default:
      return undefined;
  }
}

/** Whether a frame with this op may have a body. */
export function carriesBody(op: BrokerOp): boolean {
  switch (op.family) {
    case 'fs':
      return op.method === 'writeFile' || op.method === 'write';
    case 'net':
      return op.method === 'send' || (op.method === 'fetch' && op.payload === 'inline');
    case 'timer':
    case 'skill':
      return false;
  }
}
