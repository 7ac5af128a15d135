import type {
  CallId,
  Endowments,
  GuestLimits,
  HostToWorker,
  Placeholders,
  RequestId,
  WorkerToHost,
} from '../protocol/messages.ts';

/**
 * The seam behind which the JavaScript engine of a worker lives. One implementation exists (isolated-vm); another engine
 * can take its place because no type of that library crosses this interface.
 */
export interface IsolateEngine {
  /** Builds an isolate with the guest platform and no skill data, so that a spare worker can do it ahead of time. */
  prepare(options: PrepareOptions): PreparedIsolate;
}

export interface PrepareOptions {
  /** A courtesy limit on the JavaScript heap, in MiB, at least 8. The promise is kept by the host, which kills. */
  readonly memoryMiB: number;
}

export interface PreparedIsolate {
  /**
   * Evaluates one skill. Never throws for what the skill does: a bundle that cannot be loaded answers every call with a
   * failure. `loaded` is sent when evaluation has ended, well or badly; a call that arrives earlier waits for it.
   */
  open(load: LoadOptions, port: GuestPort): IsolateSession;
  dispose(): void;
}

export interface LoadOptions {
  /** One ES module. */
  readonly source: string;
  /** Shown in stack traces, e.g. `dist/skill.js`; never a host path. */
  readonly filename: string;
  readonly limits: GuestLimits;
  readonly endowments: Endowments;
}

/** Where a session sends `loaded`, `request`, `cancel`, `log` and `result`. Called during the methods of the session. */
export interface GuestPort {
  send(message: WorkerToHost, body?: Uint8Array): void;
  /** Rises over the life of the process: an answer that comes too late can never meet a request of the next isolate. */
  nextRequestId(): RequestId;
}

export type Reply = Extract<HostToWorker, { readonly kind: 'reply' }>;

/**
 * One skill in one isolate. One call runs at a time; a second one waits for nothing and is answered with a failure. A result
 * is sent when the isolate has nothing left to do, so whoever has it knows that no code of the call is running any more.
 *
 * @throws {IsolateLost} from every method when the isolate is gone (its heap limit, for example). The worker is of no
 * further use then and should exit.
 */
export interface IsolateSession {
  call(call: CallId, tool: string, inputJson: string, secrets?: Placeholders): void;
  /** The answer to a request, or a part of it while `more` is set. An answer nobody waits for is dropped. */
  deliver(reply: Reply, body?: Uint8Array): void;
  /** Aborts `context.signal` of the running call. */
  abort(reason: string): void;
  dispose(): void;
}

/** The isolate cannot run anything any more. */
export class IsolateLost extends Error {
  readonly code = 'ERR_CARAPACE_WORKER_ISOLATE_LOST';
  constructor(action: string, cause: unknown) {
    super(`Cannot ${action}: the isolate is gone`, { cause });
    this.name = 'IsolateLost';
  }
}
