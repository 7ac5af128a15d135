import { describe, expect, it } from 'vitest';
import { bubblewrapArguments } from './bubblewrap-arguments.ts';
import { type EnclosureSpec, type NamespaceIds, REQUIRED_NAMESPACES } from './enclosure.ts';
import { findEnclosures } from './find-enclosures.ts';
import { hostPrivilege, modesFor } from './host-privilege.ts';
import { describeEnclosure, ownNamespaces, pidSeenByHost } from './own-namespaces.ts';
import { ownLoader, parseLoaderList } from './sandbox-files.ts';

const ids = (suffix: string): NamespaceIds =>
  Object.fromEntries([...REQUIRED_NAMESPACES, 'user'].map((name) => [name, `${name}:[${suffix}]`]));
const spec = (userNamespace: boolean, outside: NamespaceIds = ids('1')): EnclosureSpec => ({
  kind: 'namespaces',
  outside,
  hostProcDescriptor: 7,
  userNamespace,
});

describe('describeEnclosure', () => {
  it('is enforced when every namespace is another one', () => {
    expect(describeEnclosure(spec(true), ids('2'))).toMatchObject({ layer: 'namespaces', state: 'enforced' });
  });

  it.each(REQUIRED_NAMESPACES)('is partial when %s is shared with the host or does not exist', (name) => {
    const shared = { ...ids('2'), [name]: ids('1')[name] };
    expect(describeEnclosure(spec(false), shared)).toMatchObject({ state: 'partial' });
    const { [name]: _missing, ...rest } = ids('2');
    expect(describeEnclosure(spec(false), rest)).toMatchObject({ state: 'partial' });
  });

  it('wants a user namespace only where one was asked for', () => {
    const shared = { ...ids('2'), user: 'user:[1]' };
    expect(describeEnclosure(spec(false), shared)).toMatchObject({ state: 'enforced' });
    expect(describeEnclosure(spec(true), shared)).toMatchObject({
      state: 'partial',
      detail: expect.stringMatching(/user$/),
    });
  });

  it('is absent with the reason where none was asked for', () => {
    const none: EnclosureSpec = { kind: 'none', reason: 'because' };
    expect(describeEnclosure(none)).toEqual({ layer: 'namespaces', state: 'absent', detail: 'because' });
    expect(pidSeenByHost(none)).toBe(process.pid);
  });

  it('knows the namespaces of this very process, which are those of the host', () => {
    expect(describeEnclosure(spec(false, ownNamespaces()))).toMatchObject({ state: 'partial' });
  });
});

describe('modesFor', () => {
  const root = { isRoot: true, mayAdminister: true, mayChangeUser: true };
  it('OS-131 gives real root no user namespace, in which it would stay user 0 outside', () => {
    expect(modesFor(root).map(({ userNamespace }) => userNamespace)).toEqual([false]);
    expect(modesFor({ ...root, mayAdminister: false })).toEqual([]);
  });

  it('OS-127 asks an ordinary user’s bubblewrap to forbid further user namespaces, then for less', () => {
    const modes = [
      { userNamespace: true, disableUserNamespaces: true },
      { userNamespace: true, disableUserNamespaces: false },
    ];
    expect(modesFor({ isRoot: false, mayAdminister: false, mayChangeUser: false })).toEqual(modes);
    expect(modesFor({ isRoot: true, mayAdminister: false, mayChangeUser: false })).toEqual(modes);
  });

  it('reads capabilities from the text of the kernel, and none from any other text', () => {
    expect(hostPrivilege('CapEff:\t0000000000200080\n', true)).toEqual(root);
    expect(hostPrivilege('CapEff:\t0000000000200000\n', true)).toEqual({ ...root, mayChangeUser: false });
    expect(hostPrivilege('CapEff:\t0000000000000080\n', false)).toEqual({
      ...root,
      isRoot: false,
      mayAdminister: false,
    });
    expect(hostPrivilege('', true)).toEqual({ isRoot: true, mayAdminister: false, mayChangeUser: false });
  });
});

