import { DESCRIPTORS } from './jail-spec.ts';

export interface NodeFlagOptions {
  readonly jit: boolean;
  /** Heap of Node's own realm in the worker, MiB; the isolate has its own limit. */
  readonly heapMiB: number;
  /** Major version of the running Node. */
  readonly nodeMajor: number;
}

/**
 * The worker's command line. `--jitless` leaves no executable memory and no WebAssembly; without
 * `--no-node-snapshot` isolated-vm is unsupported; `--disable-sigusr1` keeps a same-user process from opening the inspector
 * (nodejs/node doc/api/permissions.md); an OpenSSL configuration that does not exist keeps Node from reading /etc.
 */
export function workerArguments(options: NodeFlagOptions): readonly string[] {
  return [
    ...(options.jit ? [] : ['--jitless']),
    ...(options.nodeMajor >= 26 ? ['--no-harmony-temporal'] : []),
    '--no-node-snapshot',
    '--js-base-64',
    '--enable-sharedarraybuffer-per-context',
    '--disable-proto=throw',
    '--disable-sigusr1',
    '--v8-pool-size=1',
    `--max-old-space-size=${options.heapMiB}`,
    '--stack-trace-limit=10',
    '--openssl-config=/carapace-has-none',
    '--input-type=commonjs',
    '-e',
    BOOTSTRAP,
  ];
}

/** Reads the bundle at fixed offsets, whatever the position of the descriptor is. */
const BOOTSTRAP = `
const { fstatSync, readSync } = require('node:fs');
const source = Buffer.alloc(fstatSync(${DESCRIPTORS.workerBundle}).size);
for (let at = 0; at < source.length;) at += readSync(${DESCRIPTORS.workerBundle}, source, at, source.length - at, at);
require('node:vm').runInThisContext('(function (require, process) {' + source.toString('utf8') + '\\n})', { filename: 'worker.js' })(require, process);
`.trim();
