import { copyJson, type JsonCopy } from './copy-json.ts';
import type { ManifestErrorCode } from './error-codes.ts';
import { ManifestInvalid } from './errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { readJsonText } from './json-text.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import { normaliseManifest } from './normalise-manifest.ts';
import { rawManifest } from './raw-manifest.ts';
import { OVERRIDABLE_RULES, RULES } from './rules/rule-list.ts';
import { checkSchema } from './schema-issues.ts';
import { DOCUMENT_RULES } from './schema-rules.ts';
import type { SkillManifest } from './skill-manifest.ts';

/** Caps on a manifest, whatever its fields. */
export const MANIFEST_BOUNDS: { readonly characters: number; readonly depth: number; readonly values: number } =
  Object.freeze({
    characters: 256 * 1024,
    depth: 32,
    values: 50_000,
  });

/** What an operator may relax when reading a manifest. */
export interface ParseOptions {
  /** Ids of overridable rules to waive. An id that is unknown or not overridable is a programmer's mistake. */
  readonly waive?: readonly string[];
}

const MOST_RULE_ISSUES = 500;

/**
 * Reads a manifest from a JSON value.
 *
 * @throws ManifestInvalid with every issue, codes `ERR_CARAPACE_MANIFEST_*`; for bad input nothing else is ever thrown
 * @throws TypeError when `waive` names a rule that cannot be waived
 */
export function parseManifest(value: unknown, options: ParseOptions = {}): SkillManifest {
  checkWaived(options);
  return acceptCopy(copySafely(value), options, (issue) => issue);
}

/**
 * Reads a manifest from the text of `skill.json`: strict JSON, no duplicate keys; issues carry line and column.
 *
 * @throws ManifestInvalid with every issue, codes `ERR_CARAPACE_MANIFEST_*`; for bad input nothing else is ever thrown
 * @throws TypeError when `waive` names a rule that cannot be waived
 */
export function parseManifestText(text: string, options: ParseOptions = {}): SkillManifest {
  checkWaived(options);
  const reading = readJsonText(text, MANIFEST_BOUNDS);
  if (!reading.ok) {
    throw invalid(
      reading.tooLarge ? 'ERR_CARAPACE_MANIFEST_TOO_LARGE' : 'ERR_CARAPACE_MANIFEST_SYNTAX',
      reading.issues,
    );
  }
  return acceptCopy(copySafely(reading.value), options, reading.locate);
}

function acceptCopy(
  copy: JsonCopy,
  options: ParseOptions,
  locate: (issue: ManifestIssue) => ManifestIssue,
): SkillManifest {
  if (!copy.ok) {
    const code = copy.tooLarge ? 'ERR_CARAPACE_MANIFEST_TOO_LARGE' : 'ERR_CARAPACE_MANIFEST_SYNTAX';
    throw invalid(code, copy.issues.map(locate));
  }
  const document = asDocument(copy.value);
  const schema = checkSchema(document);
  const fromRules = ruleIssues(document, options);
  // Where a rule explains a value, the schema's "must match pattern" about the same value is noise.
  const explained = new Set(fromRules.map((issue) => issue.pointer));
  const findings = schema.ok ? [] : schema.findings;
  const fromSchema = findings
    .filter((found) => !(found.aboutForm && explained.has(found.issue.pointer)))
    .map((found) => found.issue);
  if (schema.ok && fromRules.length === 0) return normaliseManifest(schema.source);
  const issues = [...fromSchema, ...fromRules].map(locate).toSorted(byPlace);
  throw invalid(fromSchema.length > 0 ? 'ERR_CARAPACE_MANIFEST_SCHEMA' : 'ERR_CARAPACE_MANIFEST_RULE', issues);
}

function asDocument(value: JsonValue): JsonObject {
  if (!isJsonObject(value))
    throw invalid('ERR_CARAPACE_MANIFEST_SCHEMA', [
      { pointer: '', rule: 'not-an-object', ...DOCUMENT_RULES['not-an-object'] },
    ]);
  const version = value['manifestVersion'];
  // A newer format may give known fields another meaning, so nothing else in it is judged.
  if (typeof version === 'number' && version !== 1) {
    const { message, fix } = DOCUMENT_RULES['unsupported-version'];
    throw invalid('ERR_CARAPACE_MANIFEST_UNSUPPORTED_VERSION', [
      { pointer: '/manifestVersion', rule: 'unsupported-version', message: `${message}: ${version}`, fix },
    ]);
  }
  return value;
}

function ruleIssues(document: JsonObject, options: ParseOptions): readonly ManifestIssue[] {
  const raw = rawManifest(document);
  const issues: ManifestIssue[] = [];
  for (const rule of RULES) {
    if (options.waive?.includes(rule.id) === true) continue;
    rule.check(raw, (pointer, words) => {
      if (issues.length < MOST_RULE_ISSUES)
        issues.push({ pointer, rule: rule.id, message: rule.message, fix: rule.fix, ...words });
    });
  }
  return issues;
}

/** A hostile object (a proxy) can throw while it is read; that is one more way of not being JSON. */
function copySafely(value: unknown): JsonCopy {
  try {
    return copyJson(value, MANIFEST_BOUNDS);
  } catch {
    return {
      ok: false,
      tooLarge: false,
      issues: [{ pointer: '', rule: 'json-value', ...DOCUMENT_RULES['json-value'] }],
    };
  }
}

function checkWaived({ waive = [] }: ParseOptions): void {
  const wrong = waive.find((id) => !OVERRIDABLE_RULES.includes(id));
  if (wrong !== undefined) throw new TypeError(`Cannot waive rule "${wrong}": not an overridable rule`);
}

function byPlace(left: ManifestIssue, right: ManifestIssue): number {
  return (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0);
}

function invalid(code: ManifestErrorCode, issues: readonly ManifestIssue[]): ManifestInvalid {
  return new ManifestInvalid(code, 'manifest', issues);
}
