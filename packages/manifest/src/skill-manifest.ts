import type { SkillLimits } from './budget-spec.ts';
import type { SkillName, SkillVersion, ToolName } from './ids.ts';
import type { Isolation } from './isolation.ts';
import type { JsonSchema } from './json.ts';
import type { PermissionSet } from './permission.ts';
import type { ToolDefinition } from './tool-definition.ts';

declare const rung: unique symbol;

/**
 * A manifest that has passed the schema and every rule: defaults filled in, hosts canonical, lists sorted, frozen.
 * Minted by `parseManifest` and `parseManifestText` alone. The brand exists at compile time only; data read back from
 * disk starts as `unknown` again.
 */
export interface SkillManifest {
  readonly [rung]: 'parsed';
  readonly manifestVersion: 1;
  readonly name: SkillName;
  readonly version: SkillVersion;
  readonly description: string;
  readonly license?: string;
  /** Path of the bundle inside the package. */
  readonly main: string;
  /** Range of carapace versions the skill works with. */
  readonly engines?: { readonly carapace: string };
  readonly tools: ReadonlyMap<ToolName, ToolDefinition>;
  readonly permissions: PermissionSet;
  /** JSON Schema of the operator's non-secret settings. */
  readonly config?: JsonSchema;
  /** Weakest isolation the skill is written for. Default `skill`. */
  readonly isolation: Isolation;
  readonly limits: SkillLimits;
}

/** A manifest before it is branded. */
export type SkillManifestFields = Omit<SkillManifest, typeof rung>;
