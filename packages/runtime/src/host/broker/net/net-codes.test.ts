import { describe, expect, it } from 'vitest';
import { NET_CODES, NET_RULES } from './net-codes.ts';
import { netRefusal } from './net-refusal.ts';

describe('the codes of the fetch broker', () => {
  it.each(Object.entries(NET_CODES))(
    '%s tells a skill what is, in one sentence without a period',
    (code, { toSkill }) => {
      expect(code).toMatch(/^ERR_CARAPACE_(?:NET|PERMISSION_NET|BUDGET)_[A-Z_]+$/);
      expect(toSkill).toMatch(/^(?:Cannot fetch URL: |The request )[a-zA-Z0-9/.,' ]+$/);
      expect(toSkill).not.toMatch(/\.$/);
    },
  );

  it('has a rule for every code', () => {
    expect(new Set(Object.values(NET_RULES))).toEqual(new Set(Object.keys(NET_CODES)));
  });

  it('adds a remedy only where there is one', () => {
    expect(netRefusal('ip-literal', 'network.privateHosts')).toMatchObject({ remedy: 'network.privateHosts' });
    expect(netRefusal('ip-literal')).not.toHaveProperty('remedy');
  });
});
