import type { ToolSchema } from '@carapace/manifest';
import { assertNever } from '@carapace/manifest/base';
import { RuntimeFailure } from '../../errors.ts';
import type { GuestFailure } from '../../protocol/messages.ts';
import type { FailureCode, ResultOutcome } from '../../result/outcome.ts';
import { RESULT_CODES } from '../../result/result-codes.ts';
import type { CallOutcome } from './call-outcome.ts';
import { checkOutput } from './check-output.ts';

const CODE_OF_STAGE: Readonly<Record<GuestFailure['stage'], FailureCode>> = {
  load: 'ERR_CARAPACE_SKILL_LOAD',
  entry: 'ERR_CARAPACE_SKILL_ENTRY',
  run: 'ERR_CARAPACE_SKILL_THREW',
  output: 'ERR_CARAPACE_SKILL_BAD_OUTPUT',
};

/**
 * Turns the end of a run into what the caller gets. What the model can act on becomes a result; what the gateway must act
 * on (a protocol violation, a failure of the host's own) is thrown.
 */
export function settleCall(outcome: CallOutcome, schema: ToolSchema | undefined): ResultOutcome {
  switch (outcome.kind) {
    case 'value':
      return checkOutput(outcome.json, schema);
    case 'failure':
      return { kind: 'failure', code: CODE_OF_STAGE[outcome.failure.stage], ...outcome.failure };
    case 'spent':
      return { kind: 'refused', code: outcome.code, message: RESULT_CODES[outcome.code].sentence };
    case 'crashed':
      return {
        kind: 'refused',
        code: 'ERR_CARAPACE_SKILL_CRASHED',
        message: `The worker of the skill ended before it gave a result: ${outcome.description}`,
      };
    case 'aborted':
      return {
        kind: 'refused',
        code: 'ERR_CARAPACE_CALL_ABORTED',
        message: RESULT_CODES.ERR_CARAPACE_CALL_ABORTED.sentence,
      };
    case 'violation':
      throw new RuntimeFailure('ERR_CARAPACE_PROTOCOL_VIOLATION', `Cannot trust worker: ${outcome.detail}`, {
        detail: { rule: outcome.rule },
      });
    case 'host-failed':
      throw outcome.cause;
    default:
      return assertNever(outcome);
  }
}
