import { ISOLATION_PROFILES, type Isolation } from '@carapace/manifest';
import { describe, expect, it } from 'vitest';
import { chooseIsolation, isolationBound } from './choose-isolation.ts';

const rank = (profile: Isolation): number => ISOLATION_PROFILES.indexOf(profile);

describe('chooseIsolation', () => {
  it.each(ISOLATION_PROFILES.flatMap((weakest) => ISOLATION_PROFILES.map((wish) => [weakest, wish] as const)))(
    'under a bound of %s, a wish for %s is granted exactly when it is no weaker',
    (weakest, wish) => {
      const choose = (): Isolation => chooseIsolation(wish, { weakest, setBy: 'the runtime' });
      if (rank(wish) <= rank(weakest)) expect(choose()).toBe(wish);
      else expect(choose).toThrow(expect.objectContaining({ code: 'ERR_CARAPACE_RUNTIME_ISOLATION' }));
    },
  );

  it('takes the bound where nobody wishes anything', () => {
    expect(chooseIsolation(undefined, { weakest: 'skill', setBy: 'the runtime' })).toBe('skill');
  });

  it('names who set the bound', () => {
    expect(() => chooseIsolation('session', isolationBound('session', 'skill'))).toThrow(
      'Cannot run skill with isolation "session": its manifest allows "skill" at the weakest',
    );
    expect(() => chooseIsolation('skill', isolationBound('call', 'session'))).toThrow(/the runtime allows "call"/);
  });
});
