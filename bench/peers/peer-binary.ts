import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Unavailable } from '../harness/row.ts';

/** By platform: the package that npm chose as an optional dependency, and the program in it. No install script is needed. */
const BINARIES: Readonly<Record<'deno' | 'workerd', ReadonlyMap<string, readonly [name: string, file: string]>>> = {
  deno: new Map([
    ['linux-x64', ['@deno/linux-x64-glibc', 'deno']],
    ['linux-arm64', ['@deno/linux-arm64-glibc', 'deno']],
    ['darwin-x64', ['@deno/darwin-x64', 'deno']],
    ['darwin-arm64', ['@deno/darwin-arm64', 'deno']],
  ]),
  workerd: new Map([
    ['linux-x64', ['@cloudflare/workerd-linux-64', 'bin/workerd']],
    ['linux-arm64', ['@cloudflare/workerd-linux-arm64', 'bin/workerd']],
    ['darwin-x64', ['@cloudflare/workerd-darwin-64', 'bin/workerd']],
    ['darwin-arm64', ['@cloudflare/workerd-darwin-arm64', 'bin/workerd']],
  ]),
};

/** @throws Unavailable when the peer has no program for this platform */
export function peerBinary(peer: keyof typeof BINARIES, folder: string): string {
  const platform = `${process.platform}-${process.arch}`;
  const binary = BINARIES[peer].get(platform);
  if (binary === undefined) throw new Unavailable(`${peer} has no program for ${platform}`);
  const [name, file] = binary;
  try {
    return join(dirname(createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`)), file);
  } catch {
    throw new Unavailable(`${peer} was installed without its program for ${platform}`);
  }
}
