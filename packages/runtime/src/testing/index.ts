/**
 * For tests of the wall itself: run a program of one's own in the jail, with any layer left out. Not for production: the
 * runtime always uses every layer.
 */
export type { JailLayers } from '../jail/jail-spec.ts';
export { type JailedProgramOptions, type JailedRun, runJailed } from './jailed-program.ts';
export { runSelfTestWithout } from './self-test-without.ts';
