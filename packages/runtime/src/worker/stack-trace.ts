import { WIRE_LIMITS } from './guest-wire.ts';
import { cutUtf8 } from './parse-guest-json.ts';

export const SOURCE_MAP_MAX_BYTES: number = 8 * 1024 * 1024;

export function inlineSourceMap(_source: string): string | undefined {
  return undefined;
}

export function needsSourceMap(stack: string, filename: string): boolean {
  return stack.includes(`${filename}:`);
}

export function finishStack(stack: string, _filename: string, _map: string | undefined): string {
  return cutUtf8(stack, WIRE_LIMITS.failureStackBytes);
}
