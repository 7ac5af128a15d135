import { assertNever } from '@carapace/manifest/base';
import type { BrokerOp } from '../../../protocol/messages.ts';
import { ruleOfErrno } from './errno-rule.ts';
import { FileBody } from './file-body.ts';
import { DEFAULT_FS_LIMITS, type FsLimits, type FsMeter } from './fs-limits.ts';
import type { FsDone, FsOutcome, FsTrail } from './fs-outcome.ts';
import { errnoOf } from './fs-powers.ts';
import { FsReadFailure, type FsRefusal, refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { MountRootError } from './mount-root-error.ts';
import type { MountRequest } from './open-granted.ts';
import { OpenHandles } from './open-handles.ts';
import { access } from './operations/access.ts';
import { readFile } from './operations/read-file.ts';
import { readdir } from './operations/readdir.ts';
import { stat } from './operations/stat.ts';
import { answerVirtualRoot } from './operations/virtual-root.ts';
import { MAX_PATH_BYTES, parseVirtualPath } from './virtual-path.ts';

export type FsOp = Extract<BrokerOp, { family: 'fs' }>;

/** Performs file operations for one call. Disposing it closes unread bodies; the mount roots belong to whoever opened them. */
export interface FsBroker extends AsyncDisposable {
  /** Never rejects because of what a guest asked or what is on the disk. */
  perform(op: FsOp, meter: FsMeter): Promise<FsOutcome>;
}

/**
 * @throws MountRootError (`ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE`) when two mounts share a name: the later one would
 * silently take the place of the earlier.
 */
export function createFsBroker(mounts: readonly MountRoot[], limits: FsLimits = DEFAULT_FS_LIMITS): FsBroker {
  const roots = byName(mounts);
  const handles = new OpenHandles(limits.maxOpenHandles);
  return {
    async perform(op, meter) {
      const parsed = parseVirtualPath(op.path);
      if (parsed.kind === 'refused') return withTrail(op, undefined, parsed);
      if (handles.isClosed) return withTrail(op, undefined, refuse('broker-closed'));
      if (parsed.kind === 'root') return withTrail(op, undefined, answerVirtualRoot(op, [...roots.keys()]));
      const root = roots.get(parsed.mount);
      if (root === undefined) return withTrail(op, undefined, refuse('mount-unknown'));
      return withTrail(op, root, await attempt(op, { root, path: parsed, limits, meter, handles }));
    },
    [Symbol.asyncDispose]: () => handles[Symbol.asyncDispose](),
  };
}

function byName(mounts: readonly MountRoot[]): ReadonlyMap<string, MountRoot> {
  const roots = new Map<string, MountRoot>();
  for (const root of mounts) {
    const name = root.grant.mount;
    if (roots.has(name)) {
      throw new MountRootError(
        'ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE',
        `Cannot mount "${name}": another mount has that name`,
      );
    }
    roots.set(name, root);
  }
  return roots;
}

async function attempt(op: FsOp, request: MountRequest): Promise<FsDone | FsRefusal> {
  try {
    return await dispatch(op, request);
  } catch (error) {
    if (error instanceof FsReadFailure) return error.refusal;
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return refuse(ruleOfErrno(errno));
  }
}

async function dispatch(op: FsOp, request: MountRequest): Promise<FsDone | FsRefusal> {
  switch (op.method) {
    case 'readFile':
      return await readFile(request);
    case 'readdir':
      return await readdir(request);
    case 'stat':
      return stat(request);
    case 'access':
      return access(request, op.mode);
    default:
      return assertNever(op);
  }
}

function withTrail(op: FsOp, root: MountRoot | undefined, result: FsDone | FsRefusal): FsOutcome {
  return { ...result, trail: trailOf(op.path, root, result) };
}

function trailOf(path: unknown, root: MountRoot | undefined, result: FsDone | FsRefusal): FsTrail {
  const body = result.kind === 'done' ? result.body : undefined;
  return {
    ...(root === undefined ? {} : { mount: root.grant.mount }),
    path: typeof path === 'string' ? path.slice(0, MAX_PATH_BYTES) : '',
    containment: root?.containment.kind ?? 'none',
    get bytes() {
      return body instanceof FileBody ? body.bytesRead : (body?.byteLength ?? 0);
    },
  };
}
