import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** Names that lead into the operator's own network; an author has no say there. */
export const hostLocalName: Rule = hostRule('local-name', {
  id: 'host-local-name',
  message: 'Cannot use the host: it names a local or private network',
  fix: 'use a public DNS name; private targets are granted by the operator, not by a manifest',
});
