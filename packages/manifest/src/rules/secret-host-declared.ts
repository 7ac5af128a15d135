import { type HostPattern, matchesHost, parseHostPattern } from '../host-pattern.ts';
import type { JsonObject } from '../json.ts';
import { itemsAt, type Located, stringAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** A secret goes to one exact host that the skill may reach anyway, encrypted; anything looser is a way to send it elsewhere. */
export const secretHostDeclared: Rule = {
  id: 'secret-host-declared',
  message: 'Cannot bind the secret: its host and port are not declared under "net" with https',
  fix: 'add the host and port to "net" with scheme "https", and name the host exactly, without a star',
  check({ net, secrets }, report) {
    for (const secret of secrets) {
      const host = stringAt(secret, 'host');
      if (host === undefined || host.value === '') continue;
      const pattern = parseHostPattern(host.value);
      if (pattern?.kind !== 'exact' || !net.some((entry) => reaches(entry, pattern, portOf(secret))))
        report(host.pointer);
    }
  },
};

function reaches(entry: Located<JsonObject>, target: HostPattern & { kind: 'exact' }, port: unknown): boolean {
  const declared = parseHostPattern(stringAt(entry, 'host')?.value ?? '');
  if (declared === undefined || (stringAt(entry, 'scheme')?.value ?? 'https') !== 'https') return false;
  const ports = valueAt(entry, 'ports') === undefined ? [443] : itemsAt(entry, 'ports').map((item) => item.value);
  return matchesHost(declared, target.host) && ports.some((item) => item === port);
}

function portOf(secret: Located<JsonObject>): unknown {
  return valueAt(secret, 'port')?.value ?? 443;
}
