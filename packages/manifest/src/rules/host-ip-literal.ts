import { hostRule } from './host-rule.ts';
import type { Rule } from './rule.ts';

/** Addresses evade every rule about names; 127.1, 0x7f000001 and 2130706433 are addresses as well. */
export const hostIpLiteral: Rule = hostRule('ip-literal', {
  id: 'host-ip-literal',
  message: 'Cannot use the host: it is an IP address in some spelling',
  fix: 'use the DNS name of the service; private targets are granted by the operator, not by a manifest',
});
