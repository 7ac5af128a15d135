// Generated from schema/skill-manifest.schema.json by scripts/generate.ts; do not edit
import type { SkillManifestSource } from './manifest-types.ts';

export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
declare const validate: {
  (data: unknown): data is SkillManifestSource;
  readonly errors?: readonly SchemaError[] | null;
};
export { validate };
