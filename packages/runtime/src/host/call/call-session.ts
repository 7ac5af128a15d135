import { assertNever } from '@carapace/manifest/base';
import type { CallBudget } from '../../budget/call-budget.ts';
import { decodeWorkerMessage, ProtocolViolation } from '../../protocol/decode.ts';
import { carriesBody } from '../../protocol/decode-op.ts';
import type { Frame } from '../../protocol/frame.ts';
import { type LogLevel, MAX_REQUEST_BODY_BYTES, type WorkerToHost } from '../../protocol/messages.ts';
import type { Broker } from '../broker/broker.ts';
import type { Lease } from '../lease/lease.ts';
import { describeExit, type KillReason, type WorkerExit } from '../pool/worker-death.ts';
import type { WorkerListener } from '../pool/worker-process.ts';
import { answerRequest } from './answer-request.ts';
import type { CallAudit } from './call-audit.ts';
import type { CallEnd, CallOutcome } from './call-outcome.ts';
import { type CallJob, largestBody, sendCall } from './send-call.ts';
import { UpdateGate } from './update-gate.ts';
import type { UpdateSink } from './update-sink.ts';
import { type Alarm, type CallUsage, startWatchdog, type Watchdog } from './watchdog.ts';

export interface CallParts {
  readonly lease: Lease;
  readonly broker: Broker;
  readonly budget: CallBudget;
  readonly audit: CallAudit;
  /** Absent when nobody listens; updates are charged all the same. */
  readonly updates?: UpdateSink;
  readonly now: () => number;
}

/** What a line costs at least: a budget of bytes alone would pay for a million empty lines, each with a record of its own. */
const LEAST_LINE_BYTES = 64;
const WIND_DOWN_MS = 150;
const ABORT_GRACE_MS = 100;

/**
 * One call in one leased worker, from its first frame to its result. The first of result, spent budget, violation, abort
 * and death decides the outcome; everything after it is ignored. Believes nothing but frames that fit the state. The worker
 * is killed with the outcome, unless its lease may keep it and the skill itself ended the call, well or badly.
 */
export class CallSession {
  readonly #job: CallJob;
  readonly #parts: CallParts;
  readonly #answers = new Set<Promise<void>>();
  readonly #mounts = new Set<string>();
  readonly #hosts = new Set<string>();
  readonly #logs: { level: LogLevel; text: string }[] = [];
  readonly #updates: UpdateGate;
  readonly #watchdog: Watchdog;
  readonly #ended: Promise<CallOutcome>;
  #resolve: (outcome: CallOutcome) => void = () => undefined;
  #state: 'loading' | 'running' | 'ended';
  #kept = false;
  #reason: KillReason = 'call-ended';
  #signal = 'SIGKILL';
  #usageAtEnd: CallUsage = { wallMs: 0, cpuMs: 0, peakMemoryMiB: 0 };
  #sourceMapAsked = false;
  #grace: NodeJS.Timeout | undefined;

