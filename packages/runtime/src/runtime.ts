import { explain, type InstalledSkill, type PermissionSet } from '@carapace/manifest';
import type { Approve } from './approval.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import { RuntimeFailure } from './errors.ts';
import type { CallExecutor } from './host/call/call-executor.ts';
import type { WorkerPool } from './host/pool/worker-pool.ts';
import type { LaunchFiles } from './jail/launch-files.ts';
import { nodeLoadPowers } from './load/load-powers.ts';
import { loadSkill, type OperatorPolicy } from './load/load-skill.ts';
import { readSkillFolder } from './load/read-skill-folder.ts';
import { nodeGrantPowers } from './policy/grant-powers.ts';
import type { GrantRequest, GrantSet } from './policy/resolve-grants.ts';
import type { ProtectionReport } from './protection/protection-report.ts';
import type { SelfTestResult } from './protection/self-test.ts';
import { SkillHandle } from './skill-handle.ts';

export interface RuntimeParts {
  readonly pool: WorkerPool;
  readonly files: LaunchFiles;
  readonly executor: CallExecutor;
  readonly trail: AuditTrail;
  readonly protection: ProtectionReport;
  /** What the operator weakened for the whole runtime; stamped on every result. */
  readonly overrides: readonly string[];
  readonly selfTest: SelfTestResult;
  readonly approve: Approve;
  readonly policy: OperatorPolicy;
  readonly now: () => number;
}

/** How busy a runtime is. */
export interface RuntimeStats {
  readonly spares: number;
  readonly alive: number;
  readonly waiting: number;
  readonly calls: number;
}

/** Loads skills and owns their workers. Made by `createRuntime`. */
export class Runtime implements AsyncDisposable {
  readonly #parts: RuntimeParts;
  readonly #handles = new Set<SkillHandle>();
  #calls = 0;
  #closing: Promise<void> | undefined;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  /** What was enforced around the self-test's probe, layer by layer, and why something is not. */
  get protection(): ProtectionReport {
    return this.#parts.protection;
  }

  /** The forbidden actions that were tried inside the jail at start-up, and what the kernel answered. */
  get selfTest(): SelfTestResult {
    return this.#parts.selfTest;
  }

  get stats(): RuntimeStats {
    return { ...this.#parts.pool.stats, calls: this.#calls };
  }

  /**
   * Makes a skill callable under a grant. A path is read as a local folder that nobody has signed; an InstalledSkill comes
   * from a registry client. Without a grant the skill has no permission at all.
   *
   * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_LOAD, _RUNTIME_GRANT, _RUNTIME_CLOSED; MountRootError; ManifestInvalid with
   * every issue
   */
  async load(source: string | InstalledSkill, grant: GrantRequest = {}): Promise<SkillHandle> {
    if (this.#closing !== undefined)
      throw new RuntimeFailure('ERR_CARAPACE_RUNTIME_CLOSED', 'Cannot load skill: the runtime is closed');
    const { trail, protection, executor, approve, policy, now } = this.#parts;
    const installed = typeof source === 'string' ? readSkillFolder(source, nodeLoadPowers) : source;
    const skill = await loadSkill(installed, policy, grant, nodeGrantPowers);
    const { manifest, digest, origin } = installed;
    trail.record({
      kind: 'skill-loaded',
      skill: manifest.name,
      version: manifest.version,
      digest,
      origin,
      grants: explain(withHostPaths(skill.grants)),
      overrides: skill.grants.overrides,
    });
    const layers = protection.layers.filter(({ state }) => state !== 'absent').map(({ layer }) => layer);
    const handle: SkillHandle = new SkillHandle({
      skill,
      executor,
      recorder: { record: (entry) => this.#record(entry) },
      approve,
      protection: { level: protection.level, layers, overrides: [...this.#parts.overrides, ...skill.grants.overrides] },
      now,
      onClose: () => this.#handles.delete(handle),
    });
    this.#handles.add(handle);
    return handle;
  }

  /**
   * Aborts running calls, kills every worker, waits until the kernel has reaped them. Safe to call twice.
   *
   * @throws AuditFailure after everything is closed, when the trail cannot be written
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #record(entry: Parameters<AuditTrail['record']>[0]): void {
    if (entry.kind === 'call-start') this.#calls += 1;
    this.#parts.trail.record(entry);
  }

  async #close(): Promise<void> {
    const { pool, files, trail } = this.#parts;
    await Promise.all([...this.#handles].map((handle) => handle.close()));
    await pool.close();
    files.close();
    trail.record({ kind: 'runtime-close', calls: this.#calls });
  }
}

/** The trail names the directories that were opened, which need not be the ones the manifest wished for. */
function withHostPaths({ permissions, mounts }: GrantSet): PermissionSet {
  const hostPaths = new Map(mounts.map(({ mount, hostPath }) => [mount, hostPath]));
  return {
    ...permissions,
    fs: permissions.fs.map((entry) => ({ ...entry, path: hostPaths.get(entry.mount) ?? entry.path })),
  };
}
