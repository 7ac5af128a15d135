/**
 * The closed set of messages between the host and one jailed worker. A message is a JSON head plus an optional binary
 * body (see frame.ts). The worker may be fully compromised: the host believes no field beyond what decode.ts checks.
 */
export const PROTOCOL_VERSION = 1;

export type CallId = string;
/** Issued by the worker, positive and strictly increasing within one call, so that a reply can never be confused. */
export type RequestId = number;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One effect a guest asks for. */
export type BrokerOp = FsOp | NetOp | TimerOp | SkillOp;

/** How `fs.open` opens a file, in Node's words. `w` writes beside the old file and takes its place when it is closed. */
export const FS_OPEN_FLAGS = ['r', 'r+', 'w', 'wx', 'w+', 'wx+', 'a', 'ax', 'a+', 'ax+'] as const;
export type FsOpenFlags = (typeof FS_OPEN_FLAGS)[number];

/**
 * Paths are virtual (`/docs/a.pdf`); the host alone knows where a mount lives. A `handle` is the id of the request that
 * opened it: ids are never reused, so a handle can never name another file later.
 */
export type FsOp = { readonly family: 'fs' } & (
  | { readonly method: 'readFile' | 'readdir' | 'stat' | 'opendir'; readonly path: string }
  | { readonly method: 'access'; readonly path: string; readonly mode: 'exists' | 'read' | 'write' }
  /** Body: the whole content, at most MAX_REQUEST_BODY_BYTES; longer content goes through `open` and `write`. */
  | { readonly method: 'writeFile'; readonly path: string; readonly mode: 'replace' | 'create' | 'append' }
  | { readonly method: 'truncate'; readonly path: string; readonly length: number }
  | { readonly method: 'mkdir'; readonly path: string; readonly recursive: boolean }
  /** What has to stand there: a file (`unlink`), an empty directory (`rmdir`), either (`rm`). `recursive` takes all below it. */
  | {
      readonly method: 'rm';
      readonly path: string;
      readonly target: 'file' | 'directory' | 'any';
      readonly recursive: boolean;
    }
  | { readonly method: 'rename'; readonly path: string; readonly to: string }
  | { readonly method: 'copyFile'; readonly path: string; readonly to: string; readonly exclusive: boolean }
  | { readonly method: 'open'; readonly path: string; readonly flags: FsOpenFlags }
  /** Answered with a body of at most `length` bytes; an empty one is the end. `position` absent: go on where the last one ended. */
  | { readonly method: 'read'; readonly handle: RequestId; readonly length: number; readonly position?: number }
  /** Body: the bytes. */
  | { readonly method: 'write'; readonly handle: RequestId; readonly position?: number }
  | { readonly method: 'fstat' | 'readEntries'; readonly handle: RequestId }
  | { readonly method: 'ftruncate'; readonly handle: RequestId; readonly length: number }
  /** `discard` leaves a file that was being replaced as it is. */
  | { readonly method: 'close'; readonly handle: RequestId; readonly discard: boolean }
);

/**
 * HTTP. An `exchange` is the id of the `fetch` that began it. The answer to `fetch` comes with the response's head; a short
 * body comes along with it, any other is asked for piece by piece (`read`) or whole (`drain`).
 */
export type NetOp = { readonly family: 'net' } & (
  | {
      readonly method: 'fetch';
      readonly url: string;
      readonly verb: string;
      readonly headers: readonly HeaderPair[];
      readonly redirect: 'follow' | 'error' | 'manual';
      /** `inline`: the frame's body is the request's body. `stream`: it follows in `send` requests. */
      readonly payload: 'none' | 'inline' | 'stream';
    }
  /** Body: the next piece of the request body. Answered when there is room for another. */
  | { readonly method: 'send'; readonly exchange: RequestId; readonly last: boolean }
  /** Answered with the next piece of the response body; an empty one is the end. */
  | { readonly method: 'read'; readonly exchange: RequestId }
  /** Answered with all that is left of the response body. */
  | { readonly method: 'drain'; readonly exchange: RequestId }
  /** Nobody wants the rest. */
  | { readonly method: 'close'; readonly exchange: RequestId }
);

export type HeaderPair = readonly [name: string, value: string];

/** What the `value` of an answer to `net.fetch` holds. */
export interface FetchHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
  /** Of the last hop, without fragment. */
  readonly url: string;
  readonly redirected: boolean;
  readonly type: 'basic' | 'opaqueredirect';
  /** `complete`: the body of this answer is the whole body. `stream`: ask for it. */
  readonly body: 'none' | 'complete' | 'stream';
}

/** Answered after `delayMs`. The host keeps the clock, so a worker needs no timer of its own. */
export type TimerOp = { readonly family: 'timer'; readonly method: 'sleep'; readonly delayMs: number };

/** The bundle's source map, asked for only when a stack trace has to be mapped. Body: JSON text. */
export type SkillOp = { readonly family: 'skill'; readonly method: 'sourceMap' };

/** The largest body of one request: a piece of an upload or of a file. */
export const MAX_REQUEST_BODY_BYTES: number = 256 * 1024;

/** Bytes of request bodies that may wait in the host at once; an honest worker keeps to half of it. */
export const MAX_OPEN_REQUEST_BYTES: number = 8 * 1024 * 1024;

export type HostToWorker =
  /** Body: the bundle, one ES module as UTF-8. Opens the call's isolate and evaluates the module. */
  | {
      readonly kind: 'load';
      /** Shown in stack traces, e.g. `dist/skill.js`; never a host path. */
      readonly filename: string;
      readonly memoryMiB: number;
      readonly limits: GuestLimits;
      readonly endowments: Endowments;
    }
  /** Body: the tool input, JSON text. `secrets`: by declared name, the placeholders that stand for them during this call. */
  | {
      readonly kind: 'call';
      readonly call: CallId;
      readonly tool: string;
      readonly secrets?: Placeholders;
    }
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

/** By declared name of a secret, what stands for its value during one call. The value itself never enters a worker. */
export type Placeholders = Readonly<Record<string, string>>;

/** Which endowments exist at all: no mount, no `node:fs/promises`; no host, no `fetch`. */
export interface Endowments {
  readonly fs: boolean;
  readonly net: boolean;
}

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
  /** Body: with `fs.writeFile`, `fs.write`, `net.send`, and `net.fetch` whose payload is inline; with nothing else. */
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
