import type { DrawNonce } from './envelope.ts';
import type { ProvenanceFacts, ResultUsage } from './provenance.ts';
import type { Redaction } from './redaction.ts';
import type { SkillLogLimits, SkillLogLine } from './skill-log.ts';
import type { TruncateLimits } from './truncate.ts';

/** What the host knows about the call; nothing in it may come from the worker unchecked. */
export interface ResultContext extends ProvenanceFacts {
  readonly usage: ResultUsage;
  readonly receiptId: string;
  /** Labels beyond those that follow from skill, mounts and hosts, e.g. the taint of the input. */
  readonly taint?: Iterable<string>;
  readonly logs?: readonly SkillLogLine[];
  readonly limits?: Partial<ResultLimits>;
  /** Takes out the values of secrets. Default: the host holds none. */
  readonly redaction?: Redaction;
  readonly drawNonce?: DrawNonce;
}

export interface ResultLimits {
  /** What `content` holds at most. Default 64 KiB and 5,000 lines; `structured` is bounded by the output budget. */
  readonly text: TruncateLimits;
  /** Default 200 lines, 65,536 characters. */
  readonly logs: SkillLogLimits;
}

export const DEFAULT_RESULT_LIMITS: ResultLimits = {
  text: { maxBytes: 65_536, maxLines: 5_000 },
  logs: { maxLines: 200, maxCharacters: 65_536 },
};
