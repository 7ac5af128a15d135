import { assertNever } from '@carapace/manifest/base';
import type { CallBudget } from '../../budget/call-budget.ts';
import type { BrokerOp } from '../../protocol/messages.ts';
import type { FsBroker } from './fs/fs-broker.ts';
import { FS_CODES } from './fs/fs-codes.ts';
import type { FsContent, FsTrail } from './fs/fs-outcome.ts';

/** What a guest's request came to. `toSkill` is the whole text that crosses; the rest is for the audit trail. */
export type BrokerAnswer =
  | { readonly kind: 'done'; readonly value?: unknown; readonly body?: FsContent; readonly trail?: FsTrail }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly rule: string;
      readonly toSkill: string;
      readonly trail?: FsTrail;
    };

/** Performs the effects of one call. The guest has no other way out. */
export interface Broker extends AsyncDisposable {
  perform(op: BrokerOp, signal: AbortSignal): Promise<BrokerAnswer>;
}

export interface BrokerParts {
  /** Absent when no mount is granted: then there is nothing that could open a file. */
  readonly fs?: FsBroker;
  readonly sourceMap?: string;
  readonly budget: CallBudget;
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

export function createBroker(parts: BrokerParts): Broker {
  return {
    perform: (op, signal) => perform(parts, op, signal),
    [Symbol.asyncDispose]: async () => parts.fs?.[Symbol.asyncDispose](),
  };
}

async function perform(parts: BrokerParts, op: BrokerOp, signal: AbortSignal): Promise<BrokerAnswer> {
  switch (op.family) {
    case 'fs':
      return performFs(parts, op);
    case 'timer':
      await parts.sleep(op.delayMs, signal);
      return { kind: 'done' };
    case 'skill':
      return { kind: 'done', ...(parts.sourceMap === undefined ? {} : { body: Buffer.from(parts.sourceMap, 'utf8') }) };
    default:
      return assertNever(op);
  }
}

async function performFs(parts: BrokerParts, op: Extract<BrokerOp, { family: 'fs' }>): Promise<BrokerAnswer> {
  if (parts.fs === undefined) {
    const code = 'ERR_CARAPACE_PERMISSION_FS_SCOPE';
    return { kind: 'refused', code, rule: 'no-mount-granted', toSkill: FS_CODES[code].toSkill };
  }
  const outcome = await parts.fs.perform(op, parts.budget);
  if (outcome.kind === 'done') return outcome;
  return { ...outcome, toSkill: FS_CODES[outcome.code].toSkill };
}
