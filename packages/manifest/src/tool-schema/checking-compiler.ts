import { Ajv2020 } from 'ajv/dist/2020.js';
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
  // ajv compares every pair of items; comparing canonical texts through a set is linear.
  ajv.removeKeyword('uniqueItems');
  ajv.addKeyword({
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    error: { message: 'must NOT have duplicate items' },
    validate: (wanted: boolean, items: readonly JsonValue[]) =>
      !wanted || new Set(items.map(canonicalJson)).size === items.length,
  });
  return ajv;
}
