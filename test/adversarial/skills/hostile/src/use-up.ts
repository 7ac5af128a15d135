import { stat } from 'node:fs/promises';

export function spin(): never {
  for (;;);
}

/** Never gives the event loop a turn. */
export async function microtaskFlood(): Promise<never> {
  for (;;) await null;
}

export function hang(): Promise<never> {
  return new Promise(() => undefined);
}

/** Backtracks for longer than anybody lives. */
export function slowPattern(): boolean {
  return /^(?:a+)+$/.test(`${'a'.repeat(60)}!`);
}

/** Cannot be interrupted from inside the engine. */
export function slowBuiltin(): number {
  return String(2n ** 500_000_000n).length;
}

export function memoryBomb(): never {
  const hoard: string[][] = [];
  for (let turn = 0; ; turn += 1) hoard.push(new Array<string>(500_000).fill(`text ${turn}`));
}

/** Memory that the engine's own limit does not count. */
export function memoryBombBuffers(): number {
  const hoard: Uint8Array[] = [];
  for (;;) hoard.push(new Uint8Array(8 * 1024 * 1024).fill(1));
}

/** Memory outside the heap that grows without an allocation, if there is any. */
export function memoryBombWasm(): Record<string, string> {
  const types: Record<string, string> = {};
  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics']) {
    types[name] = typeof Reflect.get(globalThis, name);
    types[`${name} evaluated`] = String(new Function(`return typeof ${name}`)());
  }
  return types;
}

export function floodOutput(): string {
  return 'flood '.repeat(1_000_000);
}

export function floodLogs(): string {
  for (let line = 0; line < 100_000; line += 1) console.log(`flood ${line}`);
  return 'all lines were taken';
}

export async function floodHost(): Promise<string> {
  const asked: Promise<unknown>[] = [];
  for (let request = 0; request < 100_000; request += 1) asked.push(stat('/docs').catch(() => undefined));
  return `${(await Promise.all(asked)).length} requests were answered`;
}
