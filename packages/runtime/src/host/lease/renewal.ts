import { decodeWorkerMessage, ProtocolViolation } from '../../protocol/decode.ts';
import type { Frame } from '../../protocol/frame.ts';
import type { WorkerProcess } from '../pool/worker-process.ts';

/** Throwing away one isolate and preparing the next takes some 4 ms; a worker that needs this long hides something. */
const RENEWAL_MS = 2_000;

/**
 * Has the worker throw away the isolate of the last call. True when it says that it has, and says nothing else. Its word
 * does not make it clean, but it will only ever meet calls of the very skill, grants and tenant that it knows already.
 */
export function awaitRenewal(worker: WorkerProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const finish = (renewed: boolean): void => {
      clearTimeout(timer);
      resolve(renewed);
    };
    const timer = setTimeout(() => finish(false), RENEWAL_MS);
    let answered = false;
    worker.attach({
      onFrame: (frame) => {
        // What comes in one piece with the answer would be nobody's frame, and the next call would start with it.
        finish(!answered && isRenewed(frame));
        if (answered) void worker.kill('protocol');
        answered = true;
      },
      onViolation: () => finish(false),
      onExit: () => finish(false),
    });
    void worker.send({ kind: 'renew' });
  });
}

function isRenewed({ head, body }: Frame): boolean {
  try {
    return decodeWorkerMessage(head).kind === 'renewed' && body.length === 0;
  } catch (error) {
    if (error instanceof ProtocolViolation) return false;
    throw error;
  }
}
