import type { HeaderPair } from '../../../../protocol/messages.ts';

/** Status line and headers as they came: names in lower case, values as Latin-1, nothing left out. */
export interface WireHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly HeaderPair[];
}

/** Pairs of the flat list of bytes that the HTTP parser gives. */
export function readRawHeaders(raw: unknown): readonly HeaderPair[] {
  if (!Array.isArray(raw)) return [];
  const texts = raw.map((item: unknown) =>
    item instanceof Uint8Array ? Buffer.from(item).toString('latin1') : String(item),
  );
  const pairs: HeaderPair[] = [];
  for (let index = 0; index + 1 < texts.length; index += 2) {
    pairs.push([(texts[index] ?? '').toLowerCase(), texts[index + 1] ?? '']);
  }
  return pairs;
}
