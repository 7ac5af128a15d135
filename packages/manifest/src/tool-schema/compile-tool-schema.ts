import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import { copyJson, type JsonCopy } from '../copy-json.ts';
import { deepFreeze } from '../deep-freeze.ts';
import { ManifestInvalid } from '../errors.ts';
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from '../json.ts';
import { CheckMeter, CheckTooCostly } from './check-meter.ts';
import { checkingCompiler } from './checking-compiler.ts';
import { expandSchema } from './expand-schema.ts';
import { inspectToolSchema, type SchemaObjection } from './inspect-tool-schema.ts';
import { CHECKED_VALUE_BOUNDS, MOST_SCHEMA_ISSUES, TOOL_SCHEMA_BOUNDS } from './schema-bounds.ts';

/** One way in which a value does not fit its schema. */
export interface SchemaIssue {
  /** JSON pointer to the value at fault. */
  readonly pointer: string;
  /** The schema keyword that was not satisfied, or `json`, `too-large`, `too-costly`. */
  readonly keyword: string;
  readonly message: string;
}

/** A compiled tool schema. */
export interface ToolSchema {
  readonly schema: JsonSchema;
  /** Tells what is wrong with a value: nothing when the list is empty. At most 20 issues; time and memory are bounded. */
  readonly check: (value: unknown) => readonly SchemaIssue[];
}

const LONGEST_MESSAGE = 300;
const CHARACTERS_PER_CHECK = 10;
const SCHEMA_COPY_BOUNDS = { depth: 64, values: 20_000, characters: TOOL_SCHEMA_BOUNDS.characters };
/** Sub-schemas times values up to which every error is collected; above, the first one has to do. */
const FULL_REPORT_WORK = 200_000;

/**
 * Compiles a JSON Schema that an adversary may have written. Patterns run with a linear-time engine, references are
 * local and not circular, sizes are capped, formats nobody knows are annotations. Generates code, so it cannot run
 * where code generation from strings is disallowed.
 *
 * @param where names the schema in error messages, such as `input of tool "current"`
 * @throws ManifestInvalid with code `ERR_CARAPACE_MANIFEST_RULE` when the schema is not supported, and nothing else
 */
export function compileToolSchema(schema: JsonSchema, where: string): ToolSchema {
  const copy = acceptedCopy(schema, where);
  const expanded = expandSchema(copy);
  const meter = new CheckMeter();
  const verdict = generate(expanded, meter, false, where);
  let report: ValidateFunction | undefined;
  const full = (): ValidateFunction => {
    report ??= generate(expanded, meter, true, where);
    return report;
  };
  const weight = Math.ceil(JSON.stringify(expanded).length / CHARACTERS_PER_CHECK);
  return Object.freeze({
    schema: copy,
    check: (value: unknown) => checkValue(value, { verdict, full, meter, weight }),
  });
}

function generate(schema: JsonObject, meter: CheckMeter, allErrors: boolean, where: string): ValidateFunction {
  try {
    return checkingCompiler(meter, allErrors).compile(schema);
  } catch (error) {
    const message = 'Cannot use the schema: the compiler refuses it';
    throw unsupported(where, [
      { pointer: '', message: error instanceof Error ? `${message}: ${error.message}` : message },
    ]);
  }
}

interface Compiled {
  readonly verdict: ValidateFunction;
  readonly full: () => ValidateFunction;
  readonly meter: CheckMeter;
  /** Roughly the number of checks in the schema. */
  readonly weight: number;
}

function checkValue(value: unknown, { verdict, full, meter, weight }: Compiled): readonly SchemaIssue[] {
  const copy = copyValue(value);
  if (!copy.ok) return copy.issues;
  try {
    meter.refill();
    if (verdict(copy.value)) return [];
    if (copy.size * weight > FULL_REPORT_WORK) return (verdict.errors ?? []).slice(0, MOST_SCHEMA_ISSUES).map(toIssue);
    meter.refill();
    const report = full();
    report(copy.value);
    return (report.errors ?? []).slice(0, MOST_SCHEMA_ISSUES).map(toIssue);
  } catch (error) {
    if (!(error instanceof CheckTooCostly)) throw error;
    return [
      {
        pointer: '',
        keyword: 'too-costly',
        message: 'Cannot check the value: it takes more work than one check may do',
      },
    ];
  }
}

type ValueCopy =
  | { readonly ok: true; readonly value: JsonValue; readonly size: number }
  | { readonly ok: false; readonly issues: readonly SchemaIssue[] };

function copyValue(value: unknown): ValueCopy {
  try {
    const copy = copyJson(value, CHECKED_VALUE_BOUNDS);
    if (copy.ok) return { ok: true, value: copy.value, size: copy.values };
    const keyword = copy.tooLarge ? 'too-large' : 'json';
    return {
      ok: false,
      issues: copy.issues.slice(0, MOST_SCHEMA_ISSUES).map(({ pointer, message }) => ({ pointer, keyword, message })),
    };
  } catch {
    return { ok: false, issues: [{ pointer: '', keyword: 'json', message: 'Cannot read the value: not JSON' }] };
  }
}

function toIssue(error: ErrorObject): SchemaIssue {
  const field: unknown =
    error.params['additionalProperty'] ?? error.params['allowedValues'] ?? error.params['allowedValue'];
  const detail = field === undefined ? '' : `: ${JSON.stringify(field)}`;
  return {
    pointer: error.instancePath,
    keyword: error.keyword,
    message: `${error.message ?? error.keyword}${detail}`.slice(0, LONGEST_MESSAGE),
  };
}

function acceptedCopy(schema: JsonSchema, where: string): JsonSchema {
  const reading = copyValueWithin(schema);
  if (!reading.ok) throw unsupported(where, reading.issues);
  if (!isJsonObject(reading.value))
    throw unsupported(where, [{ pointer: '', message: 'Cannot use the schema: not an object' }]);
  const objections = inspectToolSchema(reading.value);
  if (objections.length > 0) throw unsupported(where, objections);
  return deepFreeze(reading.value);
}

function copyValueWithin(schema: JsonSchema): JsonCopy {
  try {
    return copyJson(schema, SCHEMA_COPY_BOUNDS);
  } catch {
    return {
      ok: false,
      tooLarge: false,
      issues: [{ pointer: '', rule: 'json-value', message: 'Cannot read the schema: not JSON' }],
    };
  }
}

function unsupported(where: string, objections: readonly SchemaObjection[]): ManifestInvalid {
  const issues = objections.map((objection) => ({ ...objection, rule: 'schema-supported' }));
  return new ManifestInvalid('ERR_CARAPACE_MANIFEST_RULE', `schema of ${where}`, issues);
}
