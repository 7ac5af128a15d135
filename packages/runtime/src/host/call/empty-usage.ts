import type { ResultUsage } from '../../result/provenance.ts';

/** The usage of a call that never reached a worker. */
export function emptyUsage(): ResultUsage {
  return {
    wallMs: 0,
    cpuMs: 0,
    peakMemoryMiB: 0,
    brokerCalls: 0,
    files: 0,
    fsReadBytes: 0,
    fsWriteBytes: 0,
    fetches: 0,
    bytesIn: 0,
    bytesOut: 0,
    outputBytes: 0,
    logBytes: 0,
  };
}
