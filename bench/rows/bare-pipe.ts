import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { encodeFrame, FrameParser } from '@carapace/runtime/testing';
import type { BenchRow } from '../harness/row.ts';

const PROGRAM = fileURLToPath(new URL('../programs/echo-frames.ts', import.meta.url));
const FRAME_BYTES = 100;
const WARM_UP = 500;

export const barePipe: BenchRow = {
  id: 'bare-pipe',
  group: 'carapace',
  title: `round trip of a frame of ${FRAME_BYTES} bytes between two Node processes, no isolate, no jail`,
  unit: 'µs',
  better: 'lower',
  samples: { full: 20_000, quick: 2_000 },
  measure: async (count) => {
    const stdio = ['ignore', 'ignore', 'inherit', 'pipe'] as const;
    const child = spawn(process.execPath, ['--conditions=carapace-source', PROGRAM], { stdio: [...stdio] });
    const channel = child.stdio[3];
    if (!(channel instanceof Duplex)) throw new TypeError('Cannot talk to child: it has no channel');
    try {
      const roundTrip = echoOver(channel);
      const samples: number[] = [];
      for (let index = -WARM_UP; index < count; index += 1) {
        const took = await roundTrip();
        if (index >= 0) samples.push(took * 1_000);
      }
      return { samples };
    } finally {
      channel.end();
      await once(child, 'exit');
    }
  },
};

/** Sends one frame and waits for it to come back, in ms. The answer is parsed: the guarded calls pay for that too. */
function echoOver(channel: Duplex): () => Promise<number> {
  const parser = new FrameParser({ headBytes: 1_024, bodyBytes: 1_024 });
  const head = { kind: 'echo' };
  const body = Buffer.alloc(FRAME_BYTES - encodeFrame(head).length, 'x');
  let settle: { resolve: (took: number) => void; reject: (reason: Error) => void; startedAt: number } | undefined;
  channel.on('data', (chunk: Buffer) => {
    for (const _frame of parser.push(chunk)) {
      settle?.resolve(performance.now() - settle.startedAt);
    }
  });
  channel.on('close', () => settle?.reject(new Error('Cannot echo: the child has ended')));
  return () =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject, startedAt: performance.now() };
      channel.write(encodeFrame(head, body));
    });
}
