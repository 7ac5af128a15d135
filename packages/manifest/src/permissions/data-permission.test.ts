import { describe, expect, it } from 'vitest';
import { normalisePermissions } from '../normalise-permissions.ts';
import { NO_PERMISSIONS, type PermissionSet } from '../permission.ts';
import { includes, uncoveredPermissions } from './includes.ts';
import { intersect } from './intersect.ts';

const set = (source: Parameters<typeof normalisePermissions>[0]): PermissionSet => normalisePermissions(source);

describe('data of its own', () => {
  it('is the smaller of two quotas, and nothing where one side has none', () => {
    const wish = set({ data: { quotaMiB: 50, files: 10, reason: 'mine' } });
    expect(intersect(wish, set({ data: { quotaMiB: 5, files: 100 } })).data).toEqual({
      quotaMiB: 5,
      files: 10,
      reason: 'mine',
    });
    expect(intersect(wish, set({}))).toEqual(NO_PERMISSIONS);
    expect(intersect(set({}), wish)).toEqual(NO_PERMISSIONS);
  });

  it.each([
    ['no data', {}, { quotaMiB: 1 }, '1 MiB, 1000 files'],
    ['less room', { data: { quotaMiB: 1 } }, { quotaMiB: 2 }, '2 MiB, 1000 files'],
    ['fewer files', { data: { quotaMiB: 1, files: 9 } }, { quotaMiB: 1, files: 10 }, '1 MiB, 10 files'],
  ])('is a widening of %s, and the way back is none', (_name, held, data, added) => {
    expect(uncoveredPermissions(set(held), set({ data }))).toMatchObject([{ kind: 'data', added: [added] }]);
    expect(includes(set({ data }), set(held))).toBe(true);
  });
});
