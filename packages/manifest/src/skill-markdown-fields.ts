import { hasHiddenCharacters } from './escape-text.ts';
import { isSkillName, parseSkillName, type SkillName } from './ids.ts';
import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';
import { childPointer } from './json-pointer.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import type { FrontmatterRuleId } from './schema-rules.ts';

/** Fields of SKILL.md's frontmatter under the Agent Skills rules. Fields of other hosts are ignored. */
export interface SkillFrontmatter {
  readonly name: SkillName;
  readonly description: string;
  readonly license?: string;
  readonly compatibility?: string;
  /** Text by text, without prototype. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Names of tools the author expects to be allowed; carries no authority. */
  readonly allowedTools: readonly string[];
}

/** Fields under the rules of Agent Skills, or every way in which they break them. */
export type CheckedFields =
  | { readonly ok: true; readonly frontmatter: SkillFrontmatter }
  | { readonly ok: false; readonly issues: readonly ManifestIssue[] };

const MAX_METADATA = 64;
const MAX_METADATA_TEXT = 1024;

/** Checks the fields of SKILL.md. Fields that Agent Skills does not know belong to other hosts and are ignored. */
export function checkFields(fields: JsonObject, folder: string): CheckedFields {
  const issues: ManifestIssue[] = [];
  const name = requiredField(fields, 'name', 64, issues);
  const description = requiredField(fields, 'description', 1024, issues);
  const license = textField(fields, 'license', 200, issues);
  const compatibility = textField(fields, 'compatibility', 500, issues);
  const allowedTools = words(textField(fields, 'allowed-tools', 2048, issues));
  const metadata = metadataField(fields['metadata'], issues);
  if (name !== undefined) issues.push(...nameIssues(name, folder));
  if (issues.length > 0 || name === undefined || description === undefined) return { ok: false, issues };
  const optional = {
    ...(license === undefined ? {} : { license }),
    ...(compatibility === undefined ? {} : { compatibility }),
  };
  return {
    ok: true,
    frontmatter: Object.freeze({ name: parseSkillName(name), description, ...optional, metadata, allowedTools }),
  };
}

function words(text: string | undefined): readonly string[] {
  return Object.freeze((text ?? '').split(/[\s,]+/).filter((word) => word !== ''));
}

function requiredField(fields: JsonObject, key: string, most: number, issues: ManifestIssue[]): string | undefined {
  if (!Object.hasOwn(fields, key)) issues.push(issue(`/${key}`, 'frontmatter-field', 'missing', `add "${key}"`));
  return textField(fields, key, most, issues);
}

function nameIssues(name: string, folder: string): readonly ManifestIssue[] {
  if (!isSkillName(name))
    return [
      issue(
        '/name',
        'frontmatter-name',
        'not 1 to 64 of a-z, 0-9 and single inner hyphens',
        'write it like "unit-convert"',
      ),
    ];
  return name === folder
    ? []
    : [issue('/name', 'frontmatter-name-folder', 'it is not the name of the folder', 'rename the folder or the skill')];
}

function textField(fields: JsonObject, key: string, most: number, issues: ManifestIssue[]): string | undefined {
  const value = fields[key];
  if (value === undefined) return undefined;
  const why = textProblem(value, most);
  if (why === undefined && typeof value === 'string') return value;
  issues.push(issue(`/${key}`, 'frontmatter-field', why ?? 'not a text', `give a text of 1 to ${most} characters`));
  return undefined;
}

function textProblem(value: JsonValue, most: number): string | undefined {
  if (typeof value !== 'string') return 'not a text';
  if (value.trim() === '') return 'empty';
  if (Array.from(value).length > most) return `longer than ${most} characters`;
  return hasHiddenCharacters(value) ? 'it holds invisible characters' : undefined;
}

function metadataField(value: JsonValue | undefined, issues: ManifestIssue[]): Readonly<Record<string, string>> {
  const metadata: Record<string, string> = Object.create(null);
  if (value === undefined) return Object.freeze(metadata);
  if (!isJsonObject(value) || Object.keys(value).length > MAX_METADATA) {
    issues.push(
      issue(
        '/metadata',
        'frontmatter-metadata',
        `not a map of at most ${MAX_METADATA} texts`,
        'indent the entries below "metadata:", or remove the field',
      ),
    );
    return metadata;
  }
  for (const key of Object.keys(value)) {
    const text = value[key];
    if (typeof text === 'string' && text.length <= MAX_METADATA_TEXT) metadata[key] = text;
    else
      issues.push(
        issue(childPointer('/metadata', key), 'frontmatter-metadata', 'not a text', 'put the value into quotes'),
      );
  }
  return Object.freeze(metadata);
}

function issue(pointer: string, rule: FrontmatterRuleId, why: string, fix: string): ManifestIssue {
  return { pointer, rule, message: `Cannot use the field: ${why}`, fix };
}
