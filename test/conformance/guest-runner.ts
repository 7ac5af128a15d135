import { createRuntime, type Runtime, type SkillHandle } from '@carapace/runtime';
import { type InlineSkill, inlineSkill } from '../inline-skill.ts';
import { GUEST_PROGRAM } from './guest-program.ts';

/** A case that failed, by its place in the list. */
export interface GuestFailure {
  readonly index: number;
  readonly message: string;
}

/** More cases than this in one call would not fit into its output if all of them failed. */
const CASES_PER_CALL = 400;

const FIELDS: InlineSkill = {
  name: 'conformance',
  bundle: GUEST_PROGRAM,
  tools: { run: {}, evaluate: {} },
  limits: {
    wallMs: 60_000,
    cpuMs: 60_000,
    memoryMiB: 128,
    outputKiB: 1_024,
    brokerCalls: 10_000,
    callsPerMinute: 10_000,
    fetches: 1_000,
    bytesInMiB: 64,
    bytesOutKiB: 16_384,
  },
};
const SKILL = inlineSkill(FIELDS);
const NET = [{ host: 'api.example.com', methods: ['GET', 'HEAD', 'POST', 'PUT'] }];

/** Runs cases in the real jailed worker. */
export class GuestRunner implements AsyncDisposable {
  readonly #runtime: Runtime;
  readonly #skill: SkillHandle;

  private constructor(runtime: Runtime, skill: SkillHandle) {
    this.#runtime = runtime;
    this.#skill = skill;
  }

  /** @param service Origin on the loopback interface that is granted as `https://api.example.com`; without it there is no `fetch`. */
  static async open(service?: string): Promise<GuestRunner> {
    const network = service === undefined ? {} : { routes: { 'https://api.example.com': service } };
    const runtime = await createRuntime({ spares: 1, network });
    const skill =
      service === undefined ? SKILL : inlineSkill({ ...FIELDS, name: 'fetching', permissions: { net: NET } });
    return new GuestRunner(runtime, await runtime.load(skill, { permissions: 'declared' }));
  }

  /** Evaluates a program for each item, which it sees as `item`. */
  async run(program: string, items: readonly unknown[]): Promise<readonly GuestFailure[]> {
    const failures: GuestFailure[] = [];
    for (let from = 0; from < items.length; from += CASES_PER_CALL) {
      // As text: lone surrogates are part of the data, and an input is made well-formed on its way.
      const input = { program, items: JSON.stringify(items.slice(from, from + CASES_PER_CALL)) };
      const found = await this.#call('run', input);
      failures.push(...found.map(({ index, message }) => ({ index: from + index, message })));
    }
    return failures;
  }

  /** Evaluates programs. */
  async evaluate(programs: readonly string[]): Promise<readonly GuestFailure[]> {
    return this.#call('evaluate', { items: JSON.stringify(programs.map((code) => ({ code }))) });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#runtime.close();
  }

  async #call(tool: string, input: unknown): Promise<readonly GuestFailure[]> {
    const result = await this.#skill.call(tool, input);
    const { structured } = result;
    if (!Array.isArray(structured)) throw new Error(`Cannot run cases: the call gave no list\n${result.toText()}`);
    return structured.map(readFailure);
  }
}

function readFailure(value: unknown): GuestFailure {
  if (typeof value === 'object' && value !== null && 'index' in value && 'message' in value) {
    return { index: Number(value.index), message: String(value.message) };
  }
  throw new Error('Cannot run cases: the skill answered with something else than failures');
}
