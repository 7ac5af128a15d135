import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';
import { settleGenerated } from './generated-file.ts';

const HEADER = '// Generated from schema/skill-manifest.schema.json by scripts/generate.ts; do not edit\n';
const root = fileURLToPath(new URL('..', import.meta.url));
const schemaText = readFileSync(`${root}schema/skill-manifest.schema.json`, 'utf8');
const schema: Schema = JSON.parse(schemaText);

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly $ref?: string;
}

/** The validator as one module without `require` and without code generation at run time. */
async function validator(): Promise<string> {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    ownProperties: true,
    code: { source: true, esm: true, lines: true },
  });
  const source = standaloneCode.default(ajv, ajv.compile(bare(schema)));
  // Ajv's ESM output still calls require() for string length and deep equality; bundling resolves them.
  const bundled = await build({
    stdin: { contents: source, resolveDir: root, loader: 'js' },
    bundle: true,
    absWorkingDir: root,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2024',
    legalComments: 'none',
  });
  return bundled.outputFiles[0]?.text ?? '';
}

const PROSE = new Set(['description', 'default', 'title', '$schema']);

/** Leaves out what a validator does not read, so that the descriptions are not shipped twice. */
function bare(node: Schema): Schema {
  const entries = Object.entries(node).filter(([key]) => !PROSE.has(key));
  return Object.fromEntries(entries.map(([key, value]) => [key, bareKeyword(key, value)]));
}

function bareKeyword(key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // The keys of these two are names of fields, which may well be called "description".
  if (key !== 'properties' && key !== '$defs') return bare({ ...value });
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, bare({ ...child })]));
}

/** Field names of every object, by the pointer of the object in a manifest; `*` is any key or index. */
function knownFields(): string {
  const rows: string[] = [];
  collectFields(schema, '', rows);
  const body = rows.map((row) => `  ${row},\n`).join('');
  return `${HEADER}export const KNOWN_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([\n${body}]);\n`;
}

function collectFields(node: Schema, pointer: string, rows: string[]): void {
  const definition = resolved(node);
  if (definition.properties !== undefined) {
    rows.push(`[${JSON.stringify(pointer)}, ${JSON.stringify(Object.keys(definition.properties))}]`);
    for (const [name, child] of Object.entries(definition.properties)) collectFields(child, `${pointer}/${name}`, rows);
  }
  for (const child of [definition.items, definition.additionalProperties]) {
    if (typeof child === 'object') collectFields(child, `${pointer}/*`, rows);
  }
  for (const choice of definition.anyOf ?? []) collectFields(choice, pointer, rows);
}

function resolved(node: Schema): Schema {
  const name = node.$ref?.replace('#/$defs/', '');
  return (name === undefined ? node : schema.$defs?.[name]) ?? node;
}

const types = await compile(JSON.parse(schemaText), 'SkillManifestSource', {
  bannerComment: HEADER.trim(),
  ignoreMinAndMaxItems: true,
  style: { singleQuote: true, printWidth: 120 },
});

const validatorTypes = `${HEADER}import type { SkillManifestSource } from './manifest-types.ts';

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
`;

settleGenerated(
  new Map([
    [`${root}src/generated/validate-manifest.js`, HEADER + (await validator())],
    [`${root}src/generated/validate-manifest.d.ts`, validatorTypes],
    [`${root}src/generated/manifest-types.ts`, types],
    [`${root}src/generated/known-fields.ts`, knownFields()],
  ]),
);
