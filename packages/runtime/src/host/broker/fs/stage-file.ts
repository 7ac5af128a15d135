import { bookName, type ChangeScope, tooDeep } from './book-change.ts';
import { FILE_MODE } from './claim-name.ts';
import { ruleOfErrno } from './errno-rule.ts';
import { demandAccess } from './fs-policy.ts';
import { CREATE_FLAGS } from './fs-powers.ts';
import { type FsRefusal, refuse } from './fs-refusal.ts';
import { lookAtTarget } from './look-at-target.ts';
import type { BeneathPath } from './open-beneath.ts';
import { admit, type MountRequest } from './open-granted.ts';
import { OwnedFd } from './owned-fd.ts';
import { PinnedParent, pinParent } from './pin-parent.ts';
import { StagedFile } from './staged-file.ts';
import { temporaryName } from './temporary-name.ts';

/** Asks the grant, looks at what is there, and stages: what every operation that puts a whole file has in common. */
export function stageGranted(request: MountRequest, exclusive: boolean): StagedFile | FsRefusal {
  const { root, path } = request;
  const admission = admit(request, exclusive ? 'create' : 'put');
  if (admission.kind === 'refused') return admission;
  const target = lookAtTarget(root, path);
  if (target.kind === 'refused') return target;
  if (target.kind === 'file' && exclusive) return refuse('exists');
  const missing = demandAccess(root.grant, target.kind === 'file' ? 'write' : 'create');
  return missing ?? stageFile(request, path);
}

/** Opens an empty file beside the name it is meant for. Nothing that can be seen has changed until it is committed. */
function stageFile(scope: ChangeScope, path: BeneathPath): StagedFile | FsRefusal {
  const deep = tooDeep(path.components, scope);
  if (deep !== undefined) return deep;
  if (path.mustBeDirectory) return refuse('is-directory');
  const { root } = scope;
  const parent = pinParent(root, path.components);
  if (!(parent instanceof PinnedParent)) return parent;
  const booked = bookName(scope, parent.directory);
  const temporary = temporaryName(root.powers);
  const opened = booked === undefined ? root.powers.open(parent.pathOf(temporary), CREATE_FLAGS, FILE_MODE) : undefined;
  if (opened?.kind === 'opened') {
    return new StagedFile({ scope, path, parent, temporary, handle: new OwnedFd(opened.fd, root.powers.close) });
  }
  parent[Symbol.dispose]();
  if (opened === undefined) return booked ?? refuse('io-failure');
  root.quota?.release(0, 1);
  return refuse(ruleOfErrno(opened.errno));
}
