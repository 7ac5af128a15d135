import type { FsOp } from '../../../protocol/messages.ts';
import type { EffectAnswer, EffectBroker, EffectRequest, EffectTrail } from '../effect.ts';
import { ruleOfErrno } from './errno-rule.ts';
import { FileBody } from './file-body.ts';
import type { FsCall } from './fs-call.ts';
import { DEFAULT_FS_LIMITS, type FsLimits, type FsMeter } from './fs-limits.ts';
import type { FsContent, FsResult } from './fs-outcome.ts';
import { errnoOf } from './fs-powers.ts';
import { FsFailure, refuse } from './fs-refusal.ts';
import type { MountRoot } from './mount-root.ts';
import { MountRootError } from './mount-root-error.ts';
import type { NamedHandle } from './named-handle.ts';
import { OpenHandles } from './open-handles.ts';
import { performOnHandle } from './perform-on-handle.ts';
import { performOnPath } from './perform-on-path.ts';
import { MAX_PATH_BYTES } from './virtual-path.ts';

/** Performs file operations for one call. Disposing it closes every handle and body; the mount roots stay open. */
export type FsBroker = EffectBroker<FsOp>;

export interface FsBrokerOptions {
  /** The running budget of the call. */
  readonly meter: FsMeter;
  /** Caps on single operations. Default: {@link DEFAULT_FS_LIMITS}. */
  readonly limits?: Partial<FsLimits>;
}

/**
 * @throws MountRootError (`ERR_CARAPACE_RUNTIME_MOUNT_DUPLICATE`) when two mounts share a name: the later one would
 * silently take the place of the earlier.
 */
export function createFsBroker(mounts: readonly MountRoot[], options: FsBrokerOptions): FsBroker {
  const { meter } = options;
  const limits = { ...DEFAULT_FS_LIMITS, ...options.limits };
  const handles = new OpenHandles<NamedHandle>(limits.maxOpenHandles);
  const call: FsCall = { roots: byName(mounts), limits, meter, handles };
  const underWay = new Set<Promise<unknown>>();
  return {
    async perform(request) {
      const answering = perform(call, request);
      underWay.add(answering);
      try {
        return await answering;
      } finally {
        underWay.delete(answering);
      }
    },
    /** What is under way ends first, without taking effect where it can: no change may follow the end of its call. */
    async [Symbol.asyncDispose]() {
      handles.close();
      await Promise.allSettled(underWay);
      await handles[Symbol.asyncDispose]();
    },
  };
}

async function perform(call: FsCall, { id, op, body }: EffectRequest<FsOp>): Promise<EffectAnswer> {
  const { handles } = call;
  if ('handle' in op) {
    const handle = handles.get(op.handle);
    if (handle === undefined) return answer('', refuse(handles.isClosed ? 'broker-closed' : 'handle-unknown'));
    const result = await attempt(() => performOnHandle(handles, handle, op, body));
    return answer(cut(handle.target), result, handle.scope.root);
  }
  const target = 'to' in op ? `${cut(op.path)} → ${cut(op.to)}` : cut(op.path);
  if (handles.isClosed) return answer(target, refuse('broker-closed'));
  const { root, work } = performOnPath(call, { id, op, body });
  return answer(target, await attempt(work), root);
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

/** What the disk answers is a refusal; any other error is a defect and must not be hidden. */
async function attempt(work: () => Promise<FsResult> | FsResult): Promise<FsResult> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FsFailure) return error.refusal;
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return refuse(ruleOfErrno(errno));
  }
}

/** The worker may be anybody: the type is a promise that only its decoder keeps. */
function cut(path: unknown): string {
  return typeof path === 'string' ? path.slice(0, MAX_PATH_BYTES) : '';
}

function answer(target: string, result: FsResult, root?: MountRoot): EffectAnswer {
  if (result.kind === 'refused') return { ...result, trail: trailOf(target, root, 0) };
  const { value, body, written } = result;
  return {
    kind: 'done',
    ...(value === undefined ? {} : { value }),
    ...(body === undefined ? {} : { body }),
    trail: trailOf(target, root, written ?? body ?? 0),
  };
}

function trailOf(target: string, root: MountRoot | undefined, content: FsContent | number): EffectTrail {
  return {
    target,
    ...(root === undefined ? {} : { mount: root.grant.mount, containment: root.containment.kind }),
    get bytes() {
      if (typeof content === 'number') return content;
      return content instanceof Uint8Array ? content.byteLength : content instanceof FileBody ? content.bytesRead : 0;
    },
  };
}
