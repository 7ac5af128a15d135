import type { Walls } from './harness/walls.ts';

/** What holds at protection level `jailed`, below which a runtime does not start by default. */
export const CALL_WALLS: Walls = {
  process: 'fresh per call',
  systemCalls: 'filtered',
  files: 'kernel',
  network: 'kernel',
  limits: 'kill',
};

/** The process is kept for calls of the same skill, grants and tenant. */
export const KEPT_WALLS: Walls = { ...CALL_WALLS, process: 'own' };
