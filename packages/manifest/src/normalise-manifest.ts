import { resolveLimits, resolveToolLimits, type ToolLimits } from './budget-spec.ts';
import { deepFreeze } from './deep-freeze.ts';
import { FrozenMap } from './frozen-map.ts';
import type { SkillManifestSource, Tool } from './generated/manifest-types.ts';
import { parseSkillName, parseSkillVersion, parseToolName, type ToolName } from './ids.ts';
import { DEFAULT_ISOLATION } from './isolation.ts';
import type { JsonObject, JsonSchema } from './json.ts';
import { normalisePermissions } from './normalise-permissions.ts';
import type { SkillManifest, SkillManifestFields } from './skill-manifest.ts';
import type { ToolAnnotations, ToolApproval, ToolDefinition } from './tool-definition.ts';

/** Brings a document that has passed the schema and every rule into its one canonical form, and brands it. */
export function normaliseManifest(source: SkillManifestSource): SkillManifest {
  const limits = resolveLimits(source.limits ?? {});
  const fields: SkillManifestFields = {
    manifestVersion: 1,
    name: parseSkillName(source.name),
    version: parseSkillVersion(source.version),
    description: source.description,
    ...(source.license === undefined ? {} : { license: source.license }),
    main: source.main,
    ...(source.engines?.carapace === undefined ? {} : { engines: { carapace: source.engines.carapace } }),
    tools: toolMap(source.tools, limits),
    permissions: normalisePermissions(source.permissions ?? {}),
    ...(source.config === undefined ? {} : { config: asSchema(source.config) }),
    isolation: source.isolation ?? DEFAULT_ISOLATION,
    limits,
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the one place that mints this rung of the trust ladder
  return deepFreeze(fields) as SkillManifest;
}

function toolMap(tools: Readonly<Record<string, Tool>>, limits: ToolLimits): ReadonlyMap<ToolName, ToolDefinition> {
  const definitions = Object.keys(tools)
    .toSorted()
    .flatMap((name) => {
      const tool = tools[name];
      return tool === undefined ? [] : [toDefinition(name, tool, limits)];
    });
  return new FrozenMap(definitions.map((definition) => [definition.name, definition]));
}

function toDefinition(name: string, tool: Tool, limits: ToolLimits): ToolDefinition {
  const annotations = toAnnotations(tool.annotations ?? {});
  return deepFreeze({
    name: parseToolName(name),
    ...(tool.title === undefined ? {} : { title: tool.title }),
    description: tool.description,
    input: asSchema(tool.input),
    ...(tool.output === undefined ? {} : { output: asSchema(tool.output) }),
    annotations,
    approval: tool.approval ?? defaultApproval(annotations),
    ...(tool.permissions === undefined ? {} : { permissions: [...new Set(tool.permissions)].toSorted() }),
    limits: resolveToolLimits(tool.limits ?? {}, limits),
  });
}

function toAnnotations(claimed: NonNullable<Tool['annotations']>): ToolAnnotations {
  const readOnly = claimed.readOnly ?? false;
  return {
    readOnly,
    destructive: claimed.destructive ?? !readOnly,
    idempotent: claimed.idempotent ?? false,
    openWorld: claimed.openWorld ?? true,
  };
}

function defaultApproval({ readOnly }: ToolAnnotations): ToolApproval {
  return readOnly ? 'never' : 'once';
}

/** The document is a copy of JSON made by this package; the generated type only says "some object". */
function asSchema(value: object): JsonSchema {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- every value in the document has been copied by copyJson
  return value as JsonObject;
}
