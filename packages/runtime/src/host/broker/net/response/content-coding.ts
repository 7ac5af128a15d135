import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import type { HeaderPair } from '../../../../protocol/messages.ts';
import { NetFailure } from '../net-refusal.ts';

const CHUNK_BYTES = 64 * 1024;

/** The codings that are asked for. */
export type ContentCoding = 'identity' | 'gzip' | 'br';

/**
 * Reads `Content-Encoding`. One coding at most: stacked ones multiply the factor by which a small response becomes a large one.
 *
 * @throws NetFailure `encoding-stacked`, `encoding-unknown`
 */
export function contentCoding(headers: readonly HeaderPair[]): ContentCoding {
  const codings = headers
    .filter(([name]) => name === 'content-encoding')
    .flatMap(([, value]) => value.split(','))
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== '' && coding !== 'identity');
  if (codings.length > 1) throw NetFailure.of('encoding-stacked');
  const [coding = 'identity'] = codings;
  if (coding === 'x-gzip') return 'gzip';
  if (coding === 'gzip' || coding === 'br' || coding === 'identity') return coding;
  throw NetFailure.of('encoding-unknown');
}

/** A decoder that holds one chunk and waits for its reader. Bytes after the end of the coded form are an error, not ignored. */
export function createDecoder(coding: Exclude<ContentCoding, 'identity'>): Transform {
  // @ts-expect-error -- Node 24 has the option, its types do not name it yet
  const options: ConstructorParameters<never>[0] = { chunkSize: CHUNK_BYTES, rejectGarbageAfterEnd: true };
  return coding === 'gzip' ? createGunzip(options) : createBrotliDecompress(options);
}
