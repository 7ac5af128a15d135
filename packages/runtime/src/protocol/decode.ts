import type { BrokerOp, GuestFailure, LogLevel, WorkerToHost } from './messages.ts';

/** A frame that no honest worker sends. The host kills the worker and records `rule`. */
export class ProtocolViolation extends Error {
  readonly rule: string;
  constructor(rule: string, detail: string) {
    super(`Cannot accept worker message: ${detail}`);
    this.name = 'ProtocolViolation';
    this.rule = rule;
  }
}

const MAX_TEXT = 16 * 1024;
const MAX_PATH = 8 * 1024;
const MAX_STACK = 32 * 1024;
/** Longer than an honest worker sends, which cuts a message at 1,024 bytes. */
const MAX_PROGRESS_MESSAGE = 4 * 1024;
const MAX_DELAY_MS = 2 ** 31 - 1;
const LOG_LEVELS: ReadonlySet<string> = new Set<LogLevel>(['debug', 'info', 'warn', 'error']);
const STAGES: ReadonlySet<string> = new Set<GuestFailure['stage']>(['load', 'entry', 'run', 'output']);
const ACCESS_MODES: ReadonlySet<string> = new Set(['exists', 'read', 'write']);

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

function decodeOp(fields: Fields): BrokerOp {
  const family = fields.text('family', 16);
  const method = fields.text('method', 32);
  const op = decodeMethod(`${family}.${method}`, fields);
  fields.nothingElse();
  return op;
}

function decodeMethod(name: string, fields: Fields): BrokerOp {
  switch (name) {
    case 'fs.readFile':
      return { family: 'fs', method: 'readFile', path: fields.text('path', MAX_PATH) };
    case 'fs.readdir':
      return { family: 'fs', method: 'readdir', path: fields.text('path', MAX_PATH) };
    case 'fs.stat':
      return { family: 'fs', method: 'stat', path: fields.text('path', MAX_PATH) };
    case 'fs.access': {
      const mode = fields.text('mode', 8);
      if (!isAccessMode(mode)) throw new ProtocolViolation('mode', 'unknown access mode');
      return { family: 'fs', method: 'access', path: fields.text('path', MAX_PATH), mode };
    }
    case 'timer.sleep':
      return { family: 'timer', method: 'sleep', delayMs: fields.integer('delayMs', 0, MAX_DELAY_MS) };
    case 'skill.sourceMap':
      return { family: 'skill', method: 'sourceMap' };
    default:
      throw new ProtocolViolation('op', 'unknown operation');
  }
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

function isAccessMode(value: string): value is 'exists' | 'read' | 'write' {
  return ACCESS_MODES.has(value);
}

/** One object from the worker, read key by key; what was not read at the end is a violation. */
class Fields {
  readonly #values: Map<string, unknown>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new ProtocolViolation('shape', 'not an object');
    this.#values = new Map(Object.entries(value));
  }

  text(key: string, maxLength: number): string {
    const value = this.#take(key);
    if (typeof value !== 'string') throw new ProtocolViolation('type', `"${key}" is not a string`);
    if (value.length > maxLength) throw new ProtocolViolation('length', `"${key}" is longer than ${maxLength}`);
    return value;
  }

  integer(key: string, minimum: number, maximum: number): number {
    const value = this.#take(key);
    if (typeof value !== 'number' || !Number.isInteger(value))
      throw new ProtocolViolation('type', `"${key}" is not an integer`);
    if (value < minimum || value > maximum) throw new ProtocolViolation('range', `"${key}" is out of range`);
    return value;
  }

  /** A finite number from zero to 2^53 - 1, or nothing when the key is absent. JSON can spell infinity as `1e400`. */
  optionalFigure(key: string): number | undefined {
    if (!this.#values.has(key)) return undefined;
    const value = this.#take(key);
    if (typeof value !== 'number') throw new ProtocolViolation('type', `"${key}" is not a number`);
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER))
      throw new ProtocolViolation('range', `"${key}" is out of range`);
    return value;
  }

  id(): number {
    return this.integer('id', 1, Number.MAX_SAFE_INTEGER);
  }

  boolean(key: string): boolean {
    const value = this.#take(key);
    if (typeof value !== 'boolean') throw new ProtocolViolation('type', `"${key}" is not a boolean`);
    return value;
  }

  object(key: string): Fields {
    return new Fields(this.#take(key));
  }

  nothingElse(): void {
    if (this.#values.size > 0) throw new ProtocolViolation('fields', 'unexpected field');
  }

  #take(key: string): unknown {
    const value = this.#values.get(key);
    this.#values.delete(key);
    return value;
  }
}
