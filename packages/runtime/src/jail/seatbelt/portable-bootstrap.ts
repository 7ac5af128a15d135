import { DESCRIPTORS, type LayerReport } from '../jail-spec.ts';
import type { NodeFlagOptions } from '../node-flags.ts';

/** What a worker is made of where no launcher goes before it. */
export interface PortableWorker {
  readonly node: string;
  /** Path of isolated-vm's binary: only Linux can load it by descriptor. */
  readonly addon: string;
  readonly flags: NodeFlagOptions;
}

/**
 * The first text that the worker's Node runs where there is no launcher: it sends the launch report that a launcher would send,
 * loads the add-on by its path, and runs the bundle from its descriptor. Nothing untrusted has run by then.
 *
 * UNTESTED on the systems that it is for.
 */
export function portableBootstrap(addonPath: string, layers: readonly LayerReport[]): string {
  return `
const { fstatSync, readSync, writeSync } = require('node:fs');
const head = Buffer.from(JSON.stringify({ kind: 'jailed', layers: ${JSON.stringify(layers)}, pid: process.pid }));
const prefix = Buffer.alloc(8);
prefix.writeUInt32LE(4 + head.length, 0);
prefix.writeUInt32LE(head.length, 4);
writeSync(${DESCRIPTORS.protocol}, Buffer.concat([prefix, head]));
const dlopen = process.dlopen;
process.dlopen = (holder) => dlopen.call(process, holder, ${JSON.stringify(addonPath)});
const source = Buffer.alloc(fstatSync(${DESCRIPTORS.workerBundle}).size);
for (let at = 0; at < source.length;) at += readSync(${DESCRIPTORS.workerBundle}, source, at, source.length - at, at);
require('node:vm').runInThisContext('(function (require, process) {' + source.toString('utf8') + '\\n})', { filename: 'worker.js' })(require, process);
`.trim();
}
