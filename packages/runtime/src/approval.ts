import type { ToolApproval } from '@carapace/manifest';

/** What a person is asked. Everything in it is host-checked fact or clearly the caller's input. */
export interface ApprovalRequest {
  readonly skill: string;
  readonly version: string;
  readonly digest: string;
  readonly tool: string;
  readonly callId: string;
  /** Validated input, as JSON text: exactly what will run. */
  readonly inputJson: string;
  /** `once`: asked for the first call of a handle; `always`: for each. */
  readonly approval: Exclude<ToolApproval, 'never'>;
}

/**
 * Answers true to let the call run. Anything else, a rejection included, denies it. `signal` aborts when the answer is not
 * wanted any more: the caller gave up, the skill is being closed, or two minutes have passed.
 */
export type Approve = (request: ApprovalRequest, signal: AbortSignal) => Promise<boolean>;

/** How long a person may take, in ms. Silence is a no. */
const APPROVAL_TIMEOUT_MS = 120_000;

/** Asks, and denies on throw, rejection, any answer but true, abort and silence (AU-347). */
export async function askForApproval(
  approve: Approve,
  request: ApprovalRequest,
  given: AbortSignal,
  timeoutMs: number = APPROVAL_TIMEOUT_MS,
): Promise<boolean> {
  const over = new AbortController();
  const signal = AbortSignal.any([given, over.signal, AbortSignal.timeout(timeoutMs)]);
  const aborted = new Promise<boolean>((resolve) => {
    signal.addEventListener('abort', () => resolve(false), { once: true });
    if (signal.aborted) resolve(false);
  });
  try {
    const answer: unknown = await Promise.race([approve(request, signal), aborted]);
    return answer === true;
  } catch {
    return false;
  } finally {
    over.abort();
  }
}

/** Headless default: a tool that wants a person's consent does not run without one. */
export const denyAll: Approve = () => Promise.resolve(false);
