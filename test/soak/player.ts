import { ISOLATION_PROFILES } from '@carapace/manifest';
import { type CallOptions, RuntimeFailure, type SkillHandle } from '@carapace/runtime';
import type { Chaos } from './chaos.ts';
import type { Ledger } from './ledger.ts';
import type { Random } from './random.ts';
import { type Fate, SCENARIOS, type Scenario } from './scenario.ts';

const TENANTS = ['ada', 'bob', 'eve', 'mallory'];
const SESSIONS = ['s1', 's2', 's3'];

/**
 * What a kill of the worker makes of a call, and of those that come right after. A worker that dies as it becomes ready has no
 * filter to show any more, and is refused as one without.
 */
const STRUCK: readonly Fate[] = [
  'ERR_CARAPACE_SKILL_CRASHED',
  'ERR_CARAPACE_WORKER_START',
  'ERR_CARAPACE_RUNTIME_PROTECTION',
];
/** What a crowd makes of the calls beside it. */
const CROWDED: Fate = 'ERR_CARAPACE_RUNTIME_BUSY';

interface Ended {
  readonly fate: Fate;
  readonly value: unknown;
}

/** Plays scenarios with the skills of one runtime and judges what comes of them. */
export class Player {
  readonly #random: Random;
  readonly #ledger: Ledger;
  readonly #chaos: Chaos;
  readonly #skills: ReadonlyMap<string, SkillHandle>;
  readonly #deck: readonly Scenario[];
  #crowds = 0;
  #lastCrowd = Number.NEGATIVE_INFINITY;

  constructor(parts: { random: Random; ledger: Ledger; chaos: Chaos; skills: ReadonlyMap<string, SkillHandle> }) {
    this.#random = parts.random;
    this.#ledger = parts.ledger;
    this.#chaos = parts.chaos;
    this.#skills = parts.skills;
    this.#deck = SCENARIOS.flatMap((scenario) => Array.from({ length: scenario.weight }, () => scenario));
  }

  /** One scenario, and behind a hostile one an honest call by the same tenant. */
  async turn(): Promise<void> {
    const scenario = this.#random.pick(this.#deck);
    const options = this.#options(scenario);
    if (scenario.crowd === undefined) await this.#play(scenario, 'run', options);
    else await this.#crowd(scenario, scenario.crowd);
    if (scenario.look !== undefined) await this.#play(scenario, 'look', options);
    if (!scenario.isHonest) await this.#play(this.#addition(), 'run', options);
  }

  #addition(): Scenario {
    const [addition] = SCENARIOS;
    if (addition === undefined) throw new RangeError('Cannot play: there are no scenarios');
    return addition;
  }

  #options({ isolation }: Scenario): CallOptions {
    const allowed = ISOLATION_PROFILES.slice(0, ISOLATION_PROFILES.indexOf(isolation) + 1);
    const chosen = this.#random.pick(allowed);
    const session = chosen === 'session' ? { session: this.#random.pick(SESSIONS) } : {};
    return { isolation: chosen, tenant: this.#random.pick(TENANTS), ...session };
  }

  async #crowd(scenario: Scenario, size: number): Promise<void> {
    this.#crowds += 1;
    try {
      await Promise.all(Array.from({ length: size }, () => this.#play(scenario, 'run', this.#options(scenario))));
    } finally {
      this.#crowds -= 1;
      this.#lastCrowd = performance.now();
    }
  }

  async #play(scenario: Scenario, tool: string, options: CallOptions): Promise<void> {
    const start = performance.now();
    const ended = await this.#call(scenario, tool, this.#withSignal(scenario, options));
    this.#ledger.enter(scenario, ended.fate, performance.now() - start);
    const fates = this.#allowed(scenario, start);
    const { isolation, tenant } = options;
    const who = `"${scenario.name}" (${tool}, ${isolation}, ${tenant})`;
    this.#ledger.hold(fates.includes(ended.fate), `${who} ended as ${ended.fate}, not as ${fates.join(' or ')}`);
    if (ended.fate === 'value' && scenario.value !== undefined)
      this.#ledger.hold(scenario.value(ended.value), `${who} gave ${JSON.stringify(ended.value)?.slice(0, 80)}`);
  }

  #withSignal({ abortWithinMs }: Scenario, options: CallOptions): CallOptions {
    if (abortWithinMs === undefined) return options;
    return { ...options, signal: AbortSignal.timeout(this.#random.integer(0, abortWithinMs)) };
  }

  #allowed({ expect }: Scenario, start: number): readonly Fate[] {
    const struck = this.#chaos.struckSince(start) || this.#chaos.struckLately() ? STRUCK : [];
    const crowded = this.#crowds > 0 || this.#lastCrowd > start ? [CROWDED] : [];
    return [...expect, ...struck, ...crowded];
  }

  async #call({ name }: Scenario, tool: string, options: CallOptions): Promise<Ended> {
    const skill = this.#skills.get(name);
    if (skill === undefined) throw new RangeError(`Cannot play "${name}": it is not loaded`);
    try {
      const result = await skill.call(tool, {}, options);
      return { fate: result.code ?? 'value', value: result.structured };
    } catch (error) {
      if (error instanceof RuntimeFailure) return { fate: error.code, value: undefined };
      throw error;
    }
  }
}
