import type { BrokerOp, LogLevel } from '../../protocol/messages.ts';
import type { EffectAnswer } from '../broker/effect.ts';

/**
 * What a running call reports. Both throw when the sink cannot record: the call then ends, because an effect that leaves
 * no trace must not happen (fail closed).
 */
export interface CallAudit {
  log(level: LogLevel, text: string): void;
  decision(op: BrokerOp, answer: EffectAnswer): void;
}
