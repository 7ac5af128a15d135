import { describe, expect, it } from 'vitest';
import { type FilterRule, startHost } from './host-program.ts';

const isRoot = process.getuid?.() === 0;
const EPERM = 1;
const EINVAL = 22;
const ENOSYS = 38;
/** The answer of a kernel that lies: success, and nothing done. */
const PRETENDED = 0;

const setSeccomp = { number: 157, argument: 0, value: 22 };
const setNoNewPrivileges = { number: 157, argument: 0, value: 38 };
const dropBoundingSet = { number: 157, argument: 0, value: 24 };
const setDeathSignal = { number: 157, argument: 0, value: 1 };
const setAddressSpace = { number: 302, argument: 1, value: 9 };
const createRuleset = { number: 444 };
const restrictSelf = { number: 446 };
/** The launcher's filter is set by `prctl`; only the worker's own comes this way. */
const setSecondFilter = { number: 317 };
const setCapabilities = { number: 126 };
const setUser = { number: 117 };
const closeRange = { number: 436 };

async function startUnder(
  rules: readonly FilterRule[],
  args: readonly string[] = [],
  newPrivileges = false,
): Promise<unknown> {
  await using host = startHost('start', { args, under: { rules, newPrivileges } });
  return await host.next();
}

describe('OS-128 a machine that lacks a layer', () => {
  const withoutLandlock = [{ ...createRuleset, errno: ENOSYS }];

  it('is refused, with the layer and the reason by name', async () => {
    expect(await startUnder(withoutLandlock)).toEqual({
      code: 'ERR_CARAPACE_RUNTIME_PROTECTION',
      message:
        'Cannot start runtime: "jailed" is required, this machine enforces "filtered" (landlock: the kernel offers no Landlock here)',
    });
  });

  it('serves an operator who named the weaker level, and stamps it on the result', async () => {
    expect(await startUnder(withoutLandlock, ['filtered'])).toEqual({
      structured: 5,
      level: 'filtered',
      layers: ['rlimits', 'identity', 'no-new-privileges', 'seccomp', 'sealed'],
      text: expect.stringContaining('protection=filtered'),
    });
  });

  it('is stamped “jailed” where nothing is missing, so that the stamp tells the two apart', async () => {
    await using host = startHost('start');
    expect(await host.next()).toMatchObject({ level: 'jailed', text: expect.stringContaining('protection=jailed') });
  });

  it.each([
    ['seccomp', { ...setSeccomp, errno: EINVAL }, 'layer "seccomp": prctl PR_SET_SECCOMP failed with errno 22'],
    ['no-new-privileges', { ...setNoNewPrivileges, errno: EPERM }, 'layer "no-new-privileges"'],
    ['rlimits', { ...setAddressSpace, errno: EPERM }, 'layer "rlimits": prlimit64 addressSpace failed with errno 1'],
    ['identity', { ...setCapabilities, errno: EPERM }, 'layer "identity": capset failed with errno 1'],
    ['landlock', { ...restrictSelf, errno: EPERM }, 'layer "landlock": landlock_restrict_self failed with errno 1'],
    ['descriptors', { ...closeRange, errno: ENOSYS }, 'layer "descriptors": close_range failed with errno 38'],
    [
      'death signal',
      { ...setDeathSignal, errno: EPERM },
      'layer "descriptors": prctl PR_SET_PDEATHSIG failed with errno 1',
    ],
  ] as const)('is refused at any level when %s is refused', async (_layer, rule, reason) => {
    expect(await startUnder([rule], ['process'])).toEqual({
      code: 'ERR_CARAPACE_WORKER_START',
      message: expect.stringContaining(reason),
    });
  });
});

describe('OS-133 a worker that cannot put the second filter on itself', () => {
  const refused = [{ ...setSecondFilter, errno: EPERM }];
  const pretended = [{ ...setSecondFilter, errno: PRETENDED }];

  it.each([
    ['is refused', refused, 'the probe could not seal itself'],
    ['is pretended', pretended, 'Cannot seal worker: the second filter does not stand'],
  ])('is refused at any level when it %s', async (_how, rules, reason) => {
    for (const args of [[], ['process']]) {
      expect(await startUnder(rules, args)).toEqual({
        code: 'ERR_CARAPACE_WORKER_START',
        message: expect.stringContaining(reason),
      });
    }
  });
});

describe('OS-133 a kernel that says yes to a layer and does nothing', () => {
  it.each([
    ['landlock', [{ ...restrictSelf, errno: PRETENDED }], ['open-outside succeeded', 'exec succeeded']],
    [
      'seccomp',
      [{ ...setSeccomp, errno: PRETENDED }],
      ['socket succeeded', 'connect succeeded', 'udp succeeded', 'fork succeeded', 'executable-memory succeeded'],
    ],
    ['rlimits', [{ ...setAddressSpace, errno: PRETENDED }], ['memory succeeded']],
  ] as const)('is found out by the self-test: %s', async (layer, rules, succeeded) => {
    const report = await startUnder(rules);
    expect(report).toEqual({ code: 'ERR_CARAPACE_RUNTIME_SELF_TEST', message: expect.any(String) });
    for (const attempt of succeeded) {
      expect(report).toMatchObject({ message: expect.stringMatching(`${attempt} \\([^)]*${layer}\\)`) });
    }
  });

  it.runIf(isRoot)('is found out by the self-test: identity', async () => {
    const rules = [setCapabilities, setUser, dropBoundingSet].map((rule) => ({ ...rule, errno: PRETENDED }));
    expect(await startUnder(rules)).toEqual({
      code: 'ERR_CARAPACE_RUNTIME_SELF_TEST',
      message: expect.stringMatching(/inside the jail, privilege succeeded \([^)]*identity\)$/),
    });
  });

  it.runIf(isRoot)('cannot hide that no_new_privs is missing: Landlock cannot be attached without it', async () => {
    expect(await startUnder([{ ...setNoNewPrivileges, errno: PRETENDED }], [], true)).toEqual({
      code: 'ERR_CARAPACE_WORKER_START',
      message: expect.stringContaining('layer "landlock": landlock_restrict_self failed with errno 1'),
    });
  });
});
