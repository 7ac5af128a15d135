import { suggest } from './did-you-mean.ts';
import { KNOWN_FIELDS } from './generated/known-fields.ts';
import type { SkillManifestSource } from './generated/manifest-types.ts';
import { type SchemaError, validate } from './generated/validate-manifest.js';
import type { JsonValue } from './json.ts';
import { childPointer } from './json-pointer.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import { SCHEMA_RULES, type SchemaRuleId } from './schema-rules.ts';

/** An issue found by the schema, and whether it is about the form of a value, which a semantic rule may say better. */
export interface SchemaFinding {
  readonly issue: ManifestIssue;
  readonly aboutForm: boolean;
}

const MOST_FINDINGS = 500;

const RULE_OF_KEYWORD: ReadonlyMap<string, SchemaRuleId> = new Map([
  ['additionalProperties', 'unknown-field'],
  ['required', 'missing-field'],
  ['type', 'wrong-type'],
  ['enum', 'unknown-word'],
  ['const', 'unknown-word'],
  ['pattern', 'wrong-form'],
  ['minimum', 'out-of-range'],
  ['maximum', 'out-of-range'],
  ['minLength', 'too-short'],
  ['maxLength', 'too-long'],
  ['maxItems', 'too-many'],
  ['maxProperties', 'too-many'],
]);

/** A document either has the author's shape or has findings. */
export type SchemaReading =
  | { readonly ok: true; readonly source: SkillManifestSource }
  | { readonly ok: false; readonly findings: readonly SchemaFinding[] };

/** Checks a document against the manifest schema and words every error for its author. */
export function checkSchema(document: JsonValue): SchemaReading {
  if (validate(document)) return { ok: true, source: document };
  return { ok: false, findings: (validate.errors ?? []).slice(0, MOST_FINDINGS).map(toFinding) };
}

function toFinding(error: SchemaError): SchemaFinding {
  const rule = RULE_OF_KEYWORD.get(error.keyword) ?? 'wrong-form';
  const { message, fix } = SCHEMA_RULES[rule];
  const field = param(error, 'additionalProperty') ?? param(error, 'missingProperty');
  const pointer = field === undefined ? error.instancePath : childPointer(error.instancePath, field);
  const issue: ManifestIssue = {
    pointer,
    rule,
    message: `${message}: ${error.message ?? error.keyword}${allowedWords(error)}`,
    fix: (rule === 'unknown-field' && field !== undefined ? fieldFix(error.instancePath, field) : undefined) ?? fix,
  };
  return { issue, aboutForm: !['unknown-field', 'missing-field', 'wrong-type'].includes(rule) };
}

function allowedWords(error: SchemaError): string {
  const allowed = error.params['allowedValues'] ?? error.params['allowedValue'];
  return allowed === undefined ? '' : ` (${JSON.stringify(allowed)})`;
}

function fieldFix(pointer: string, field: string): string | undefined {
  const known = knownFieldsAt(pointer);
  const near = suggest(field, known);
  if (near !== undefined) return `did you mean "${near}"`;
  return known.length === 0 ? undefined : `remove it; the known fields are ${known.join(', ')}`;
}

function knownFieldsAt(pointer: string): readonly string[] {
  for (const [pattern, fields] of KNOWN_FIELDS) {
    const wanted = pattern.split('/');
    const given = pointer.split('/');
    if (wanted.length === given.length && wanted.every((part, at) => part === '*' || part === given[at])) return fields;
  }
  return [];
}

function param(error: SchemaError, name: string): string | undefined {
  const value = error.params[name];
  return typeof value === 'string' ? value : undefined;
}
