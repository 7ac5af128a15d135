/** Unit a limit counts in. */
export type LimitUnit = 'ms' | 'MiB' | 'KiB' | 'count' | 'per minute';

/** One limit: what it counts and within which bounds a manifest may ask for it. */
export interface LimitSpec {
  readonly unit: LimitUnit;
  /** In force when the manifest is silent. */
  readonly default: number;
  /** Most a manifest may ask for; an operator may lower it, never raise it above this. */
  readonly ceiling: number;
  /** Least that makes sense. */
  readonly floor: number;
  readonly meaning: string;
}

/** Names of all limits. */
export type LimitName =
  | 'wallMs'
  | 'cpuMs'
  | 'memoryMiB'
  | 'outputKiB'
  | 'logKiB'
  | 'brokerCalls'
  | 'fetches'
  | 'bytesInMiB'
  | 'bytesOutKiB'
  | 'fsReadMiB'
  | 'fsWriteMiB'
  | 'files'
  | 'concurrency'
  | 'callsPerMinute';

/** Every limit as a number, in the unit its name says. Per call, except `concurrency` and `callsPerMinute`. */
export type SkillLimits = Readonly<Record<LimitName, number>>;

/** Names of the limits a tool can have for itself, because they count calls and not what happens inside one. */
export type ToolLimitName = 'concurrency' | 'callsPerMinute';

/** What one tool may use of its skill's limits. */
export type ToolLimits = Readonly<Record<ToolLimitName, number>>;

/** Limits as somebody asked for them: any subset. */
export type RequestedLimits = Readonly<Partial<Record<LimitName, number>>>;

function limit(unit: LimitUnit, range: readonly [number, number, number], meaning: string): LimitSpec {
  return Object.freeze({ unit, floor: range[0], default: range[1], ceiling: range[2], meaning });
}

/** The table of limits: the only place where their numbers are written. */
export const LIMITS: Readonly<Record<LimitName, LimitSpec>> = Object.freeze({
  wallMs: limit('ms', [10, 10_000, 300_000], 'Time from the start of a call to its end, waiting included'),
  cpuMs: limit('ms', [10, 5_000, 120_000], 'Processor time of a call'),
  memoryMiB: limit('MiB', [8, 64, 512], "Size of the JavaScript heap of a call's isolate"),
  outputKiB: limit('KiB', [1, 256, 4_096], 'Size of the result as JSON text, and of the partial text before it'),
  logKiB: limit(
    'KiB',
    [0, 64, 1_024],
    'Size of everything a call writes to its console, at least 64 bytes a line, and of the messages of its progress',
  ),
  brokerCalls: limit('count', [0, 1_000, 100_000], 'Requests to the host of any kind, timers and `stat` included'),
  fetches: limit('count', [0, 16, 1_000], 'HTTP requests, each redirect counted'),
  bytesInMiB: limit('MiB', [0, 8, 256], 'Decoded bytes received over the network'),
  bytesOutKiB: limit('KiB', [0, 256, 65_536], 'Bytes sent over the network, headers included'),
  fsReadMiB: limit('MiB', [0, 32, 1_024], 'Bytes read from files'),
  fsWriteMiB: limit('MiB', [0, 8, 1_024], 'Bytes written to files'),
  files: limit('count', [0, 200, 100_000], 'Files and directories opened'),
  concurrency: limit('count', [1, 4, 64], 'Calls of the skill that run at the same time'),
  callsPerMinute: limit('per minute', [1, 60, 1_000_000], 'Calls of the skill started within any minute'),
});

/** Names of all limits, in the order of the table. */
export const LIMIT_NAMES: readonly LimitName[] = Object.freeze([
  'wallMs',
  'cpuMs',
  'memoryMiB',
  'outputKiB',
  'logKiB',
  'brokerCalls',
  'fetches',
  'bytesInMiB',
  'bytesOutKiB',
  'fsReadMiB',
  'fsWriteMiB',
  'files',
  'concurrency',
  'callsPerMinute',
]);

/** Names of the limits a tool can have for itself. */
export const TOOL_LIMIT_NAMES: readonly ToolLimitName[] = Object.freeze(['concurrency', 'callsPerMinute']);

/** A limit that was asked for and cut down to a ceiling: the record a person can see. */
export interface ClampedLimit {
  readonly name: LimitName;
  readonly requested: number;
  readonly effective: number;
}

/**
 * Fills in defaults and cuts every value down to the table's ceiling and, where given, the operator's.
 *
 * @throws TypeError when a number is not an integer or lies below zero: NaN and Infinity must never become "no limit"
 */
export function resolveLimits(requested: RequestedLimits = {}, ceilings: RequestedLimits = {}): SkillLimits {
  const pick = (name: LimitName): number => {
    const wanted = whole(name, requested[name] ?? LIMITS[name].default);
    return Math.min(wanted, ceilingOf(name, ceilings));
  };
  return mapLimits(pick);
}

/** Fills in what a tool does not say from its skill, and cuts the rest down to the skill's: a tool holds part of it. */
export function resolveToolLimits(requested: Partial<ToolLimits>, skill: ToolLimits): ToolLimits {
  const pick = (name: ToolLimitName): number => Math.min(whole(name, requested[name] ?? skill[name]), skill[name]);
  return Object.freeze({ concurrency: pick('concurrency'), callsPerMinute: pick('callsPerMinute') });
}

/** Lists what `resolveLimits` cuts down, so that no clamping goes unseen. Defaults above a ceiling are not listed. */
export function clampedLimits(requested: RequestedLimits, ceilings: RequestedLimits = {}): readonly ClampedLimit[] {
  const effective = resolveLimits(requested, ceilings);
  return LIMIT_NAMES.flatMap((name) => {
    const wanted = requested[name];
    return wanted !== undefined && wanted > effective[name]
      ? [{ name, requested: wanted, effective: effective[name] }]
      : [];
  });
}

/** Builds a full set of limits from a function of the name. */
export function mapLimits(value: (name: LimitName) => number): SkillLimits {
  const limits: Record<LimitName, number> = Object.assign(
    Object.create(null),
    Object.fromEntries(LIMIT_NAMES.map((name) => [name, value(name)])),
  );
  return Object.freeze(limits);
}

function ceilingOf(name: LimitName, ceilings: RequestedLimits): number {
  return Math.min(LIMITS[name].ceiling, whole(name, ceilings[name] ?? LIMITS[name].ceiling));
}

function whole(name: LimitName, value: number): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new TypeError(`Cannot resolve limit "${name}": ${String(value)} is not a whole number of at least 0`);
}
