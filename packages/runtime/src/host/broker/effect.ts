import type { BrokerOp, RequestId } from '../../protocol/messages.ts';

/** One effect that a guest asks for, decoded and charged. `body` is empty for every op that carries none. */
export interface EffectRequest<Op extends BrokerOp = BrokerOp> {
  readonly id: RequestId;
  readonly op: Op;
  readonly body: Uint8Array;
}

/** For the audit record and the provenance of the result: what was asked, where it led, how it was held. Never a host path. */
export interface EffectTrail {
  /** As the guest named it: a virtual path, or a method and a URL without query values. */
  readonly target: string;
  /** Mount that was used. Absent when none was reached. */
  readonly mount?: string;
  /** Hosts that were talked to, with their ports where those are not the scheme's own. Absent when nothing was sent. */
  readonly hosts?: readonly string[];
  /** Declared names of the secrets that were sent. Absent when none was. */
  readonly secrets?: readonly string[];
  /** How the target was held to its grant: `kernel`, `walk`, or the address that was judged and dialled. */
  readonly containment?: string;
  /** Bytes handed out or taken so far; final once the body has ended. */
  readonly bytes: number;
}

/** Bytes on their way to the guest. Has to be read to its end or disposed. Throws EffectFailure where it cannot go on. */
export type EffectBody = AsyncIterable<Uint8Array> & AsyncDisposable;

/** Why the host does not do it. `toSkill` is the whole text that crosses; the rest is for the operator. */
export interface EffectRefusal {
  readonly code: string;
  /** The check that said no. */
  readonly rule: string;
  readonly toSkill: string;
  /** The smallest line of manifest, grant or policy that would allow it. Absent where nothing could. */
  readonly remedy?: string;
}

/** What a guest's request came to. Done without a trail: a piece of something that is on record already, no record of its own. */
export type EffectAnswer =
  | {
      readonly kind: 'done';
      readonly value?: unknown;
      readonly body?: Uint8Array | EffectBody;
      readonly trail?: EffectTrail;
    }
  | ({ readonly kind: 'refused'; readonly trail?: EffectTrail } & EffectRefusal);

/** Thrown by a body that cannot go on, where a refusal can no longer be returned. */
export class EffectFailure extends Error {
  override readonly name: string = 'EffectFailure';
  readonly effectRefusal: EffectRefusal;

  constructor(refusal: EffectRefusal) {
    super(refusal.toSkill);
    this.effectRefusal = refusal;
  }
}

/**
 * Performs one family of effects for one call. Never rejects because of what a guest asked for or what the world
 * answered: a rejection is a defect or a failed sink, and ends the call. Disposing it ends whatever is under way.
 */
export interface EffectBroker<Op extends BrokerOp> extends AsyncDisposable {
  perform(request: EffectRequest<Op>, signal: AbortSignal): Promise<EffectAnswer>;
}
