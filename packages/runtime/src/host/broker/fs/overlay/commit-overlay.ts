import type { FsOp } from '../../../../protocol/messages.ts';
import type { EffectBroker } from '../../effect.ts';
import { createFsBroker } from '../fs-broker.ts';
import type { FsAccess } from '../mount-grant.ts';
import type { MountRoot, OverlayLayers } from '../mount-root.ts';
import { changesOf, type OverlayChange } from './diff-overlay.ts';

/** What a commit came to. */
export interface OverlayCommit {
  readonly applied: number;
  /** Nothing of these was done, and the overlay keeps everything: the granted directory changed meanwhile, or the disk said no. */
  readonly failed: readonly { readonly path: string; readonly rule: string }[];
}

const EVERYTHING: ReadonlySet<FsAccess> = new Set(['read', 'list', 'write', 'create', 'delete']);

/**
 * Puts the changes into the granted directory, through the same broker and the same gate as a skill's own writes, with
 * the operator's rights: each file is replaced at once, and none through a link. What was removed goes first, deepest first.
 */
export async function commitOverlay(lower: MountRoot, root: MountRoot, layers: OverlayLayers): Promise<OverlayCommit> {
  const changes = await collect(root, layers);
  const target = lower.withGrant({ ...openGrant(lower, 'target'), allowDangerousNames: true });
  const source = layers.upper.withGrant({ ...openGrant(layers.upper, 'source'), allowDangerousNames: true });
  await using broker = createFsBroker([target, source], { meter: { charge: () => true } });
  const failed: { path: string; rule: string }[] = [];
  for (const [index, op] of changes.map(opOf).entries()) {
    const rule = await apply(broker, op, index + 1);
    const path = changes[index]?.path ?? '';
    if (rule !== undefined) failed.push({ path, rule });
  }
  return { applied: changes.length - failed.length, failed };
}

async function collect(root: MountRoot, layers: OverlayLayers): Promise<readonly OverlayChange[]> {
  const changes: OverlayChange[] = [];
  for await (const change of changesOf(root, layers)) changes.push(change);
  const removed = changes.filter(({ change }) => change === 'removed');
  const put = changes.filter(({ change }) => change !== 'removed');
  const byDepth = (a: OverlayChange, b: OverlayChange): number => a.path.split('/').length - b.path.split('/').length;
  return [...removed.toSorted((a, b) => byDepth(b, a)), ...put.toSorted(byDepth)];
}

/** The operator decides about the whole; the skill was held to its own grant when it wrote. */
function openGrant({ grant }: MountRoot, mount: string): MountRoot['grant'] {
  return { ...grant, mount, access: EVERYTHING, matches: () => true, matchesDirectory: () => true };
}

function opOf({ path, kind, change }: OverlayChange): FsOp {
  const to = `/target/${path}`;
  if (change === 'removed') return { family: 'fs', method: 'rm', path: to, target: kind, recursive: false };
  if (kind === 'directory') return { family: 'fs', method: 'mkdir', path: to, recursive: true };
  return { family: 'fs', method: 'copyFile', path: `/source/${path}`, to, exclusive: false };
}

async function apply(broker: EffectBroker<FsOp>, op: FsOp, id: number): Promise<string | undefined> {
  const answer = await broker.perform({ id, op, body: new Uint8Array() }, new AbortController().signal);
  if (answer.kind === 'done') return undefined;
  // Gone already, which is what was wanted.
  return op.family === 'fs' && op.method === 'rm' && answer.rule === 'not-found' ? undefined : answer.rule;
}
