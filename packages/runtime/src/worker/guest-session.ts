import type { CallId, GuestFailure, Placeholders, RequestId } from '../protocol/messages.ts';
import type { OpAnswer } from './bridge.ts';
import { GuestLog } from './guest-log.ts';
import { readRequest } from './guest-request.ts';
import { GuestUpdates } from './guest-updates.ts';
import type { Command, RefusalCode, SessionOp } from './guest-wire.ts';
import type { GuestPort, LoadOptions, Reply } from './isolate-engine.ts';
import { parseFailure } from './parse-guest-json.ts';
import { join, PendingRequests } from './pending-requests.ts';
import { replyPayload, toBase64 } from './reply-payload.ts';
import { finishStack, hasBundleFrame, inlineSourceMap, SOURCE_MAP_MAX_BYTES } from './stack-trace.ts';
import { describeRejection, describeThrown } from './thrown-text.ts';

/** What one entry into the isolate ended with; `thrown` is an unhandled rejection, copied by the engine. */
export type Turn = { readonly kind: 'returned' } | { readonly kind: 'threw'; readonly thrown: unknown };

/** The isolate as the session sees it. Every method runs guest code until it has nothing left to do. */
export interface GuestRealm {
  receive(command: Command, first: string, second: string, third: string): Turn;
  /** After a turn that threw while the skill was loading: was it the load that failed? */
  probeLoad(): Turn;
}

interface QueuedCall {
  readonly call: CallId;
  readonly tool: string;
  readonly inputJson: string;
  readonly secrets: Placeholders | undefined;
}

type Phase =
  | { readonly kind: 'loading'; readonly queued: QueuedCall | undefined }
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly call: CallId }
  /** The tool has returned or thrown; what it left behind still runs, with no effect. Then `finish` tells the host. */
  | { readonly kind: 'ending'; readonly finish: () => void }
  | { readonly kind: 'mapping'; readonly call: CallId; readonly failure: GuestFailure; readonly request: RequestId };

type LoadResult =
  | { readonly kind: 'pending' }
  | { readonly kind: 'ok' }
  | { readonly kind: 'failed'; readonly failure: GuestFailure };

const DONE: OpAnswer = { ok: true, payload: '' };

function refuse(code: RefusalCode): OpAnswer {
  return { ok: false, code };
}

/**
 * Decides what each op of the guest and each frame of the host means at this moment: one skill, one call at a time, exactly
 * one result per call, and no effect outside a call or the load (BD-102 to BD-104). Knows nothing of the engine.
 */
export class GuestSession {
  readonly #load: LoadOptions;
  readonly #port: GuestPort;
  readonly #realm: GuestRealm;
  readonly #log: GuestLog;
  readonly #updates: GuestUpdates;
  readonly #pending: PendingRequests;
  #phase: Phase = { kind: 'loading', queued: undefined };
  #loadResult: LoadResult = { kind: 'pending' };
  #mapChunks: Uint8Array[] = [];
  #mapBytes = 0;

  constructor(load: LoadOptions, port: GuestPort, realm: GuestRealm) {
    this.#load = load;
    this.#port = port;
    this.#realm = realm;
    this.#log = new GuestLog(port, load.limits.logBytes);
    this.#updates = new GuestUpdates(port, load.limits.outputBytes);
    this.#pending = new PendingRequests(load.limits.requests, () => port.nextRequestId());
  }

  /** The engine's first entry into the skill: evaluates the entry module, or reports why it cannot. */
  start(evaluate: () => Turn): void {
    this.#afterTurn(evaluate());
  }

  /** The bundle did not even compile or link. */
  failLoad(thrown: unknown): void {
    this.#loadResult = { kind: 'failed', failure: describeThrown('load', thrown) };
    this.#afterTurn({ kind: 'returned' });
  }

