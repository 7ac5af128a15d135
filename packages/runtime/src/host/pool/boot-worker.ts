import { RuntimeFailure } from '../../errors.ts';
import type { LayerReport } from '../../jail/jail-spec.ts';
import { decodeWorkerMessage, ProtocolViolation } from '../../protocol/decode.ts';
import type { Frame } from '../../protocol/frame.ts';
import { PROTOCOL_VERSION } from '../../protocol/messages.ts';
import { awaitStart, type WorkerProcess } from './worker-process.ts';

/** A worker that is booted and jailed and has not seen any skill. */
export interface ReadyWorker {
  readonly worker: WorkerProcess;
  readonly layers: readonly LayerReport[];
}

/** Waits until a started process is a worker of this version. Kills it and throws ERR_CARAPACE_WORKER_START otherwise. */
export async function bootWorker(worker: WorkerProcess, timeoutMs: number): Promise<ReadyWorker> {
  const { layers } = await awaitStart(worker, isReadyFrame, timeoutMs);
  // It may have died, or spoken again, between its frame and this line: nobody would ever be told of it.
  if (!worker.alive)
    throw new RuntimeFailure('ERR_CARAPACE_WORKER_START', 'Cannot start worker: it ended when it was ready');
  return { worker, layers };
}

function isReadyFrame(frame: Frame): boolean {
  try {
    const message = decodeWorkerMessage(frame.head);
    return message.kind === 'ready' && message.version === PROTOCOL_VERSION;
  } catch (error) {
    if (error instanceof ProtocolViolation) return false;
    throw error;
  }
}
