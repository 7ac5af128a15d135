import { describe, expect, it } from 'vitest';
import { normalisePermissions } from '../normalise-permissions.ts';
import type { PermissionSet } from '../permission.ts';
import { explain } from './explain.ts';
import { intersect } from './intersect.ts';

type Place = NonNullable<Parameters<typeof normalisePermissions>[0]['secrets']>[number]['in'];
const secret = (place: Place): PermissionSet =>
  normalisePermissions({ secrets: [{ name: 'KEY', description: 'd', host: 'api.example.com', in: place }] });

describe('the places of a secret', () => {
  it.each<[Place, string]>([
    [
      { basic: true },
      'have the secret KEY sent to https://api.example.com/** in a basic authentication under any user',
    ],
    [{ basic: { username: 'me' } }, 'in the basic authentication of me, without seeing it'],
    [{ query: 'key' }, 'in the query parameter key, without seeing it'],
    [
      { signer: 'hmac-sha256' },
      'have requests to https://api.example.com/** signed (hmac-sha256) with the secret KEY, without seeing it',
    ],
  ])('read plainly: %j', (place, words) => {
    expect(explain(secret(place)).join()).toContain(words);
  });

  it('only meet where they are the same', () => {
    const signed = secret({ signer: 'hmac-sha256', options: { header: 'x-a' } });
    expect(intersect(signed, signed)).toEqual(signed);
    expect(intersect(signed, secret({ signer: 'hmac-sha256' })).secrets).toEqual([]);
    expect(intersect(secret({ basic: true }), secret({ basic: { username: 'a' } })).secrets).toEqual([]);
  });
});
