import type { ToolLimits } from './budget-spec.ts';
import type { ToolName } from './ids.ts';
import type { JsonSchema } from './json.ts';

/** What the author says about a tool's effects, with the names and defaults of MCP. Claims, not facts: grants decide. */
export interface ToolAnnotations {
  /** Changes nothing. Default false. */
  readonly readOnly: boolean;
  /** May destroy something. Default: the opposite of `readOnly`. */
  readonly destructive: boolean;
  /** Doing it twice is the same as doing it once. Default false. */
  readonly idempotent: boolean;
  /** Talks to systems outside. Default true. */
  readonly openWorld: boolean;
}

/** Whether a person must agree: never, once per loaded skill, or before every call. An operator may only tighten it. */
export type ToolApproval = 'never' | 'once' | 'always';

/** One function of a skill that a model may call. */
export interface ToolDefinition {
  readonly name: ToolName;
  readonly title?: string;
  readonly description: string;
  readonly input: JsonSchema;
  readonly output?: JsonSchema;
  readonly annotations: ToolAnnotations;
  /** Default `never` for a read-only tool, otherwise `once`. */
  readonly approval: ToolApproval;
  /** Subset of the skill's permissions this tool has; absent means all of them, empty means none. */
  readonly permissions?: readonly string[];
  /** Never above the skill's; default the skill's. */
  readonly limits: ToolLimits;
}
