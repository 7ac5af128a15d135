import { describe, expect, it } from 'vitest';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import type { Hop } from './hop.ts';
import { nextHop } from './next-hop.ts';

const HOP: Hop = {
  url: new URL('https://a.example.com/'),
  verb: 'GET',
  headers: [],
  body: { kind: 'none' },
  index: 0,
  crossOrigin: false,
};
const next = (hop: Hop, url: string): Hop => nextHop(hop, 302, new URL(url), DEFAULT_NET_LIMITS);

describe('nextHop', () => {
  it('NU-219 refuses to go from https to http, granted or not', () => {
    expect(() => next(HOP, 'http://a.example.com/')).toThrow(
      expect.objectContaining({ effectRefusal: expect.objectContaining({ rule: 'redirect-downgrade' }) }),
    );
  });

  it('SE-260 remembers that a chain left its origin, also when it comes back', () => {
    const away = next(HOP, 'https://b.example.com/');
    expect(away).toMatchObject({ index: 1, crossOrigin: true });
    expect(next(away, 'https://a.example.com/')).toMatchObject({ index: 2, crossOrigin: true });
    expect(next(away, 'https://b.example.com/x')).toMatchObject({ index: 2, crossOrigin: true });
    expect(next(HOP, 'https://a.example.com/x')).toMatchObject({ crossOrigin: false });
    expect(next(HOP, 'https://a.example.com:8443/')).toMatchObject({ crossOrigin: true });
  });
});
