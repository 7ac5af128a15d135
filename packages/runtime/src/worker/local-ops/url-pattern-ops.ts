import type { OpAnswer } from '../bridge.ts';
import { type PatternOp, WIRE_LIMITS } from '../guest-wire.ts';

const INVALID: OpAnswer = { ok: false, code: 'invalid' };
const NO_MATCH: OpAnswer = { ok: true, payload: 'null' };

/** Compiled patterns kept for the next match. A long pattern is compiled again each time, so that none of them holds memory. */
const KEPT_PATTERNS = 32;
const KEPT_LENGTH = 4096;

const COMPONENTS = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;

/**
 * URL Pattern Standard by Node's own implementation. A pattern is named by the text it is made from, so nothing has to be
 * remembered between two ops. An expression that backtracks for ever burns the processor time of its own call.
 */
export class PatternOps {
  readonly #compiled = new Map<string, URLPattern>();

  answer(op: PatternOp, payload: string): OpAnswer {
    if (payload.length > WIRE_LIMITS.urlLength) return { ok: false, code: 'too-long' };
    try {
      return op === 'pattern-create' ? this.#create(payload) : this.#match(payload);
    } catch {
      return INVALID;
    }
  }

  #create(source: string): OpAnswer {
    const pattern = this.#compile(source);
    const parts = Object.fromEntries(COMPONENTS.map((component) => [component, pattern[component]]));
    return done({ ...parts, hasRegExpGroups: pattern.hasRegExpGroups });
  }

  #match(payload: string): OpAnswer {
    const [source, input, base]: readonly unknown[] = JSON.parse(payload);
    if (typeof source !== 'string') return INVALID;
    const pattern = this.#compile(source);
    // Node takes a relative URL without a base for one that matches; the standard says that it matches nothing.
    if (typeof input === 'string' && URL.parse(input, textOrNothing(base)) === null) return NO_MATCH;
    const found = isInput(input) ? pattern.exec(input, textOrNothing(base)) : null;
    return found === null ? NO_MATCH : done(COMPONENTS.map((component) => describe(found[component])));
  }

  #compile(source: string): URLPattern {
    const known = this.#compiled.get(source);
    if (known !== undefined) return known;
    const pattern = create(JSON.parse(source));
    if (source.length > KEPT_LENGTH) return pattern;
    const [oldest] = this.#compiled.keys();
    if (this.#compiled.size >= KEPT_PATTERNS && oldest !== undefined) this.#compiled.delete(oldest);
    this.#compiled.set(source, pattern);
    return pattern;
  }
}

/** `[input, base or null, ignoreCase]`. */
function create([input, base, ignoreCase]: readonly unknown[]): URLPattern {
  const options = { ignoreCase: ignoreCase === true };
  if (!isInput(input)) throw new TypeError('Cannot create pattern: it is neither text nor object');
  return typeof base === 'string' ? new URLPattern(input, base, options) : new URLPattern(input, options);
}

/** Input and named groups. Names may be `__proto__`, so they travel as pairs. */
function describe({ input, groups }: { readonly input: string; readonly groups: object }): readonly unknown[] {
  return [input, Object.entries(groups).map(([name, value]: [string, unknown]) => [name, value ?? null])];
}

function isInput(value: unknown): value is string | URLPatternInit {
  return typeof value === 'string' || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function done(value: object): OpAnswer {
  return { ok: true, payload: JSON.stringify(value) };
}
