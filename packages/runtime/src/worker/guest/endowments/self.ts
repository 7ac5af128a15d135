import type { Endowment } from '../endowment.ts';

/** Minimum Common Web Platform API: another name of `globalThis`, by which many libraries look for the platform. */
export const self: Endowment = {
  names: ['self'],
  install: () => ({ self: globalThis }),
};
