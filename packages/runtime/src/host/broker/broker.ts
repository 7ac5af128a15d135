import { assertNever } from '@carapace/manifest/base';
import type { FsOp, NetOp } from '../../protocol/messages.ts';
import type { EffectAnswer, EffectBroker, EffectRequest, EffectTrail } from './effect.ts';

/** Performs the effects of one call. The guest has no other way out. */
export interface Broker extends AsyncDisposable {
  perform(request: EffectRequest, signal: AbortSignal): Promise<EffectAnswer>;
}

export interface BrokerParts {
  /** Absent when no mount is granted: then there is nothing that could open a file. */
  readonly fs?: EffectBroker<FsOp>;
  /** Absent when no host is granted: then there is nothing that could open a socket. */
  readonly net?: EffectBroker<NetOp>;
  /** Given back when the broker is disposed: the tenant's private directory. */
  readonly data?: Disposable;
  readonly sourceMap?: string;
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>;
}

export function createBroker(parts: BrokerParts): Broker {
  return {
    perform: (request, signal) => perform(parts, request, signal),
    [Symbol.asyncDispose]: async () => {
      await Promise.all([parts.fs?.[Symbol.asyncDispose](), parts.net?.[Symbol.asyncDispose]()]);
      parts.data?.[Symbol.dispose]();
    },
  };
}

async function perform(parts: BrokerParts, request: EffectRequest, signal: AbortSignal): Promise<EffectAnswer> {
  const { op } = request;
  switch (op.family) {
    case 'fs':
      return parts.fs === undefined
        ? { ...NO_MOUNT, trail: trailOf(op) }
        : parts.fs.perform({ ...request, op }, signal);
    case 'net':
      return parts.net === undefined
        ? { ...NO_HOST, trail: trailOf(op) }
        : parts.net.perform({ ...request, op }, signal);
    case 'timer':
      await parts.sleep(op.delayMs, signal);
      return { kind: 'done' };
    case 'skill':
      return { kind: 'done', ...(parts.sourceMap === undefined ? {} : { body: Buffer.from(parts.sourceMap, 'utf8') }) };
    default:
      return assertNever(op);
  }
}

const NO_MOUNT = {
  kind: 'refused',
  code: 'ERR_CARAPACE_PERMISSION_FS_SCOPE',
  rule: 'no-mount-granted',
  toSkill: 'Cannot open path: it is not granted',
  remedy: 'Declare the directory in permissions.fs of the manifest, and agree to it when the skill is loaded',
} as const;

const NO_HOST = {
  kind: 'refused',
  code: 'ERR_CARAPACE_PERMISSION_NET_HOST',
  rule: 'no-host-granted',
  toSkill: 'Cannot fetch: the host is not granted',
  remedy: 'Declare the host in permissions.net of the manifest, and agree to it when the skill is loaded',
} as const;

/** What was asked for, as far as a record may hold it: of a URL the origin. */
function trailOf(op: FsOp | NetOp): EffectTrail {
  if (op.family === 'fs') return { target: 'path' in op ? op.path : '', bytes: 0 };
  return { target: op.method === 'fetch' ? `${op.verb} ${URL.parse(op.url)?.origin ?? ''}` : '', bytes: 0 };
}
