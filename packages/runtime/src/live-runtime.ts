import type { InstalledSkill, Isolation, PermissionSet } from '@carapace/manifest';
import { explain } from '@carapace/manifest/base';
import type { Approve } from './approval.ts';
import type { SkillLoaded } from './audit/audit-event.ts';
import type { AuditTrail } from './audit/audit-trail.ts';
import { CallCounter } from './call-counter.ts';
import type { CloseOptions } from './close-options.ts';
import { RuntimeFailure } from './errors.ts';
import type { CallExecutor } from './host/call/call-executor.ts';
import type { LoadedSkill } from './host/call/loaded-skill.ts';
import type { WorkerLeases } from './host/lease/worker-leases.ts';
import type { WorkerPool } from './host/pool/worker-pool.ts';
import type { LaunchFiles } from './jail/launch-files.ts';
import type { OperatorPolicy } from './load/load-skill.ts';
import type { LoadOptions } from './load-options.ts';
import { OpenSkillHandle } from './open-skill-handle.ts';
import { chooseIsolation, type IsolationBound, isolationBound } from './policy/choose-isolation.ts';
import type { GrantSet } from './policy/resolve-grants.ts';
import { type ProtectionReport, standingLayers } from './protection/protection-report.ts';
import type { SelfTestResult } from './protection/self-test.ts';
import type { Redaction } from './result/redaction.ts';
import type { Runtime, RuntimeStats } from './runtime.ts';
import type { SecretStore } from './secrets/secret-store.ts';
import type { SkillHandle } from './skill-handle.ts';

export interface RuntimeParts {
  readonly pool: WorkerPool;
  readonly files: LaunchFiles;
  readonly leases: WorkerLeases;
  readonly executor: CallExecutor;
  /** The weakest isolation that any skill may run under. */
  readonly isolation: Isolation;
  readonly trail: AuditTrail;
  readonly protection: ProtectionReport;
  /** What the operator weakened for the whole runtime; stamped on every result. */
  readonly overrides: readonly string[];
  /** What stands between a skill's URL and the internet; stamped on the results of skills that were granted a host. */
  readonly networkOverrides: readonly string[];
  readonly selfTest: SelfTestResult;
  readonly approve: Approve;
  readonly policy: OperatorPolicy;
  readonly redaction: Redaction;
  readonly secrets: SecretStore;
  /** Where skills keep private data; absent when none may. */
  readonly dataFolder: string | undefined;
  readonly now: () => number;
}

/** The runtime of this process: hands skills to the executor and keeps account of what is open. */
export class LiveRuntime implements Runtime {
  readonly #parts: RuntimeParts;
  readonly #handles = new Set<SkillHandle>();
  readonly #calls = new CallCounter();
  #closing: Promise<void> | undefined;

  constructor(parts: RuntimeParts) {
    this.#parts = parts;
  }

  get protection(): ProtectionReport {
    return this.#parts.protection;
  }

  get selfTest(): SelfTestResult {
    return this.#parts.selfTest;
  }

  stats(): RuntimeStats {
    const { breaker, busy, ...pool } = this.#parts.pool.stats;
    const { warm, waitingForSession } = this.#parts.leases.stats;
    // To the pool a kept worker is still lent.
    return { ...pool, busy: busy - warm, warm, waitingForSession, starts: breaker, calls: this.#calls.counts };
  }

  rotateSecrets(name?: string): void {
    this.#parts.secrets.rotate(name);
  }

  async load(source: string | InstalledSkill, options: LoadOptions = {}): Promise<SkillHandle> {
    this.#assertOpen();
    const { trail, protection, executor, approve, policy, redaction, now } = this.#parts;
    const { prepareSkill } = await import('./load/prepare-skill.ts');
    const skill = await prepareSkill(source, policy, options, this.#parts.dataFolder);
    let isolation: IsolationBound;
    try {
      // Closed while it loaded: nobody would close these directories any more.
      this.#assertOpen();
      isolation = this.#isolationFor(skill, options);
      await this.#prepareSecrets(skill);
      this.#assertOpen();
      trail.record(loadedRecord(skill));
    } catch (error) {
      await skill[Symbol.asyncDispose]();
      throw error;
    }
    const layers = standingLayers(protection);
    const handle: SkillHandle = new OpenSkillHandle({
      skill,
      executor,
      recorder: { record: (entry) => this.#record(entry) },
      approve,
      isolation,
      redaction,
      protection: {
        level: protection.level,
        isolation: isolation.weakest,
        layers,
        overrides: [...this.#parts.overrides, ...this.#networkOverrides(skill), ...skill.grants.overrides],
      },
      now,
      onClose: () => this.#handles.delete(handle),
    });
    this.#handles.add(handle);
    return handle;
  }

  close(options: CloseOptions = {}): Promise<void> {
    this.#closing ??= this.#close(options);
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #isolationFor({ installed: { manifest } }: LoadedSkill, options: LoadOptions): IsolationBound {
    const bound = isolationBound(this.#parts.isolation, manifest.isolation);
    const weakest = chooseIsolation(options.isolation, bound);
    return { weakest, setBy: options.isolation === undefined ? bound.setBy : 'the load option' };
  }

  /** Before anything of the skill runs, redaction knows what it must find; a value that is missing is told when it is needed. */
  async #prepareSecrets({ grants: { permissions, secrets } }: LoadedSkill): Promise<void> {
    const names = permissions.secrets.map(({ name }) =>
      Object.hasOwn(secrets, name) ? (secrets[name] ?? name) : name,
    );
    if (names.length > 0) await this.#parts.secrets.prepare(names);
  }

  #networkOverrides({ grants }: LoadedSkill): readonly string[] {
    return grants.permissions.net.length === 0 ? [] : this.#parts.networkOverrides;
  }

  #assertOpen(): void {
    if (this.#closing === undefined) return;
    throw new RuntimeFailure('ERR_CARAPACE_RUNTIME_CLOSED', 'Cannot load skill: the runtime is closed');
  }

  #record(entry: Parameters<AuditTrail['record']>[0]): void {
    this.#calls.note(entry);
    this.#parts.trail.record(entry);
  }

  async #close(options: CloseOptions): Promise<void> {
    const { pool, leases, files, trail } = this.#parts;
    await Promise.all([...this.#handles].map((handle) => handle.close(options)));
    leases.close();
    await pool.close();
    files.close();
    trail.record({ kind: 'runtime-close', calls: this.#calls.counts.started });
  }
}

function loadedRecord({ installed: { manifest, digest, origin }, grants }: LoadedSkill): SkillLoaded {
  return {
    kind: 'skill-loaded',
    skill: manifest.name,
    version: manifest.version,
    digest,
    origin,
    grants: explain(withHostPaths(grants)),
    overrides: grants.overrides,
  };
}

/** The trail names the directories that were opened, which need not be the ones the manifest wished for. */
function withHostPaths({ permissions, mounts }: GrantSet): PermissionSet {
  const hostPaths = new Map(mounts.map(({ mount, hostPath }) => [mount, hostPath]));
  return {
    ...permissions,
    fs: permissions.fs.map((entry) => ({ ...entry, path: hostPaths.get(entry.mount) ?? entry.path })),
  };
}
