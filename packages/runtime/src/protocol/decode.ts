import { decodeOp } from './decode-op.ts';
import { Fields, ProtocolViolation } from './fields.ts';
import type { GuestFailure, LogLevel, WorkerToHost } from './messages.ts';

export { ProtocolViolation } from './fields.ts';

const MAX_TEXT = 16 * 1024;
const MAX_STACK = 32 * 1024;
/** Longer than an honest worker sends, which cuts a message at 1,024 bytes. */
const MAX_PROGRESS_MESSAGE = 4 * 1024;
const LOG_LEVELS: ReadonlySet<string> = new Set<LogLevel>(['debug', 'info', 'warn', 'error']);
const STAGES: ReadonlySet<string> = new Set<GuestFailure['stage']>(['load', 'entry', 'run', 'output']);

/**
 * Checks one parsed head field by field and copies what it accepts into a fresh object: no key of the worker's object,
 * such as an own `__proto__`, travels on (IP-138, IP-139). Throws ProtocolViolation.
 */
export function decodeWorkerMessage(head: unknown): WorkerToHost {
  const fields = new Fields(head);
  const kind = fields.text('kind', 16);
  const message = decodeKind(kind, fields);
  fields.nothingElse();
  return message;
}

function decodeKind(kind: string, fields: Fields): WorkerToHost {
  switch (kind) {
    case 'ready':
      return { kind, version: fields.integer('version', 0, 65535) };
    case 'loaded':
      return { kind };
    case 'renewed':
      return { kind };
    case 'request':
      return { kind, id: fields.id(), op: decodeOp(fields.object('op')) };
    case 'cancel':
      return { kind, id: fields.id() };
    case 'log':
      return { kind, level: decodeLevel(fields.text('level', 8)), text: fields.text('text', MAX_TEXT) };
    case 'progress':
      return decodeProgress(fields);
    case 'partial':
      return { kind, text: fields.text('text', MAX_TEXT) };
    case 'result':
      return decodeResult(fields);
    case 'engine-lost':
      return { kind };
    default:
      throw new ProtocolViolation('kind', 'unknown kind');
  }
}

function decodeProgress(fields: Fields): WorkerToHost {
  const progress = fields.optionalFigure('progress');
  const total = fields.optionalFigure('total');
  return {
    kind: 'progress',
    ...(progress === undefined ? {} : { progress }),
    ...(total === undefined ? {} : { total }),
    message: fields.text('message', MAX_PROGRESS_MESSAGE),
  };
}

function decodeResult(fields: Fields): WorkerToHost {
  const call = fields.text('call', 256);
  if (fields.boolean('ok')) return { kind: 'result', call, ok: true };
  const failure = fields.object('failure');
  const stage = failure.text('stage', 16);
  if (!isStage(stage)) throw new ProtocolViolation('stage', 'unknown failure stage');
  const decoded = {
    stage,
    name: failure.text('name', MAX_TEXT),
    message: failure.text('message', MAX_TEXT),
    stack: failure.text('stack', MAX_STACK),
  };
  failure.nothingElse();
  return { kind: 'result', call, ok: false, failure: decoded };
}

function decodeLevel(level: string): LogLevel {
  if (!isLogLevel(level)) throw new ProtocolViolation('level', 'unknown log level');
  return level;
}

function isLogLevel(value: string): value is LogLevel {
  return LOG_LEVELS.has(value);
}

function isStage(value: string): value is GuestFailure['stage'] {
  return STAGES.has(value);
}
