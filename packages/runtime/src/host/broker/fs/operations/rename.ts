import { tooDeep } from '../book-change.ts';
import { claimName } from '../claim-name.ts';
import { isDangerousPath } from '../dangerous-names.ts';
import { DONE, type FsResult } from '../fs-outcome.ts';
import { concealUnmatched, demandAccess, isListed } from '../fs-policy.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { nameRemedy } from '../fs-remedy.ts';
import { type FileTarget, lookAtTarget, releaseReplaced } from '../look-at-target.ts';
import { openBeneath } from '../open-beneath.ts';
import { admit, type MountRequest, openGranted } from '../open-granted.ts';
import { bringUp } from '../overlay/bring-up.ts';
import { PinnedParent, pinParent } from '../pin-parent.ts';
import { surveyTree } from '../survey-tree.ts';

/**
 * Moves within one mount. Needs `delete` where it leaves, and `create` (or `write`, to replace a file) where it arrives.
 * A directory is looked through first: what is below it has to be granted here and there.
 */
export async function rename(source: MountRequest, target: MountRequest): Promise<FsResult> {
  if (source.root !== target.root) return refuse('cross-mount');
  return await source.root.changes.take(() => move(source, target));
}

async function move(source: MountRequest, target: MountRequest): Promise<FsResult> {
  const entry = openGranted(source, 'remove', 'inspect');
  if (entry.kind === 'refused') return entry;
  entry.handle[Symbol.dispose]();
  const from = source.path.components;
  const to = target.path.components;
  if (from.length === 0 || to.length === 0) return refuse('mount-root');
  const admission = admit(target, entry.kind === 'file' ? 'put' : 'make-directory');
  if (admission.kind === 'refused') return admission;
  if (startsWith(to, from)) return to.length === from.length ? DONE : refuse('move-into-itself');
  if (entry.kind === 'directory') {
    // What is below it may be in two places. EXDEV makes programs copy, as they do on other overlays.
    if (source.root.overlay !== undefined) return refuse('cross-mount');
    const refused = (await surveyMove(source, to)) ?? lookAtDirectoryTarget(target, admission.scope);
    return refused ?? (await moveName(source, target, undefined, true));
  }
  return await moveFile(source, target);
}

async function moveFile(source: MountRequest, target: MountRequest): Promise<FsResult> {
  const { root, path } = target;
  if (path.mustBeDirectory) return refuse('not-directory');
  const deep = tooDeep(path.components, target);
  if (deep !== undefined) return deep;
  const old = lookAtTarget(root, path);
  if (old.kind === 'refused') return old;
  const missing = demandAccess(root.grant, old.kind === 'file' ? 'write' : 'create');
  if (missing !== undefined) return missing;
  const mayReplace = root.grant.access.has('write');
  return await moveName(source, target, old.kind === 'file' ? old : undefined, mayReplace);
}

function startsWith(path: readonly string[], start: readonly string[]): boolean {
  return start.every((name, index) => path[index] === name);
}

/** Every name below the directory has to be granted and harmless where it will stand, as surveyTree asks of where it is. */
async function surveyMove(source: MountRequest, to: readonly string[]): Promise<FsRefusal | undefined> {
  const { grant } = source.root;
  const entries = await surveyTree(source);
  if ('rule' in entries) return entries;
  for (const { components, kind } of entries) {
    const moved = [...to, ...components.slice(source.path.components.length)];
    const deep = tooDeep(moved, source);
    if (deep !== undefined) return deep;
    if (!isListed(grant, moved.join('/'), kind === 'directory')) return refuse('path-not-matched');
    if (grant.allowDangerousNames !== true && isDangerousPath(moved)) {
      return refuse('dangerous-name', nameRemedy(grant.mount));
    }
  }
  return undefined;
}

/** The kernel lets a directory replace an empty one, and nothing else. */
function lookAtDirectoryTarget({ root, path }: MountRequest, scope: 'matched' | 'through'): FsRefusal | undefined {
  const entry = openBeneath(root, path, 'inspect');
  if (entry.kind === 'refused') return entry.rule === 'not-found' ? undefined : concealUnmatched(entry, scope);
  entry.handle[Symbol.dispose]();
  return entry.kind === 'directory' ? undefined : concealUnmatched(refuse('not-directory'), scope);
}

async function moveName(
  source: MountRequest,
  target: MountRequest,
  old: FileTarget | undefined,
  mayReplace: boolean,
): Promise<FsResult> {
  const { root } = source;
  const from = pinParent(root, source.path.components);
  if (!(from instanceof PinnedParent)) return from;
  using left = from;
  const to = pinParent(root, target.path.components);
  if (!(to instanceof PinnedParent)) return to;
  using entered = to;
  const copied = root.overlay === undefined ? undefined : bringUp(root, root.overlay, source.path);
  if (copied !== undefined) return copied;
  const claimed = mayReplace ? undefined : claimName(root.powers, entered);
  if (claimed !== undefined) return claimed;
  await root.powers.rename(left.pathOf(), entered.pathOf());
  releaseReplaced(root, old);
  root.overlay?.hidden.hide(source.path.components);
  return DONE;
}
