import { describe, expect, it } from 'vitest';
import { decodeText, splitLines } from '../src/formats/decode-text.ts';

describe('decodeText', () => {
  it.each([
    ['UTF-8', [0x5a, 0x6f, 0xc3, 0xab]],
    ['UTF-8 with a byte order mark', [0xef, 0xbb, 0xbf, 0x5a, 0x6f, 0xc3, 0xab]],
    ['UTF-16 little endian', [0xff, 0xfe, 0x5a, 0, 0x6f, 0, 0xeb, 0]],
    ['UTF-16 big endian', [0xfe, 0xff, 0, 0x5a, 0, 0x6f, 0, 0xeb]],
    ['Windows-1252', [0x5a, 0x6f, 0xeb]],
  ])('reads %s', (_name, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBe('Zoë');
  });
});

describe('splitLines', () => {
  it('knows the line endings of all systems', () => {
    expect(splitLines('a\nb\r\nc\rd\n')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('finds no line in an empty text', () => {
    expect(splitLines('')).toEqual([]);
  });
});