  constructor(job: CallJob, parts: CallParts) {
    this.#job = job;
    this.#parts = parts;
    this.#ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const { lease, budget, now } = parts;
    this.#updates = new UpdateGate({ budget, now, sink: parts.updates });
    // In a session the skill runs already.
    this.#state = lease.opened ? 'running' : 'loading';
    this.#watchdog = startWatchdog(lease, job.watchdog, parts.now, (alarm) => this.#onAlarm(alarm));
    lease.worker.attach(this.#listener(), largestBody(parts.budget));
  }

  /** Runs the call. Resolves when its outcome is decided and the worker is killed or idle; reaping may still be under way. */
  async run(): Promise<CallEnd> {
    const { signal } = this.#job;
    const onAbort = (): void => this.#abort();
    if (signal?.aborted === true) this.#end('aborted', { kind: 'aborted' });
    signal?.addEventListener('abort', onAbort, { once: true });
    await sendCall(this.#parts.lease, this.#parts.budget, this.#job);
    const outcome = await this.#ended;
    signal?.removeEventListener('abort', onAbort);
    await this.#windDown();
    return this.#report(outcome);
  }

  /**
   * What was under way when the call ended is on record before its end is (BD-103). Bounded, because an operation
   * of the host's own may hang, on a network file system for example, and a spent deadline must not wait for it.
   */
  async #windDown(): Promise<void> {
    const settled = Promise.all(this.#answers).then(() => this.#parts.broker[Symbol.asyncDispose]());
    const { promise: late, resolve: giveUp } = Promise.withResolvers<'late'>();
    const timer = setTimeout(() => giveUp('late'), WIND_DOWN_MS);
    // An answer that is still on its way must not reach the next call.
    if ((await Promise.race([settled, late])) === 'late') this.#giveUpWorker('host-failed');
    clearTimeout(timer);
  }

  #listener(): WorkerListener {
    return {
      onFrame: (frame) => this.#guard(() => this.#onFrame(frame)),
      onViolation: (rule, detail) => this.#end('protocol', { kind: 'violation', rule, detail }),
      onExit: (exit) => this.#onExit(exit),
    };
  }

  #onFrame(frame: Frame): void {
    // A worker that was kept has said its last word with the result; one that was killed may have frames under way.
    if (this.#state === 'ended') return this.#giveUpWorker('protocol');
    const message = decodeWorkerMessage(frame.head);
    if (frame.body.length > 0 && !mayCarryBody(message))
      throw new ProtocolViolation('body', `"${message.kind}" carries a body`);
    this.#onMessage(message, frame.body);
  }

  #onMessage(message: WorkerToHost, body: Uint8Array): void {
    switch (message.kind) {
      case 'loaded':
        if (this.#state !== 'loading') throw new ProtocolViolation('state', '"loaded" twice');
        this.#state = 'running';
        this.#parts.lease.opened = true;
        return;
      case 'request':
        return this.#onRequest(message, body);
      case 'cancel':
        return this.#parts.lease.requests.cancel(message.id);
      case 'log':
        return this.#onLog(message);
      case 'progress':
      case 'partial':
        return this.#onUpdate(message);
      case 'result':
        return this.#onResult(message, body);
      case 'engine-lost':
        return this.#onEngineLost();
      case 'ready':
      case 'renewed':
        throw new ProtocolViolation('state', `"${message.kind}" during a call`);
      default:
        return assertNever(message);
    }
  }

  #onRequest({ id, op }: Extract<WorkerToHost, { kind: 'request' }>, body: Uint8Array): void {
    if (body.length > MAX_REQUEST_BODY_BYTES)
      throw new ProtocolViolation('body', `a request carries ${body.length} bytes`);
    if (op.family === 'skill') this.#allowSourceMapOnce();
    else if (!this.#parts.budget.charge('brokerCalls', 1)) return this.#spend();
    const signal = this.#parts.lease.requests.open(id, body.length);
    const { worker } = this.#parts.lease;
    const answered = answerRequest({ ...this.#parts, worker, request: { id, op, body }, signal })
      .then((answer) => {
        this.#parts.lease.requests.close(id);
        if (answer.mount !== undefined) this.#mounts.add(answer.mount);
        for (const host of answer.hosts ?? []) this.#hosts.add(host);
        if (this.#parts.budget.spent !== undefined) this.#spend();
      })
      .catch((cause: unknown) => this.#fail(cause))
      .finally(() => this.#answers.delete(answered));
    this.#answers.add(answered);
  }

  /** Not an effect, so it costs nothing; without a bound it would be megabytes for free. */
  #allowSourceMapOnce(): void {
    if (this.#sourceMapAsked) throw new ProtocolViolation('source-map', 'the source map was asked for twice');
    this.#sourceMapAsked = true;
  }

  #onLog({ level, text }: Extract<WorkerToHost, { kind: 'log' }>): void {
    if (!this.#parts.budget.charge('logBytes', Math.max(LEAST_LINE_BYTES, Buffer.byteLength(text) + 1)))
      return this.#spend();
    this.#logs.push({ level, text });
    this.#parts.audit.log(level, text);
  }

  #onUpdate(update: Extract<WorkerToHost, { kind: 'progress' | 'partial' }>): void {
    if (this.#state !== 'running') throw new ProtocolViolation('state', `"${update.kind}" before "loaded"`);
    if (!this.#updates.pass(update)) this.#spend();
  }

  #onResult(message: Extract<WorkerToHost, { kind: 'result' }>, body: Uint8Array): void {
    if (message.call !== this.#job.callId) throw new ProtocolViolation('call', 'result of another call');
    if (!message.ok) return this.#end('call-ended', { kind: 'failure', failure: message.failure });
    if (!this.#parts.budget.charge('outputBytes', body.length)) return this.#spend();
    this.#end('call-ended', { kind: 'value', json: Buffer.from(body).toString('utf8') });
  }

  /** The worker claims that its isolate died. Whether that was memory is read from the kernel's high-water mark. */
  #onEngineLost(): void {
    if (this.#watchdog.reachedMemoryLimit()) this.#end('budget', { kind: 'spent', code: 'ERR_CARAPACE_BUDGET_MEMORY' });
    else this.#end('call-ended', { kind: 'crashed', description: 'its isolate was lost' });
  }

  /**
   * Not ours: the kernel, V8 or the skill itself ended the process, and the record names that signal. V8 aborts where it
   * cannot report a full heap (a table that grows, a string that is copied out): SIGABRT and a large size.
   */
  #onExit(exit: WorkerExit): void {
    if (this.#state !== 'ended') this.#signal = exit.signal ?? 'none';
    if (exit.signal === 'SIGXCPU') this.#end('budget', { kind: 'spent', code: 'ERR_CARAPACE_BUDGET_CPU' });
    else if (exit.signal === 'SIGABRT' && this.#watchdog.reachedMemoryLimit())
      this.#end('budget', { kind: 'spent', code: 'ERR_CARAPACE_BUDGET_MEMORY' });
    else this.#end('call-ended', { kind: 'crashed', description: describeExit(exit) });
  }

  /** Tells the guest, whose signal fires, and kills a moment later whether or not it listens. */
  #abort(): void {
    if (this.#state === 'ended' || this.#grace !== undefined) return;
    this.#grace = setTimeout(() => this.#end('aborted', { kind: 'aborted' }), ABORT_GRACE_MS);
    void this.#parts.lease.worker.send({ kind: 'abort', reason: 'The caller gave up' });
  }

  #onAlarm(alarm: Alarm): void {
    if (alarm === 'threads') this.#end('protocol', { kind: 'violation', rule: 'threads', detail: 'too many threads' });
    else this.#end('budget', { kind: 'spent', code: alarm });
  }

  #spend(): void {
    const code = this.#parts.budget.spent;
    if (code !== undefined) this.#end('budget', { kind: 'spent', code });
  }

  #fail(cause: unknown): void {
    this.#end('host-failed', { kind: 'host-failed', cause });
  }

  /** Runs one step of the state machine: a violation ends the call, a failure of the host's own ends it as such. */
  #guard(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (error instanceof ProtocolViolation)
        this.#end('protocol', { kind: 'violation', rule: error.rule, detail: error.message });
      else this.#fail(error);
    }
  }

  #end(reason: KillReason, outcome: CallOutcome): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    this.#reason = reason;
    clearTimeout(this.#grace);
    this.#watchdog.stop();
    this.#usageAtEnd = this.#watchdog.usage();
    this.#kept = this.#parts.lease.keepable && this.#grace === undefined && endedBySkill(outcome);
    if (!this.#kept) void this.#parts.lease.worker.kill(reason);
    this.#parts.lease.requests.abortAll();
    // Whatever a call still says after its caller gave up, nobody waits for it.
    this.#resolve(this.#grace === undefined ? outcome : { kind: 'aborted' });
  }

  #giveUpWorker(reason: KillReason): void {
    if (!this.#kept) return;
    this.#kept = false;
    this.#reason = reason;
    void this.#parts.lease.worker.kill(reason);
  }

  #report(outcome: CallOutcome): CallEnd {
    const { budget, lease } = this.#parts;
    const { pid } = lease.worker;
    return {
      outcome,
      worker: this.#kept ? { pid, kept: true } : { pid, kept: false, reason: this.#reason, signal: this.#signal },
      usage: {
        ...this.#usageAtEnd,
        ...budget.usage,
      },
      mounts: [...this.#mounts].toSorted(),
      hosts: [...this.#hosts].toSorted(),
      logs: this.#logs,
    };
  }
}

/** Anything else with bytes behind it is no honest worker's: they would be megabytes that no budget pays for. */
function mayCarryBody(message: WorkerToHost): boolean {
  if (message.kind === 'result') return message.ok;
  return message.kind === 'request' && carriesBody(message.op);
}

/** The skill returned or threw. A skill that did not even load is not worth keeping. */
function endedBySkill(outcome: CallOutcome): boolean {
  return outcome.kind === 'value' || (outcome.kind === 'failure' && outcome.failure.stage !== 'load');
}
