import { Ajv2020 } from 'ajv/dist/2020.js';
import type { DataValidateFunction } from 'ajv/dist/types/index.js';
import { canonicalJson } from '../canonical-json.ts';
import type { JsonValue } from '../json.ts';
import type { PatternMeter } from './pattern-meter.ts';
import { CHECKED_FORMATS, hasFormat } from './value-formats.ts';

/** An ajv that has been stripped of everything whose cost a schema's author could drive up. */
export function checkingCompiler(meter: PatternMeter, allErrors: boolean): Ajv2020 {
  const regExp = Object.assign((source: string) => meter.compile(source), { code: 'meteredPattern' });
  const ajv = new Ajv2020({
    allErrors,
    // The inspection has settled what may stand in a schema; ajv's own opinions on style would refuse harmless ones.
    strict: false,
    validateSchema: false,
    meta: false,
    addUsedSchema: false,
    logger: false,
    ownProperties: true,
    messages: true,
    code: { regExp, optimize: false },
  });
  for (const format of CHECKED_FORMATS) ajv.addFormat(format, (text: string) => hasFormat(format, text));
  // ajv compares every pair of items, and with a function that needs a prototype; canonical texts need neither.
  for (const name of ['uniqueItems', 'enum', 'const']) ajv.removeKeyword(name);
  ajv.addKeyword({ keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', errors: true, compile: uniqueItems });
  ajv.addKeyword({
    keyword: 'enum',
    schemaType: 'array',
    errors: true,
    compile: (values: readonly JsonValue[]) => oneOf('enum', values),
  });
  ajv.addKeyword({ keyword: 'const', errors: true, compile: (value: JsonValue) => oneOf('const', [value]) });
  return ajv;
}

function uniqueItems(wanted: boolean): DataValidateFunction {
  return failingWith('uniqueItems', 'must NOT have duplicate items', {}, (items: readonly JsonValue[]) => {
    return !wanted || new Set(items.map(canonicalJson)).size === items.length;
  });
}

function oneOf(keyword: string, allowedValues: readonly JsonValue[]): DataValidateFunction {
  // Most words are texts and numbers, which a set compares by itself; writing out canonical text is for the others.
  const simple = new Set(allowedValues.filter((value) => !isComposite(value)));
  const composite = new Set(allowedValues.filter(isComposite).map(canonicalJson));
  const message = 'must be equal to one of the allowed values';
  return failingWith(keyword, message, { allowedValues }, (value: JsonValue) => {
    return isComposite(value) ? composite.has(canonicalJson(value)) : simple.has(value);
  });
}

function isComposite(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}

function failingWith<Value>(
  keyword: string,
  message: string,
  params: object,
  holds: (value: Value) => boolean,
): DataValidateFunction {
  const check: DataValidateFunction = (value: Value) => {
    const ok = holds(value);
    check.errors = ok ? [] : [{ keyword, message, params }];
    return ok;
  };
  return check;
}
