/**
 * For tests of the wall itself: run a program of one's own in the jail, with any layer left out. Not for production: the
 * runtime always uses every layer. Also the frames of the worker's pipe, for whoever speaks on it instead of a worker.
 */
export type { JailLayers } from '../jail/jail-spec.ts';
export { decodeWorkerMessage, ProtocolViolation } from '../protocol/decode.ts';
export { encodeFrame, type Frame, type FrameLimits, FrameRefused } from '../protocol/frame.ts';
export { FrameParser } from '../protocol/frame-parser.ts';
export type { WorkerToHost } from '../protocol/messages.ts';
export { createGuards, type Guards } from './guards.ts';
export { type JailedProgramOptions, type JailedRun, runJailed } from './jailed-program.ts';
export { namespacesMissing } from './machine-namespaces.ts';
export { runEnclosedSelfTestWithout, runSelfTestWithout } from './self-test-without.ts';
export { createTestRuntime, type NetPowers } from './test-runtime.ts';
export { type TracedMoment, type TracedWorkerOptions, traceWorker } from './trace-worker.ts';
