import { suggest } from '../did-you-mean.ts';
import { HTTP_METHODS } from '../permission.ts';
import { stringsAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** CONNECT would be a tunnel past every rule about paths, TRACE a mirror for headers. */
export const netMethod: Rule = {
  id: 'net-method',
  message: 'Cannot use the method: not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  fix: 'name the methods one by one, in upper case',
  check({ net }, report) {
    const known: readonly string[] = HTTP_METHODS;
    for (const method of net.flatMap((entry) => stringsAt(entry, 'methods'))) {
      if (known.includes(method.value)) continue;
      const near = suggest(method.value.toUpperCase(), known);
      report(method.pointer, near === undefined ? {} : { fix: `did you mean "${near}"` });
    }
  },
};
