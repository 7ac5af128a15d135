import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** Look-alike letters from other scripts: the operator must see the A-label, which cannot be mistaken. */
export const hostAscii: Rule = hostRule(
  'not-ascii',
  {
    id: 'host-ascii',
    message: 'Cannot use the host: it holds letters outside ASCII',
    fix: 'write the A-label (the form that starts with "xn--")',
  },
  asALabel,
);

function asALabel(host: string): string | undefined {
  const url = URL.canParse(`https://${host}/`) ? new URL(`https://${host}/`) : undefined;
  const bare = url !== undefined && url.port === '' && url.username === '' && url.pathname === '/';
  return bare && url.hostname !== '' ? `write the A-label "${url.hostname}"` : undefined;
}
