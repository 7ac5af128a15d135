import type { SkillManifest } from '@carapace/manifest';
import type { CallOptions } from './call-options.ts';
import type { CloseOptions } from './close-options.ts';
import type { Overlay } from './host/broker/fs/overlay/open-overlay.ts';
import type { GrantSet } from './policy/resolve-grants.ts';
import type { ToolResult } from './result/tool-result.ts';

/** The changes that a skill has made to one mount and that its directory does not have yet. Paths are the skill's words. */
export type SkillOverlay = Pick<Overlay, 'diff' | 'commit' | 'discard'>;

/** A loaded skill with its grants: the only way to run one. Dispose it to close its directories. */
export interface SkillHandle extends AsyncDisposable {
  readonly manifest: SkillManifest;
  /** The body of SKILL.md for the model: the author's text, sanitised, and no more trusted for it. */
  readonly instructions: string;
  /** What was granted: the manifest's permissions, narrowed by policy and consent. */
  readonly grants: GrantSet;

  /**
   * Runs one tool in a jailed worker, under the isolation that applies, and returns its tagged result. Whatever the skill
   * does, is refused or uses up is a result with `isError`; the promise rejects only when the host itself has to act.
   *
   * @throws RuntimeFailure ERR_CARAPACE_PROTOCOL_VIOLATION, _RUNTIME_ISOLATION, _RUNTIME_BUSY, _RUNTIME_MEMORY,
   * _RUNTIME_CLOSED, _RUNTIME_PROTECTION, _WORKER_START;
   * AuditFailure when the trail cannot be written; TypeError for a call id, tenant or session that is not 1 to 256 printable characters
   */
  call(tool: string, input: unknown, options?: CallOptions): Promise<ToolResult>;

  /**
   * The changes kept apart for a mount that was loaded with `overlay`. Look at them with `diff`, then `commit` or `discard`
   * while no call runs; what is left when the handle is closed is discarded.
   *
   * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_GRANT for a mount without an overlay
   */
  overlay(mount: string): SkillOverlay;

  /**
   * Refuses new calls, aborts the running ones when their grace is over, waits for them, ends the workers that were kept for
   * the skill, and closes the granted directories. Safe to call twice.
   */
  close(options?: CloseOptions): Promise<void>;
}
