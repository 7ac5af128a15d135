/** Ids of what the schema alone finds. */
export type SchemaRuleId =
  | 'unknown-field'
  | 'missing-field'
  | 'wrong-type'
  | 'unknown-word'
  | 'wrong-form'
  | 'out-of-range'
  | 'too-short'
  | 'too-long'
  | 'too-many';

/** Ids of what is found before the schema is asked. */
export type DocumentRuleId =
  | 'json-syntax'
  | 'json-value'
  | 'duplicate-key'
  | 'forbidden-key'
  | 'too-large'
  | 'unsupported-version'
  | 'not-an-object';

/** General words for an id; the issue adds what was found. */
export interface RuleWords {
  readonly message: string;
  readonly fix: string;
}

/** Words for what the schema finds. */
export const SCHEMA_RULES: Readonly<Record<SchemaRuleId, RuleWords>> = Object.freeze({
  'unknown-field': { message: 'Cannot accept the field', fix: 'remove it, or correct its name' },
  'missing-field': { message: 'Cannot do without the field', fix: 'add it' },
  'wrong-type': { message: 'Cannot use the value', fix: 'give it the type the reference names' },
  'unknown-word': { message: 'Cannot use the word', fix: 'use one of the allowed values' },
  'wrong-form': { message: 'Cannot use the text', fix: 'give it the form the reference names' },
  'out-of-range': { message: 'Cannot use the number', fix: 'stay within the bounds of the reference' },
  'too-short': { message: 'Cannot use the text', fix: 'fill it in, or leave the field out' },
  'too-long': { message: 'Cannot use the text', fix: 'shorten it' },
  'too-many': { message: 'Cannot use the list', fix: 'list fewer entries' },
});

/** Words for what is found before the schema is asked. */
export const DOCUMENT_RULES: Readonly<Record<DocumentRuleId, RuleWords>> = Object.freeze({
  'json-syntax': {
    message: 'Cannot read the document: not strict JSON',
    fix: 'write plain JSON in UTF-8: no comments, no trailing commas, no byte order mark',
  },
  'json-value': {
    message: 'Cannot read the value: not JSON',
    fix: 'use objects, lists, strings, finite numbers, booleans and null',
  },
  'duplicate-key': { message: 'Cannot accept the key: it stands in the same object twice', fix: 'keep one of them' },
  'forbidden-key': {
    message: 'Cannot accept the key: reserved by JavaScript',
    fix: 'choose another name than __proto__, constructor and prototype',
  },
  'too-large': {
    message: 'Cannot read the document: it is too large or too deep',
    fix: 'stay within 262,144 characters and 32 levels',
  },
  'unsupported-version': { message: 'Cannot read this version of the format', fix: 'set "manifestVersion" to 1' },
  'not-an-object': { message: 'Cannot read the document: not an object', fix: 'write one JSON object' },
});

/** Ids of what is found in SKILL.md. */
export type FrontmatterRuleId =
  | 'frontmatter-missing'
  | 'frontmatter-syntax'
  | 'frontmatter-field'
  | 'frontmatter-name'
  | 'frontmatter-name-folder'
  | 'frontmatter-metadata';

/** Words for what is found in SKILL.md. */
export const FRONTMATTER_RULES: Readonly<Record<FrontmatterRuleId, RuleWords>> = Object.freeze({
  'frontmatter-missing': {
    message: 'Cannot read the document: it does not begin with frontmatter',
    fix: 'begin the file with "---", at most 16,384 characters of fields, and "---"',
  },
  'frontmatter-syntax': {
    message: 'Cannot read the frontmatter: not a plain map, or it uses a tag, an anchor, an alias or a key twice',
    fix: 'write plain "key: value" lines',
  },
  'frontmatter-field': {
    message: 'Cannot use the field: missing, not a text, empty, too long or with invisible characters',
    fix: 'give a text within the length Agent Skills allows',
  },
  'frontmatter-name': {
    message: 'Cannot use the field: not 1 to 64 of a-z, 0-9 and single inner hyphens',
    fix: 'write it like "unit-convert"',
  },
  'frontmatter-name-folder': {
    message: 'Cannot use the field: it is not the name of the folder',
    fix: 'rename the folder or the skill',
  },
  'frontmatter-metadata': {
    message: 'Cannot use the field: not a map of at most 64 texts',
    fix: 'indent the entries below "metadata:" and put values into quotes',
  },
});
