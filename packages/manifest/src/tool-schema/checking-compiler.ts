import { _, Ajv2020 } from 'ajv/dist/2020.js';
import { canonicalJson } from '../canonical-json.ts';
import type { JsonValue } from '../json.ts';
import type { CheckMeter } from './check-meter.ts';
import { CHECKED_FORMATS, hasFormat } from './value-formats.ts';

/** Keyword that `expandSchema` writes into every sub-schema. No author can: the inspection knows no such keyword. */
export const EVALUATION = '$paid';

const NOT_ALLOWED = 'must be equal to one of the allowed values';

/** An ajv that has been stripped of everything whose cost a schema's author could drive up. */
export function checkingCompiler(meter: CheckMeter, allErrors: boolean): Ajv2020 {
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
  // Evaluations multiply (items, branches, references) far beyond what sizes alone bound, so each one is paid for.
  ajv.addKeyword({ keyword: EVALUATION, errors: false, validate: () => meter.pay(1) });
  // ajv compares every pair of items, and with a function that needs a prototype; canonical texts need neither. Failures
  // are ajv's own kind, which it appends: those of a function it copies each time, which is quadratic in their number.
  for (const name of ['uniqueItems', 'enum', 'const']) ajv.removeKeyword(name);
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    errors: false,
    error: { message: 'must NOT have duplicate items' },
    compile: (wanted: boolean) => (items: readonly JsonValue[]) => !wanted || areUnique(items, meter),
  });
  ajv.addKeyword({
    keyword: 'enum',
    schemaType: 'array',
    errors: false,
    error: { message: NOT_ALLOWED, params: ({ schemaCode }) => _`{allowedValues: ${schemaCode}}` },
    compile: (values: readonly JsonValue[]) => oneOf(values, meter),
  });
  ajv.addKeyword({
    keyword: 'const',
    errors: false,
    error: { message: NOT_ALLOWED, params: ({ schemaCode }) => _`{allowedValues: [${schemaCode}]}` },
    compile: (value: JsonValue) => oneOf([value], meter),
  });
  return ajv;
}

/** Characters of canonical text that cost as much as one evaluation. */
const CHARACTERS_PER_STEP = 16;

function areUnique(items: readonly JsonValue[], meter: CheckMeter): boolean {
  return new Set(items.map((item) => paidText(item, meter))).size === items.length;
}

function oneOf(allowedValues: readonly JsonValue[], meter: CheckMeter): (value: JsonValue) => boolean {
  // Most words are texts and numbers, which a set compares by itself; writing out canonical text is for the others.
  const simple = new Set(allowedValues.filter((value) => !isComposite(value)));
  const composite = new Set(allowedValues.filter(isComposite).map(canonicalJson));
  return (value) => {
    if (!isComposite(value)) return simple.has(value);
    return composite.size > 0 && composite.has(paidText(value, meter));
  };
}

function paidText(value: JsonValue, meter: CheckMeter): string {
  const text = canonicalJson(value);
  meter.pay(1 + text.length / CHARACTERS_PER_STEP);
  return text;
}

function isComposite(value: JsonValue): boolean {
  return typeof value === 'object' && value !== null;
}
