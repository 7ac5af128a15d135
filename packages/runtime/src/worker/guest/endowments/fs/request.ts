import type { FsOp } from '../../../../protocol/messages.ts';
import type { ReplyForm } from '../../../guest-wire.ts';
import type { Bytes } from '../../byte-pieces.ts';
import { createFsError } from '../../fs-error.ts';
import { PromiseOf, ReflectSetPrototypeOf } from '../../primordials.ts';
import { cancelRequest, issueRequest, type RequestBody } from '../../requests.ts';
import { abortError, abortedReason, onAbort } from '../abort.ts';

/** What an error says about the operation: Node's name for it and the virtual path. */
export interface Target {
  readonly syscall: string;
  readonly path: string;
  /** Second path of a rename or a copy. */
  readonly to: string | undefined;
}

export interface Exchange<Value> {
  readonly form: ReplyForm;
  readonly body: RequestBody | undefined;
  /** An `AbortSignal`, or nothing. */
  readonly signal: unknown;
  /** @param id The request's own id, by which a file that it opened is named from now on. */
  readonly convert: (payload: string, id: string, bytes: Bytes | undefined) => Value;
}

/** Sends one file operation and waits for its answer. */
export function requestFs<Value>(op: FsOp, target: Target, exchange: Exchange<Value>): Promise<Value> {
  const { form, body, signal, convert } = exchange;
  // `Object.prototype.toJSON` must not be able to rewrite it (IS-038).
  ReflectSetPrototypeOf(op, null);
  return new PromiseOf((resolve, reject) => {
    const watched = signal !== undefined && signal !== null;
    if (watched) throwIfAborted(signal);
    let stopWatching = (): void => undefined;
    const waiter = {
      fulfil: (payload: string, bytes: Bytes | undefined): void => {
        stopWatching();
        try {
          resolve(convert(payload, id, bytes));
        } catch (error) {
          reject(error);
        }
      },
      refuse: (code: string, message: string): void => {
        stopWatching();
        reject(createFsError(code, message, target.syscall, target.path, target.to));
      },
    };
    const id = issueRequest(op, form, waiter, body);
    if (watched) {
      stopWatching = onAbort(signal, () => {
        cancelRequest(id);
        reject(abortErrorOf(abortedReason(signal)?.reason));
      });
    }
  });
}

/** For an operation whose answer says nothing. */
export function commandFs(op: FsOp, target: Target): Promise<void> {
  return requestFs(op, target, { form: 'none', body: undefined, signal: undefined, convert: () => undefined });
}

export function at(syscall: string, path: string, to?: string): Target {
  return { syscall, path, to };
}

/** @throws an `AbortError` when the signal has aborted; a TypeError when it is no signal. */
export function throwIfAborted(signal: unknown): void {
  if (signal === undefined || signal === null) return;
  const aborted = abortedReason(signal);
  if (aborted !== undefined) throw abortErrorOf(aborted.reason);
}

/** As in Node: an AbortError whose `cause` is the signal's reason. */
function abortErrorOf(reason: unknown): Error {
  const error = abortError('The operation was aborted');
  error.cause = reason;
  return error;
}
