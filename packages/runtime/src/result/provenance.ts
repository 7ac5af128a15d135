/** The protection that was in force during a call, as probed at run time and not as configured. */
export interface ProtectionInForce {
  /** Short name of the level, e.g. `jailed`. */
  readonly level: string;
  /** What outlived the call: nothing (`call`), its process (`skill`), or its process and its isolate (`session`). */
  readonly isolation: string;
  /** Layers that were enforced, e.g. `seccomp`. */
  readonly layers: readonly string[];
  /** Operator overrides that weaken a default; they stay visible in every result. */
  readonly overrides: readonly string[];
}

/** Where a result comes from. Every field is written by the host from what it knows itself. */
export interface Provenance {
  /** There is no other value: nothing a skill returns is ever trusted. */
  readonly trust: 'untrusted';
  readonly skill: string;
  readonly version: string;
  /** Digest of the skill package. */
  readonly digest: string;
  readonly tool: string;
  readonly callId: string;
  readonly protection: ProtectionInForce;
  /** Mounts the call has touched, sorted. */
  readonly mounts: readonly string[];
  /** Hosts the call has talked to, sorted. */
  readonly hosts: readonly string[];
}

/** What a call has used, measured by the host. */
export interface ResultUsage {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMemoryMiB: number;
  readonly brokerCalls: number;
  readonly files: number;
  readonly fsReadBytes: number;
  readonly fsWriteBytes: number;
  /** HTTP requests, each redirect counted. */
  readonly fetches: number;
  /** Decoded bytes received, and bytes sent with their headers. */
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly outputBytes: number;
  readonly logBytes: number;
}

/** What the host knows about a call when it ends. */
export interface ProvenanceFacts {
  readonly skill: string;
  readonly version: string;
  readonly digest: string;
  readonly tool: string;
  readonly callId: string;
  readonly protection: Pick<ProtectionInForce, 'level' | 'isolation' | 'layers'> & Partial<ProtectionInForce>;
  readonly mounts: Iterable<string>;
  readonly hosts: Iterable<string>;
}

export function toProvenance(facts: ProvenanceFacts): Provenance {
  const { level, isolation, layers, overrides = [] } = facts.protection;
  return Object.freeze({
    trust: 'untrusted',
    skill: facts.skill,
    version: facts.version,
    digest: facts.digest,
    tool: facts.tool,
    callId: facts.callId,
    protection: Object.freeze({ level, isolation, layers: frozenList(layers), overrides: frozenList(overrides) }),
    mounts: sortedList(facts.mounts),
    hosts: sortedList(facts.hosts),
  });
}

/**
 * Labels that travel with the value, so that an agent can gate what it does next with it: the skill itself, and every
 * source the call has touched.
 */
export function toTaint(provenance: Provenance, inherited: Iterable<string>): readonly string[] {
  return sortedList([
    `skill:${provenance.skill}`,
    ...provenance.mounts.map((mount) => `fs:${mount}`),
    ...provenance.hosts.map((host) => `net:${host}`),
    ...inherited,
  ]);
}

function sortedList(items: Iterable<string>): readonly string[] {
  return Object.freeze([...new Set(items)].toSorted());
}

function frozenList(items: readonly string[]): readonly string[] {
  return Object.freeze([...items]);
}
