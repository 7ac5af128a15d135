import { encodeFrame } from '../protocol/frame.ts';
import type { GuestPort, IsolateEngine } from './isolate-engine.ts';

const SKILL = 'export default { tools: { rehearse: { run(input) { return { input }; } } } };';
const LOAD = {
  source: SKILL,
  filename: 'rehearsal.js',
  limits: { outputBytes: 1024, logBytes: 1024, requests: 1 },
  endowments: { fs: false, net: false },
};

/** Frames are made, because that is part of the way of a call, and sent to nobody. */
const NOBODY: GuestPort = { send: (message, body) => void encodeFrame(message, body), nextRequestId: () => 1 };

/**
 * Runs a call of ours in an isolate of its own, which is thrown away. V8 compiles a function when it is first called, so a
 * worker that has never run a call makes the first one wait for that: half a millisecond, which a spare has time for.
 */
export function rehearse(engine: IsolateEngine): void {
  const prepared = engine.prepare({ memoryMiB: 8 });
  try {
    prepared.open(LOAD, NOBODY).call('rehearsal', 'rehearse', '{}');
  } finally {
    prepared.dispose();
  }
}
