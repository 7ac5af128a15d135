/**
 * What stands between code that is run and the process that wants it run, as the bench starts it. `kernel` holds when the
 * code has taken over its own process; `runtime` holds as long as the engine has no hole; `none` is no wall.
 */
export interface Walls {
  /** Whose process the code is in. */
  readonly process: 'fresh per call' | 'own' | 'own, shared' | "the host's";
  /** Whether a seccomp filter narrows what the process may ask of the kernel. */
  readonly systemCalls: 'filtered' | 'none';
  readonly files: 'kernel' | 'runtime' | 'none';
  readonly network: 'kernel' | 'runtime' | 'none';
  /** What ends a call that takes too much time or memory. `engine`: a check within the engine, which built-ins can outlast. */
  readonly limits: 'kill' | 'engine' | 'none';
}

/** Columns of a table, in the order of reading. */
export const WALL_COLUMNS: readonly (readonly [keyof Walls, string])[] = [
  ['process', 'process'],
  ['systemCalls', 'system calls'],
  ['files', 'files'],
  ['network', 'network'],
  ['limits', 'limits'],
];
