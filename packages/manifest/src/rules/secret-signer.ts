import { suggest } from '../did-you-mean.ts';
import type { JsonObject } from '../json.ts';
import { type Located, objectAt, stringAt, valueAt } from '../raw-manifest.ts';
import { SIGNERS, type SignerSpec } from '../signers.ts';
import { isPlainHeader, PRINTABLE } from './plain-header.ts';
import type { Report, Rule } from './rule.ts';

const NAME = /^[a-z][a-z0-9-]{0,63}$/;

/** A misspelt option would be a signature over something else than the author and the operator think. */
export const secretSigner: Rule = {
  id: 'secret-signer',
  message: 'Cannot sign with the secret: the signer or one of its options is not what the signer knows',
  fix: 'name "aws-sigv4", "hmac-sha256" or a signer of the operator, in a-z, 0-9 and hyphens, with the options it takes',
  check({ secrets }, report) {
    for (const secret of secrets) {
      const place = objectAt(secret, 'in');
      const signer = place === undefined ? undefined : stringAt(place, 'signer');
      if (place === undefined || signer === undefined) continue;
      if (!NAME.test(signer.value)) report(signer.pointer);
      const options = objectAt(place, 'options') ?? { pointer: signer.pointer, value: {} };
      checkTexts(options, report);
      const spec = SIGNERS.get(signer.value);
      if (spec !== undefined) checkOptions(spec, options, report);
    }
  },
};

function checkTexts(options: Located<JsonObject>, report: Report): void {
  for (const key of Object.keys(options.value)) {
    const option = stringAt(options, key);
    if (option === undefined) continue;
    const header = key.toLowerCase().endsWith('header');
    if (!PRINTABLE.test(option.value) || (header && !isPlainHeader(option.value))) report(option.pointer);
  }
}

function checkOptions(spec: SignerSpec, options: Located<JsonObject>, report: Report): void {
  const known = [...spec.required, ...spec.optional];
  for (const key of Object.keys(options.value)) {
    if (known.includes(key)) continue;
    const near = suggest(key, known);
    const fix = near === undefined ? `use ${known.join(', ')}` : `did you mean "${near}"`;
    report(valueAt(options, key)?.pointer ?? options.pointer, { fix });
  }
  for (const key of spec.required) {
    if (!Object.hasOwn(options.value, key)) report(options.pointer, { fix: `add the option "${key}"` });
  }
}
