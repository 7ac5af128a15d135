import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REPOSITORY, type Surroundings, startUnder } from './hosts/start-under.ts';

/**
 * An unprivileged container, simulated: an ordinary user, no capability, `no_new_privs`, a read-only root without a folder that
 * could be written, a process namespace of its own, no network, and no right to make user namespaces.
 */
const isRoot = process.getuid?.() === 0;
const BWRAP = '/usr/bin/bwrap';
/** For `nobody`, who may not enter every folder that a repository is kept in. */
const INSIDE = '/srv/repository';

/** Every flag that bubblewrap makes its namespaces with, and SIGCHLD, in one word, as a container's filter refuses it. */
const CLONE_INTO_NAMESPACES = 0x7e020011;
const NO_USER_NAMESPACES = [
  { number: 56, argument: 0, value: CLONE_INTO_NAMESPACES, errno: 1 },
  { number: 272, errno: 1 },
];

const words = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split(' '));

/** Root makes the place and leaves its rights behind: the files of the system go on to belong to root, as in a container. */
const BY_ROOT: Surroundings = {
  wrapper: words(
    `${BWRAP} --unshare-pid --unshare-ipc --unshare-net --die-with-parent`,
    '--ro-bind / / --proc /proc --dev /dev --remount-ro /dev --tmpfs /srv',
    `--ro-bind ${REPOSITORY} ${INSIDE} --remount-ro /srv --`,
    '/usr/bin/setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all',
  ),
  repository: INSIDE,
  rules: NO_USER_NAMESPACES,
};

/** An ordinary user has only a user namespace to make it with, in which no file belongs to root. */
const BY_USER: Surroundings = {
  wrapper: words(
    `${BWRAP} --unshare-user --uid 1000 --gid 1000 --disable-userns --cap-drop ALL`,
    '--unshare-pid --unshare-ipc --unshare-net --die-with-parent',
    '--ro-bind / / --proc /proc --dev /dev --remount-ro /dev --',
  ),
};

const CONTAINER = isRoot ? BY_ROOT : BY_USER;
const NO_NAMESPACES = isRoot ? /^bubblewrap cannot start a worker here: .*bwrap: / : /does not belong to root$/;

const CREATE_RULESET = 444;
const ENOSYS = 38;
const WITHOUT_LANDLOCK: Surroundings = {
  ...CONTAINER,
  rules: [...(CONTAINER.rules ?? []), { number: CREATE_RULESET, errno: ENOSYS }],
};

const simulated = existsSync(BWRAP) ? describe : describe.skip;
const title = existsSync(BWRAP) ? '' : ' (bubblewrap is not installed, so none can be simulated)';

simulated(`an unprivileged container${title}`, () => {
  it('is served at the level jailed, by Landlock and the filter, and the report says why there are no namespaces', async () => {
    expect(await startUnder(CONTAINER)).toMatchObject({
      structured: 5,
      level: 'jailed',
      stamped: 'jailed',
      layers: expect.arrayContaining([
        { layer: 'namespaces', state: 'absent', detail: expect.stringMatching(NO_NAMESPACES) },
        { layer: 'landlock', state: expect.stringMatching('enforced|partial'), detail: expect.any(String) },
        { layer: 'seccomp', state: 'enforced', detail: expect.any(String) },
      ]),
    });
  });

  it('is refused where namespaces are required', async () => {
    expect(await startUnder(CONTAINER, { namespaces: 'required' })).toEqual({
      code: 'ERR_CARAPACE_RUNTIME_PROTECTION',
      message: expect.stringMatching(/^Cannot start runtime: namespaces are required, this machine gives none \(/),
    });
  });

  it('is refused where the level contained is required', async () => {
    expect(await startUnder(CONTAINER, { minimumProtection: 'contained' })).toEqual({
      code: 'ERR_CARAPACE_RUNTIME_PROTECTION',
      message: expect.stringMatching(/"contained" is required, this machine enforces "jailed" \(namespaces: /),
    });
  });

  it('is refused without Landlock, by name of what is missing, and served at the level that an operator names', async () => {
    expect(await startUnder(WITHOUT_LANDLOCK)).toEqual({
      code: 'ERR_CARAPACE_RUNTIME_PROTECTION',
      message: expect.stringContaining(
        '"jailed" is required, this machine enforces "filtered" (landlock: the kernel offers no Landlock here',
      ),
    });
    expect(await startUnder(WITHOUT_LANDLOCK, { minimumProtection: 'filtered' })).toMatchObject({
      structured: 5,
      stamped: 'filtered',
    });
  });
});
