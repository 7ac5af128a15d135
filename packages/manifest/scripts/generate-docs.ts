import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LIMIT_NAMES, LIMITS } from '../src/budget-spec.ts';
import { MANIFEST_ERROR_CODES } from '../src/error-codes.ts';
import { MAX_GLOB_LENGTH } from '../src/glob.ts';
import { MANIFEST_BOUNDS } from '../src/parse-manifest.ts';
import { RULES } from '../src/rules/rule-list.ts';
import { DOCUMENT_RULES, FRONTMATTER_RULES, SCHEMA_RULES } from '../src/schema-rules.ts';
import { SIGNERS } from '../src/signers.ts';
import { CHECKED_VALUE_BOUNDS, TOOL_SCHEMA_BOUNDS } from '../src/tool-schema/schema-bounds.ts';
import { SCHEMA_KEYWORDS } from '../src/tool-schema/schema-keywords.ts';
import { CHECKED_FORMATS } from '../src/tool-schema/value-formats.ts';
import { settleGenerated } from './generated-file.ts';

interface Field {
  readonly description?: string;
  readonly type?: string;
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly items?: Field;
  readonly anyOf?: readonly Field[];
  readonly properties?: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Field | boolean;
  readonly $defs?: Readonly<Record<string, Field>>;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly pattern?: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const schema: Field = JSON.parse(readFileSync(`${root}schema/skill-manifest.schema.json`, 'utf8'));

/** Sections of the field reference: title, pointer in a manifest, definition. */
const SECTIONS: readonly (readonly [title: string, pointer: string, field: Field])[] = [
  ['Top level', '', schema],
  ['Engines', '/engines', schema.properties?.['engines'] ?? {}],
  ['Tools', '/tools/<name>', definition('tool')],
  ['Limits of a tool', '/tools/<name>/limits', definition('toolLimits')],
  ['Annotations of a tool', '/tools/<name>/annotations', definition('annotations')],
  ['Permissions', '/permissions', definition('permissions')],
  ['Private directory', '/permissions/data', definition('dataPermission')],
  ['Directories', '/permissions/fs/<n>', definition('fsPermission')],
  ['Hosts', '/permissions/net/<n>', definition('netPermission')],
  ['Secrets', '/permissions/secrets/<n>', definition('secretPermission')],
  ['Place of a secret', '/permissions/secrets/<n>/in', definition('secretPlace')],
  ['User name', '/permissions/secrets/<n>/in/basic', definition('basicPlace')],
];

function definition(name: string): Field {
  const found = schema.$defs?.[name];
  if (found === undefined) throw new TypeError(`Cannot document "${name}": the schema has no such definition`);
  return found;
}

function fieldTable(field: Field): string {
  const rows = Object.entries(field.properties ?? {}).map(([name, child]) => {
    const needed = field.required?.includes(name) === true ? 'required' : defaultOf(child);
    return [`\`${name}\``, typeOf(child), needed, boundsOf(child), describe(child)];
  });
  return table(['field', 'type', 'default', 'bounds', 'meaning'], rows);
}

function typeOf(field: Field): string {
  if (field.$ref !== undefined) return REFERENCE_TYPES.get(field.$ref.replace('#/$defs/', '')) ?? 'object';
  if (field.const !== undefined) return code(field.const);
  if (field.anyOf !== undefined) return field.anyOf.map(typeOf).join(' or ');
  if (field.enum !== undefined) return field.enum.map(code).join(', ');
  if (field.items !== undefined) return `list of ${field.items.enum === undefined ? typeOf(field.items) : 'words'}`;
  return field.type === 'string' ? 'text' : (field.type ?? 'any');
}

const REFERENCE_TYPES: ReadonlyMap<string, string> = new Map([['jsonSchema', 'JSON Schema']]);

function boundsOf(field: Field): string {
  const words = field.items?.enum?.map(code).join(', ');
  const bounds = [
    words,
    field.maxLength === undefined ? undefined : `${field.minLength ?? 0} to ${field.maxLength} characters`,
    field.maximum === undefined ? undefined : `${field.minimum ?? 0} to ${field.maximum}`,
    field.maxItems === undefined ? undefined : `at most ${field.maxItems}`,
    field.maxProperties === undefined ? undefined : `at most ${field.maxProperties}`,
    field.pattern === undefined ? undefined : code(field.pattern),
  ];
  return bounds.filter((bound) => bound !== undefined).join('; ');
}

function defaultOf(field: Field): string {
  return field.default === undefined ? '' : code(field.default);
}

function describe(field: Field): string {
  return (
    field.description ??
    (field.$ref === undefined ? '' : (definition(field.$ref.replace('#/$defs/', '')).description ?? ''))
  );
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function ruleTable(rules: readonly (readonly [id: string, message: string, fix: string])[]): string {
  return table(
    ['id', 'message', 'fix'],
    rules.map(([id, message, fix]) => [`<a id="${id}"></a>\`${id}\``, message, fix]),
  );
}

const semantic = RULES.map(({ id, message, fix, overridable }) => {
  return [id, message, overridable === true ? `${fix}. An operator may waive this rule by name` : fix] as const;
});

const limits = LIMIT_NAMES.map((name) => {
  const { unit, floor, ceiling, meaning, ...spec } = LIMITS[name];
  return [`\`${name}\``, unit, String(spec.default), String(floor), String(ceiling), meaning];
});

const codes = Object.entries(MANIFEST_ERROR_CODES).map(([name, row]) => {
  return [`<a id="${name.toLowerCase()}"></a>\`${name}\``, row.category, String(row.exitCode), row.meaning, row.fix];
});

const keywords = [...SCHEMA_KEYWORDS.keys()].map(code).join(', ');

const page = `<!-- Generated from packages/manifest by packages/manifest/scripts/generate-docs.ts; do not edit -->

# The manifest

\`skill.json\` says what a skill is, which tools it offers and what it asks to be allowed. It is strict JSON in UTF-8: no
comments, no trailing commas, no byte order mark, no key twice, at most ${MANIFEST_BOUNDS.characters / 1024} KiB and ${MANIFEST_BOUNDS.depth} levels deep. Unknown fields are
refused. Every problem is reported at once, with the id of the rule, a JSON pointer, line and column, and a fix.

The JSON Schema of this format is published as \`@carapace/manifest/schema.json\`.

## Fields
${SECTIONS.map(([title, pointer, field]) => `\n### ${title}\n\n${pointer === '' ? '' : `\`${pointer}\`. `}${field.description ?? ''}\n\n${fieldTable(field)}\n`).join('')}
## What permissions mean

**Nothing is allowed unless it is listed.** An absent \`fs\`, \`net\` or \`secrets\`, or an empty list anywhere, allows nothing.
The optional refinements \`match\`, \`paths\` and \`query\` narrow an entry; leaving one out does not narrow, an empty one
allows nothing.

**Directories.** The skill sees \`/<mount>/…\` and never the host path. Access words are separate: \`read\` (content), \`list\`
(names), \`write\` (change existing files), \`create\` (add files), \`delete\`. A file is covered when a \`match\` glob covers it
and no \`except\` glob covers it or a directory above it. \`except\` ignores case and Unicode form, because some file systems do.

**Globs** cover the whole path below the mount. \`*\` is any number of characters within one component, \`?\` one character, \`**\`
(alone between slashes) any number of components including none, \`{a,b}\` a choice without nesting. There is no escape;
names that start with a dot are names like any other. At most ${MAX_GLOB_LENGTH} characters.

**Hosts** are written as DNS knows them: lower-case ASCII, international names as A-labels. \`*.example.com\` covers exactly one
label in place of the star and not \`example.com\` itself. A pattern never covers more than one registrable domain, and never
an IP address in any spelling. \`paths\` are globs on the path of the URL; a path with an encoded slash, backslash, dot, NUL or
percent sign is covered by nothing, because servers disagree on what it means.

**Secrets** are sent by carapace to one exact host, port and path, over https, in one place: a header, a query parameter, the
password of a basic authentication, or as the key of a signature. The skill never sees the value. It holds a placeholder, new
with every call, and writes it where the value is to go: after the declared prefix in the header, as the whole value of the
parameter, as the password before it encodes \`user:password\`, or, for a signature, as the value of the header the signature
goes into. Anywhere else the request is refused. Signers that are always there:

${table(
  ['signer', 'options', 'header', 'what it does'],
  [...SIGNERS].map(([name, { required, optional, header, meaning }]) => [
    code(name),
    [...required.map(code), ...optional.map((option) => `${code(option)} (optional)`)].join(', '),
    header,
    meaning,
  ]),
)}

**The private directory** \`/data\` is the skill's own: no other skill and no other tenant sees it, it is kept between calls up to its
quota, and the operator can look into it and wipe it. A tool that lists its permissions holds it by listing \`data\`.

**Sensitive directories** (the whole file system, a home, credential stores, shell start-up files, browser profiles, system
directories, \`.git\`, carapace's own state, and whatever contains one of them) are refused by
[\`fs-path-sensitive\`](#fs-path-sensitive).

**Tools** hold all permissions of the skill unless they list fewer.

## Limits

${table(['limit', 'unit', 'default', 'floor', 'ceiling', 'meaning'], limits)}

A limit counts per call, except \`concurrency\` and \`callsPerMinute\`. A tool may have less of these two for itself. An operator may
lower a limit, never raise it above the ceiling.

## Isolation

\`isolation\` says the weakest profile the skill is written for; an operator may choose a stronger one, so a skill
that keeps state has to work without it too.

| profile | process | state of the skill |
| --- | --- | --- |
| \`call\` | one for every call | begins anew with every call |
| \`skill\` | shared by calls with the same package, grants and tenant | begins anew with every call |
| \`session\` | one for every session key of a tenant | kept between the calls of one session |

It is not a permission, but an update that begins to keep state is listed by \`permissionDiff\`.

## JSON Schemas in a manifest

\`input\`, \`output\` and \`config\` are JSON Schema 2020-12, limited to what can be checked in bounded time: at most
${TOOL_SCHEMA_BOUNDS.characters / 1024} KiB, ${TOOL_SCHEMA_BOUNDS.depth} levels and ${TOOL_SCHEMA_BOUNDS.nodes} sub-schemas with references followed; references of the form \`#/$defs/<name>\`, not
circular; patterns in RE2 syntax of at most ${TOOL_SCHEMA_BOUNDS.patternLength} characters. A value may be ${CHECKED_VALUE_BOUNDS.depth} levels deep and hold
${CHECKED_VALUE_BOUNDS.values} values. Keywords: ${keywords}. Formats that are checked: ${CHECKED_FORMATS.map(code).join(', ')}; any other format is an annotation.

## Rules

### On the document

${ruleTable(Object.entries(DOCUMENT_RULES).map(([id, { message, fix }]) => [id, message, fix]))}

### On the form of fields

${ruleTable(Object.entries(SCHEMA_RULES).map(([id, { message, fix }]) => [id, message, fix]))}

### On the meaning of values

${ruleTable(semantic)}

### On SKILL.md

${ruleTable(Object.entries(FRONTMATTER_RULES).map(([id, { message, fix }]) => [id, message, fix]))}

## Error codes

${table(['code', 'category', 'exit code', 'meaning', 'fix'], codes)}
`;

settleGenerated(new Map([[fileURLToPath(new URL('../../../docs/manifest.md', import.meta.url)), page]]));
