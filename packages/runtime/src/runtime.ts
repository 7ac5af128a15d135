import type { InstalledSkill } from '@carapace/manifest';
import type { CloseOptions } from './close-options.ts';
import type { LoadOptions } from './load-options.ts';
import type { ProtectionReport } from './protection/protection-report.ts';
import type { SelfTestResult } from './protection/self-test.ts';
import type { SkillHandle } from './skill-handle.ts';

/** How busy a runtime is. */
export interface RuntimeStats {
  /** Worker processes: idle, booting, busy, warm and dying ones. */
  readonly alive: number;
  /** Booted workers that wait for a call and have seen no skill, and how many the runtime wants at the present demand. */
  readonly spares: number;
  readonly spareTarget: number;
  readonly booting: number;
  /** Workers that run a call. */
  readonly busy: number;
  /** Workers that have served a call and wait for the next of the same skill, grants, tenant and session. */
  readonly warm: number;
  /** Calls that wait for a worker, and how long the first of them has, in ms. */
  readonly waiting: number;
  readonly oldestWaitMs: number;
  /** Calls that wait for an earlier one of their session. */
  readonly waitingForSession: number;
  /** What the workers may take of the machine's memory, as promised so far, and what it may come to. */
  readonly reservedMiB: number;
  readonly ceilingMiB: number;
  /** Whether new workers are started: after failed starts `open` or `half-open`, and when the next one is tried. */
  readonly starts: {
    readonly state: 'closed' | 'open' | 'half-open';
    readonly failures: number;
    readonly retryInMs: number;
  };
  /** Calls since the runtime was started: begun, and ended by how. */
  readonly calls: {
    readonly started: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly rejected: number;
  };
}

/** Loads skills and owns their workers. Made by `createRuntime`. */
export interface Runtime extends AsyncDisposable {
  /** What was enforced around the self-test's probe, layer by layer, and why something is not. */
  readonly protection: ProtectionReport;
  /** The forbidden actions that were tried inside the jail at start-up, and what the kernel answered. */
  readonly selfTest: SelfTestResult;

  /** How busy the runtime is, now. */
  stats(): RuntimeStats;

  /**
   * Has the sources asked again for one secret, or for all, at its next use: after a key was replaced, without a restart. What
   * the old value was is still taken out of everything for 15 minutes.
   */
  rotateSecrets(name?: string): void;

  /**
   * Makes a skill callable under a grant. A path is read as a local folder that nobody has signed; an InstalledSkill comes
   * from a registry client. Without a grant the skill has no permission at all.
   *
   * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_LOAD, _RUNTIME_GRANT, _RUNTIME_ISOLATION, _RUNTIME_CLOSED; MountRootError; ManifestInvalid with
   * every issue; AuditFailure when the trail cannot be written
   */
  load(source: string | InstalledSkill, options?: LoadOptions): Promise<SkillHandle>;

  /**
   * Refuses new calls, aborts the running ones when their grace is over, kills every worker, and waits until the kernel has
   * reaped them. Safe to call twice; the first call decides about the grace.
   *
   * @throws AuditFailure after everything is closed, when the trail cannot be written
   */
  close(options?: CloseOptions): Promise<void>;
}
