import { DESCRIPTORS } from '../jail/jail-spec.ts';
import type { Frame } from '../protocol/frame.ts';
import { type HostToWorker, PROTOCOL_VERSION } from '../protocol/messages.ts';
import { type BlockingChannel, openBlockingChannel } from './blocking-channel.ts';
import { type GuestPort, IsolateLost } from './isolate-engine.ts';
import { createIsolatedVmEngine } from './isolated-vm-engine.ts';
import { rehearse } from './rehearse.ts';
import { seal } from './seal.ts';
import { SkillSlot } from './skill-slot.ts';

/** The default of the manifest's memory limit: a spare prepares its isolate for it and starts over for any other. */
const USUAL_MEMORY_MIB = 64;

/**
 * The worker: one loop over two system calls. It reads a frame, lets the isolate run until it has nothing left to do, and
 * reads the next. There is no event loop, so no timer and no callback of Node's can run between two frames.
 */
function serve(channel: BlockingChannel): void {
  const engine = createIsolatedVmEngine();
  rehearse(engine);
  const slot = new SkillSlot(engine, createPort(channel), USUAL_MEMORY_MIB);
  seal();
  channel.send({ kind: 'ready', version: PROTOCOL_VERSION });
  for (let frame = channel.receive(); frame !== undefined; frame = channel.receive()) {
    const message = messageOf(frame);
    switch (message.kind) {
      case 'load':
        slot.load({ ...message, source: textOf(frame) });
        break;
      case 'call':
        slot.open().call(message.call, message.tool, textOf(frame), message.secrets);
        break;
      case 'reply':
        slot.current?.deliver(message, frame.body);
        break;
      case 'abort':
        slot.current?.abort(message.reason);
        break;
      case 'renew':
        slot.renew();
        channel.send({ kind: 'renewed' });
        break;
    }
  }
}

function createPort(channel: BlockingChannel): GuestPort {
  let lastRequest = 0;
  return {
    send: (message, body) => channel.send(message, body),
    nextRequestId: () => {
      lastRequest += 1;
      return lastRequest;
    },
  };
}

function messageOf({ head }: Frame): HostToWorker {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the host is the authority; a worker that doubted it could do nothing else
  return head as HostToWorker;
}

function textOf({ body }: Frame): string {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
}

const channel = openBlockingChannel(DESCRIPTORS.protocol);
try {
  serve(channel);
} catch (error) {
  if (!(error instanceof IsolateLost)) throw error;
  channel.send({ kind: 'engine-lost' });
}
