import { stringAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

export const secretNameForm: Rule = {
  id: 'secret-name-form',
  message: 'Cannot use the secret name: not 1 to 64 of A-Z, 0-9 and "_", starting with a letter',
  fix: 'write it like an environment variable, such as "WEATHER_KEY"',
  check({ secrets }, report) {
    for (const entry of secrets) {
      const name = stringAt(entry, 'name');
      if (name !== undefined && name.value !== '' && !/^[A-Z][A-Z0-9_]{0,63}$/.test(name.value)) report(name.pointer);
    }
  },
};