  call(call: CallId, tool: string, inputJson: string, secrets?: Placeholders): void {
    const phase = this.#phase;
    if (phase.kind === 'loading' && phase.queued === undefined) {
      this.#phase = { kind: 'loading', queued: { call, tool, inputJson, secrets } };
    } else if (phase.kind === 'idle') {
      this.#begin({ call, tool, inputJson, secrets });
    } else {
      const message = `Cannot call tool "${tool}": another call is running`;
      const failure = { stage: 'run', name: 'Error', message, stack: '' } as const;
      this.#port.send({ kind: 'result', call, ok: false, failure });
    }
  }

  deliver(reply: Reply, body?: Uint8Array): void {
    if (this.#phase.kind === 'mapping' && this.#phase.request === reply.id) {
      this.#collectSourceMap(reply, body);
      return;
    }
    if (!reply.ok) {
      if (!this.#pending.remove(reply.id)) return;
      this.#afterTurn(this.#realm.receive('refuse', String(reply.id), reply.code, reply.message));
      return;
    }
    if (reply.more === true && body !== undefined && this.#pending.inPieces(reply.id)) {
      this.#afterTurn(this.#realm.receive('piece', String(reply.id), '', toBase64(body)));
      return;
    }
    const complete = this.#pending.collect(reply.id, body, reply.more === true);
    if (complete === undefined) return;
    const payload = replyPayload(complete, reply.value);
    this.#afterTurn(this.#realm.receive('reply', String(reply.id), complete.form, payload));
  }

  abort(reason: string): void {
    const phase = this.#phase;
    if (phase.kind === 'running') this.#afterTurn(this.#realm.receive('abort', reason, '', ''));
    if (phase.kind !== 'loading' || phase.queued === undefined) return;
    // The tool was never entered, and will not be now that nobody waits for it.
    this.#phase = { kind: 'loading', queued: undefined };
    const failure = { stage: 'run', name: 'AbortError', message: reason, stack: '' } as const;
    this.#port.send({ kind: 'result', call: phase.queued.call, ok: false, failure });
  }

  /** Answers one op. Called while guest code is on the stack, so it must not enter the isolate again (BD-105). */
  handleOp(op: SessionOp, payload: string): OpAnswer {
    switch (op) {
      case 'request':
        return this.#request(payload);
      case 'cancel':
        return this.#cancel(Number(payload));
      case 'log':
        return this.#writeLog(payload);
      case 'progress':
      case 'partial':
        // Not while the module loads: what it says then belongs to nobody's call.
        return this.#phase.kind === 'running' ? this.#updates.answerOp(op, payload) : refuse('call-ended');
      case 'registered':
        return this.#registered(payload);
      case 'result':
        return this.#result(payload);
      case 'failure':
        return this.#failure(payload);
    }
  }

  #request(payload: string): OpAnswer {
    if (this.#phase.kind !== 'loading' && this.#phase.kind !== 'running') return refuse('call-ended');
    const reading = readRequest(payload);
    if (!reading.ok) return refuse(reading.code);
    const { request } = reading;
    const { op, body } = request;
    if (op.family !== 'timer' && !this.#load.endowments[op.family]) return refuse('no-such-endowment');
    const added = this.#pending.add(request);
    if (added.ok) this.#port.send({ kind: 'request', id: Number(added.payload), op }, body);
    return added;
  }

  #cancel(id: RequestId): OpAnswer {
    if (this.#pending.remove(id)) this.#port.send({ kind: 'cancel', id });
    return DONE;
  }

  #writeLog(payload: string): OpAnswer {
    if (this.#phase.kind !== 'loading' && this.#phase.kind !== 'running') return refuse('call-ended');
    const end = payload.indexOf('\n');
    this.#log.write(payload.slice(0, Math.max(end, 0)), payload.slice(end + 1));
    return DONE;
  }

  #registered(payload: string): OpAnswer {
    if (this.#loadResult.kind !== 'pending') return refuse('bad-op');
    this.#loadResult = payload === '' ? { kind: 'ok' } : { kind: 'failed', failure: parseFailure(payload) };
    return DONE;
  }

  /** A result over the limit is cut at it and sent all the same: the host counts the bytes and names the spent budget. */
  #result(json: string): OpAnswer {
    if (this.#phase.kind !== 'running') return refuse('call-ended');
    const { outputBytes } = this.#load.limits;
    const body = Buffer.from(json.slice(0, outputBytes), 'utf8').subarray(0, outputBytes);
    const { call } = this.#phase;
    this.#endCall(() => this.#port.send({ kind: 'result', call, ok: true }, body));
    return DONE;
  }

  #failure(payload: string): OpAnswer {
    if (this.#phase.kind !== 'running') return refuse('call-ended');
    const { call } = this.#phase;
    const failure = parseFailure(payload);
    this.#endCall(() => this.#fail(call, failure));
    return DONE;
  }

  /** Nothing of an ended call may have an effect any more, so the host is told to drop what is still open. */
  #endCall(finish: () => void): void {
    this.#updates.end();
    for (const id of this.#pending.clear()) this.#port.send({ kind: 'cancel', id });
    this.#phase = { kind: 'ending', finish };
  }

  #begin({ call, tool, inputJson, secrets }: QueuedCall): void {
    this.#log.reset();
    this.#updates.reset();
    if (this.#loadResult.kind === 'failed') {
      this.#fail(call, this.#loadResult.failure);
      return;
    }
    if (secrets !== undefined) this.#realm.receive('secrets', JSON.stringify(secrets), '', '');
    this.#phase = { kind: 'running', call };
    this.#afterTurn(this.#realm.receive('call', call, tool, inputJson));
  }

  #fail(call: CallId, failure: GuestFailure): void {
    const { filename, source } = this.#load;
    const inline = inlineSourceMap(source);
    if (inline !== undefined || !hasBundleFrame(failure.stack, filename)) {
      this.#sendFailure(call, failure, inline);
      return;
    }
    const request = this.#port.nextRequestId();
    this.#phase = { kind: 'mapping', call, failure, request };
    this.#port.send({ kind: 'request', id: request, op: { family: 'skill', method: 'sourceMap' } });
  }

