import { afterAll, describe, expect, it } from 'vitest';
import { nodePoolPowers } from '../host/pool/pool-powers.ts';
import { ALL_LAYERS } from '../host/pool/spawn-worker.ts';
import { type LaunchFiles, openWorkerFiles } from '../jail/launch-files.ts';
import type { TrustedProgram } from '../jail/namespace/trusted-program.ts';
import {
  type ChosenConfinement,
  chooseConfinement,
  closeConfinement,
  type NamespaceUse,
} from './choose-confinement.ts';
import { protectionOf } from './protection-report.ts';

const files: LaunchFiles = openWorkerFiles();
afterAll(() => files.close());

async function choose(
  namespaces: NamespaceUse,
  program?: TrustedProgram,
  powers = nodePoolPowers,
): Promise<ChosenConfinement> {
  const chosen = await chooseConfinement({
    powers,
    launcherPath: files.launcherPath,
    profile: { jit: false, cpuSeconds: 30, layers: ALL_LAYERS },
    namespaces,
    ...(program === undefined ? {} : { program }),
  });
  closeConfinement(chosen.confinement);
  return chosen;
}

const NONE: TrustedProgram = { kind: 'refused', reason: 'bwrap is not installed in /usr/bin' };
/** A bubblewrap that the kernel lets do nothing. */
const POWERLESS: TrustedProgram = { kind: 'found', path: '/bin/false' };

describe('chooseConfinement', () => {
  it.each([
    ['switched off', 'off', undefined, 'the host has switched them off'],
    ['not installed', 'auto', NONE, 'bwrap is not installed in /usr/bin'],
    [
      'installed and powerless',
      'auto',
      POWERLESS,
      /^bubblewrap cannot start a worker here: .* ended before it was jailed/,
    ],
  ] as const)(
    'goes on without namespaces where they are %s, with the reason in the report',
    async (_name, use, program, reason) => {
      const { confinement, selfTest } = await choose(use, program);
      expect(confinement.enclosure).toEqual({
        kind: 'none',
        reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
      });
      expect(selfTest.layers).toContainEqual({
        layer: 'namespaces',
        state: 'absent',
        detail: confinement.enclosure.kind === 'none' ? confinement.enclosure.reason : '',
      });
      expect(protectionOf(selfTest.layers).level).not.toBe('contained');
    },
  );

  it('OS-128 refuses where they are required, with the reason', async () => {
    await expect(choose('required', NONE)).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_PROTECTION',
      message:
        'Cannot start runtime: namespaces are required, this machine gives none (bwrap is not installed in /usr/bin)',
    });
    await expect(choose('required', POWERLESS)).rejects.toMatchObject({ code: 'ERR_CARAPACE_RUNTIME_PROTECTION' });
  });

  it('uses none where a worker in them could not be killed by itself', async () => {
    const powers = { ...nodePoolPowers, loadKiller: () => Promise.resolve(undefined) };
    const { confinement } = await choose('auto', { kind: 'found', path: '/usr/bin/bwrap' }, powers);
    expect(confinement.enclosure).toMatchObject({ kind: 'none' });
  });

  it('always says of cgroups what there is', async () => {
    const { selfTest } = await choose('off');
    expect(selfTest.layers.map(({ layer }) => layer)).toContain('cgroup');
  });
});
