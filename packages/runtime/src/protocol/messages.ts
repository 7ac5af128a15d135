/**
 * The closed set of messages between the host and one jailed worker. A message is a JSON head plus an optional binary
 * body (see frame.ts). The worker may be fully compromised: the host believes no field beyond what decode.ts checks.
 */
export const PROTOCOL_VERSION = 1;

export type CallId = string;
/** Issued by the worker, positive and strictly increasing within one call, so that a reply can never be confused. */
export type RequestId = number;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One effect a guest asks for. Paths are virtual (`/docs/a.pdf`); the host alone knows where a mount lives. */
export type BrokerOp =
  | { readonly family: 'fs'; readonly method: 'readFile'; readonly path: string }
  | { readonly family: 'fs'; readonly method: 'readdir'; readonly path: string }
  | { readonly family: 'fs'; readonly method: 'stat'; readonly path: string }
  | {
      readonly family: 'fs';
      readonly method: 'access';
      readonly path: string;
      readonly mode: 'exists' | 'read' | 'write';
    }
  /** Answered after `delayMs`. The host keeps the clock, so a worker needs no timer of its own. */
  | { readonly family: 'timer'; readonly method: 'sleep'; readonly delayMs: number }
  /** The bundle's source map, asked for only when a stack trace has to be mapped. Body: JSON text. */
  | { readonly family: 'skill'; readonly method: 'sourceMap' };

export type HostToWorker =
  /** Body: the bundle, one ES module as UTF-8. Opens the call's isolate and evaluates the module. */
  | {
      readonly kind: 'load';
      /** Shown in stack traces, e.g. `dist/skill.js`; never a host path. */
      readonly filename: string;
      readonly memoryMiB: number;
      readonly limits: GuestLimits;
      /** Which endowments exist at all: no mount, no `node:fs/promises`. */
      readonly endowments: { readonly fs: boolean };
    }
  /** Body: the tool input, JSON text. */
  | { readonly kind: 'call'; readonly call: CallId; readonly tool: string }
  /** Answer to a request. `more` announces further frames with the same id, whose bodies are to be joined. */
  | {
      readonly kind: 'reply';
      readonly id: RequestId;
      readonly ok: true;
      readonly value?: unknown;
      readonly more?: boolean;
    }
  | {
      readonly kind: 'reply';
      readonly id: RequestId;
      readonly ok: false;
      readonly code: string;
      readonly message: string;
    }
  | { readonly kind: 'abort'; readonly reason: string }
  /** Sent between two calls of the `skill` profile: throw the isolate away, prepare the next one, then say `renewed`. */
  | { readonly kind: 'renew' };

/**
 * Where the worker stops passing things on. Each stands just above the host's own limit, so that it is the host that sees
 * an overrun and names it.
 */
export interface GuestLimits {
  readonly outputBytes: number;
  readonly logBytes: number;
  /** Requests that may wait for their answers at once, timers apart. */
  readonly requests: number;
}

/** The most that `requests` is ever set to: with as many timers it stays below what the host puts up with. */
export const MAX_GUEST_REQUESTS = 1_000;

/** What a worker may say. Whatever else arrives ends it. */
export type WorkerToHost =
  | { readonly kind: 'ready'; readonly version: number }
  | { readonly kind: 'loaded' }
  /** Nothing of the last call is left in the worker. */
  | { readonly kind: 'renewed' }
  | { readonly kind: 'request'; readonly id: RequestId; readonly op: BrokerOp }
  /** Nothing waits for the answer any more (cleared timer, aborted read). */
  | { readonly kind: 'cancel'; readonly id: RequestId }
  | { readonly kind: 'log'; readonly level: LogLevel; readonly text: string }
  /** How far the call has come, in the skill's own words. */
  | ({ readonly kind: 'progress' } & GuestProgress)
  /** The next piece of a preview of the result. Pieces are cut anywhere, also inside a surrogate pair. */
  | { readonly kind: 'partial'; readonly text: string }
  /** Body: the tool's return value as JSON text. */
  | { readonly kind: 'result'; readonly call: CallId; readonly ok: true }
  | { readonly kind: 'result'; readonly call: CallId; readonly ok: false; readonly failure: GuestFailure }
  /** The isolate is gone without a result, as after its heap limit. A claim: the host asks the kernel what happened. */
  | { readonly kind: 'engine-lost' };

/**
 * Characters of a full message of partial text. An honest worker sends full ones as they come, and smaller ones at a bounded
 * rate only, so the host can tell a flood of small ones from a stream.
 */
export const FULL_PARTIAL_LENGTH = 8192;

/** Figures are finite and not negative; `message` may be empty. Untrusted, like every text of the guest. */
export interface GuestProgress {
  readonly progress?: number;
  readonly total?: number;
  readonly message: string;
}

/** What the guest said about its own failure. Untrusted text, already cut to size by the worker, cut again by the host. */
export interface GuestFailure {
  readonly stage: 'load' | 'entry' | 'run' | 'output';
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}
