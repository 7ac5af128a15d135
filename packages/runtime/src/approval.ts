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

/** Answers true to let the call run. Anything else, a rejection included, denies it. */
export type Approve = (request: ApprovalRequest) => Promise<boolean>;

/** Headless default: a tool that wants a person's consent does not run without one. */
export const denyAll: Approve = () => Promise.resolve(false);
