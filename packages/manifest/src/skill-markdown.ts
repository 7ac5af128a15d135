import type { ManifestErrorCode } from './error-codes.ts';
import { ManifestInvalid } from './errors.ts';
import { readFrontmatter } from './frontmatter.ts';
import type { ManifestIssue } from './manifest-issue.ts';
import { FRONTMATTER_RULES } from './schema-rules.ts';
import { checkFields, type SkillFrontmatter } from './skill-markdown-fields.ts';

/** A SKILL.md that has been read. */
export interface SkillMarkdown {
  readonly frontmatter: SkillFrontmatter;
  /** Prose for the model: untrusted. */
  readonly body: string;
}

const MAX_CHARACTERS = 256 * 1024;
const MAX_FRONTMATTER = 16 * 1024;

/**
 * Reads SKILL.md. YAML is limited to what frontmatter needs: no tags, anchors or aliases (an alias bomb is a few hundred
 * bytes), no duplicate keys, no other documents.
 *
 * @param folder name of the folder the file lies in, which must equal `name`
 * @throws ManifestInvalid with every issue, codes `ERR_CARAPACE_MANIFEST_*`, and nothing else
 */
export function parseSkillMarkdown(text: string, folder: string): SkillMarkdown {
  if (text.length > MAX_CHARACTERS) {
    throw invalid('ERR_CARAPACE_MANIFEST_TOO_LARGE', [
      {
        pointer: '',
        rule: 'too-large',
        message: `Cannot read the document: longer than ${MAX_CHARACTERS} characters`,
        fix: 'shorten it',
      },
    ]);
  }
  const parts = /^---[ \t]*\r?\n(?<yaml>[\s\S]*?\r?\n)---[ \t]*(?:\r?\n(?<body>[\s\S]*))?$/.exec(text);
  const yaml = parts?.groups?.['yaml'];
  if (yaml === undefined || yaml.length > MAX_FRONTMATTER) {
    const rule = 'frontmatter-missing';
    throw invalid('ERR_CARAPACE_MANIFEST_SYNTAX', [{ pointer: '', rule, ...FRONTMATTER_RULES[rule] }]);
  }
  const reading = readFrontmatter(yaml);
  if (!reading.ok) throw invalid('ERR_CARAPACE_MANIFEST_SYNTAX', reading.issues);
  const checked = checkFields(reading.fields, folder);
  if (!checked.ok) throw invalid('ERR_CARAPACE_MANIFEST_RULE', checked.issues.map(reading.locate));
  return Object.freeze({ frontmatter: checked.frontmatter, body: parts?.groups?.['body'] ?? '' });
}

function invalid(code: ManifestErrorCode, issues: readonly ManifestIssue[]): ManifestInvalid {
  return new ManifestInvalid(code, 'SKILL.md', issues);
}