  #collectSourceMap(reply: Reply, body: Uint8Array | undefined): void {
    if (this.#phase.kind !== 'mapping') return;
    if (reply.ok && body !== undefined) {
      this.#mapBytes += body.length;
      if (this.#mapBytes <= SOURCE_MAP_MAX_BYTES) this.#mapChunks.push(body);
      else this.#mapChunks = [];
    }
    if (reply.ok && reply.more === true) return;
    const { call, failure } = this.#phase;
    const map =
      reply.ok && this.#mapChunks.length > 0 ? Buffer.from(join(this.#mapChunks)).toString('utf8') : undefined;
    this.#mapChunks = [];
    this.#mapBytes = 0;
    this.#sendFailure(call, failure, map);
  }

  #sendFailure(call: CallId, failure: GuestFailure, map: string | undefined): void {
    this.#phase = { kind: 'idle' };
    const stack = finishStack(failure.stack, this.#load.filename, map);
    this.#port.send({ kind: 'result', call, ok: false, failure: { ...failure, stack } });
  }

  #afterTurn(turn: Turn): void {
    if (turn.kind === 'threw') this.#explainThrow(turn.thrown);
    this.#updates.sendDue();
    if (this.#phase.kind === 'ending') {
      const { finish } = this.#phase;
      this.#phase = { kind: 'idle' };
      finish();
      return;
    }
    if (this.#phase.kind !== 'loading' || this.#loadResult.kind === 'pending') return;
    const { queued } = this.#phase;
    this.#phase = { kind: 'idle' };
    this.#port.send({ kind: 'loaded' });
    if (queued !== undefined) this.#begin(queued);
  }

  /** An unhandled rejection is the author's to know about; it is never another call's error (IS-049). */
  #explainThrow(thrown: unknown): void {
    if (this.#loadResult.kind === 'pending') {
      const probe = this.#realm.probeLoad();
      if (probe.kind === 'threw') {
        this.#loadResult = { kind: 'failed', failure: describeThrown('load', probe.thrown) };
        return;
      }
    }
    if (this.#phase.kind === 'loading' || this.#phase.kind === 'running') {
      this.#log.write('error', describeRejection(thrown));
    }
  }
}
