import type { EffectAnswer, EffectBroker, EffectRequest } from '../host/broker/effect.ts';
import type { FsOp, RequestId } from '../protocol/messages.ts';
import type { RedactionStream } from './redact/redaction-stream.ts';
import type { Redactor } from './redact/redactor.ts';
import { secretRefusal } from './secret-codes.ts';

/**
 * Keeps values of secrets out of files, where no redaction would find them again: a skill that has got hold of one, through
 * a service that hands it over in disguise, must not leave it for another skill or program. A file that is written in pieces
 * is looked through as one text; the pieces before the one that completes a value have been written.
 */
export function guardFiles(files: EffectBroker<FsOp>, redactor: Redactor): EffectBroker<FsOp> {
  const scans = new Map<RequestId, RedactionStream>();
  return {
    async perform(request, signal) {
      const { op } = request;
      const refused = scan(request, redactor, scans);
      if (op.method !== 'close' || refused === undefined) return refused ?? (await files.perform(request, signal));
      // What a refused piece belongs to must not take the place of the old file without it.
      await files.perform({ ...request, op: { ...op, discard: true } }, signal);
      return refused;
    },
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

function scan(
  { op, body }: EffectRequest<FsOp>,
  redactor: Redactor,
  scans: Map<RequestId, RedactionStream>,
): EffectAnswer | undefined {
  // A name is content too.
  const names = [...('path' in op ? [op.path] : []), ...('to' in op ? [op.to] : [])];
  if (names.some((name) => redactor.redactText(name).count > 0)) return refusal('');
  if (op.method === 'writeFile') return redactor.contains(body) ? refusal(op.path) : undefined;
  if (op.method !== 'write' && op.method !== 'close') return undefined;
  const scanned = scans.get(op.handle) ?? redactor.stream();
  if (op.method === 'write') {
    scans.set(op.handle, scanned);
    scanned.transform(body);
  } else scans.delete(op.handle);
  return scanned.met ? refusal(`handle ${op.handle}`) : undefined;
}

function refusal(target: string): EffectAnswer {
  return { kind: 'refused', ...secretRefusal('secret-in-file'), trail: { target, bytes: 0 } };
}