describe('bubblewrapArguments', () => {
  const files = [{ source: '/opt/n', target: '/carapace/bin/node' }];
  const unprivileged = bubblewrapArguments(files, { userNamespace: true, disableUserNamespaces: true });
  const root = bubblewrapArguments(files, { userNamespace: false, disableUserNamespaces: false });

  it('asks for every namespace by name, so that one that cannot be had is an error', () => {
    for (const args of [unprivileged, root]) {
      expect(args).toEqual(
        expect.arrayContaining([
          '--unshare-pid',
          '--unshare-net',
          '--unshare-ipc',
          '--unshare-uts',
          '--unshare-cgroup',
        ]),
      );
      expect(args).toEqual(expect.arrayContaining(['--die-with-parent', '--new-session', '--clearenv']));
      expect(args.filter((arg) => arg.endsWith('-try'))).toEqual([]);
      expect(args.at(-1)).toBe('--');
    }
    expect(unprivileged).toEqual(expect.arrayContaining(['--unshare-user', '--disable-userns']));
    expect(root).not.toContain('--unshare-user');
  });

  it('adds capabilities only where the launcher needs them to become nobody', () => {
    expect(unprivileged).not.toContain('--cap-add');
    expect(root.filter((_, at) => root[at - 1] === '--cap-add')).toEqual([
      'CAP_SETUID',
      'CAP_SETGID',
      'CAP_SETPCAP',
      'CAP_DAC_READ_SEARCH',
    ]);
  });

  it('binds read-only, makes each folder before what is in it, and closes the root last', () => {
    expect(unprivileged.join(' ')).toContain(
      '--dir /carapace --dir /carapace/bin --ro-bind /opt/n /carapace/bin/node --proc /proc --remount-ro /',
    );
    expect(unprivileged.filter((arg) => /^--(dev-)?bind/.test(arg))).toEqual([]);
  });
});

describe('the files of the root', () => {
  it('are what the loader of glibc and of musl lists, links and targets alike', () => {
    const glibc =
      '\tlinux-vdso.so.1 (0x1)\n\tlibm.so.6 => /lib/libm.so.6 (0x2)\n\t/lib64/ld.so => /usr/lib/ld.so (0x3)\n';
    expect(parseLoaderList(glibc)).toEqual(['/lib/libm.so.6', '/lib64/ld.so', '/usr/lib/ld.so']);
    const musl = '\t/lib/ld-musl-x86_64.so.1 (0x1)\n\tlibc.so => /lib/ld-musl-x86_64.so.1 (0x1)\n';
    expect(parseLoaderList(musl)).toEqual(['/lib/ld-musl-x86_64.so.1']);
    expect(parseLoaderList('\tlibgone.so => not found\n')).toEqual([]);
  });

  it('are asked of the loader that runs this very Node', () => {
    expect(ownLoader('7f00-7f01 r-xp 0 00:01 5    /usr/lib/ld-linux-x86-64.so.2\n')).toBe(
      '/usr/lib/ld-linux-x86-64.so.2',
    );
    expect(ownLoader('7f00-7f01 r-xp 0 00:01 5    /opt/node\n')).toBeUndefined();
    expect(ownLoader()).toMatch(/^\/.*\/ld-/);
  });
});

describe('findEnclosures', () => {
  const outputOf = (): Promise<string> => Promise.resolve('');
  const privilege = { isRoot: false, mayAdminister: false, mayChangeUser: false };
  it('finds none without a trusted bubblewrap, and says why', async () => {
    const found = await findEnclosures({
      launcherPath: '/l.js',
      outputOf,
      privilege,
      program: { kind: 'refused', reason: 'not there' },
    });
    expect(found).toEqual({ kind: 'none', reason: 'not there' });
  });

  it('OS-131 finds none for root that could become nobody but may make no namespaces', async () => {
    const found = await findEnclosures({
      launcherPath: '/l.js',
      outputOf,
      privilege: { isRoot: true, mayAdminister: false, mayChangeUser: true },
      program: { kind: 'found', path: '/usr/bin/bwrap' },
    });
    expect(found).toMatchObject({ kind: 'none', reason: expect.stringContaining('CAP_SYS_ADMIN') });
  });

  it('uses the absolute path that was judged', async () => {
    const program = { kind: 'found', path: '/usr/bin/bwrap' } as const;
    const found = await findEnclosures({ launcherPath: '/l.js', outputOf, privilege, program });
    expect(found).toMatchObject({ kind: 'candidates', enclosures: [{ program: '/usr/bin/bwrap' }, {}] });
  });
});
