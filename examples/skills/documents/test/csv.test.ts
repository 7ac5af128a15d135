import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableRows } from '../src/find/table-rows.ts';
import { parseCsv } from '../src/formats/csv.ts';

const fieldsOf = (text: string): readonly (readonly string[])[] => parseCsv(text).map((row) => row.fields);

describe('parseCsv', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\r\n1,5;2\r\n',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1\t',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    [
      '"a,x",b\n"say ""hi""",2',
      [
        ['a,x', 'b'],
        ['say "hi"', '2'],
      ],
    ],
    ['a\n\n\nb\n', [['a'], ['b']]],
    [
      'a,b\n,\n',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['a,b\n"never closed,2\n3', [['a', 'b'], ['never closed,2\n3']]],
    [
      'a,b\n5" pipe,2',
      [
        ['a', 'b'],
        ['5" pipe', '2'],
      ],
    ],
    [
      'a,b\rc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['', []],
  ])('reads %j', (text, expected) => {
    expect(fieldsOf(text)).toEqual(expected);
  });

  it('counts lines through quoted line breaks and blank lines', () => {
    expect(parseCsv('h,i\n"one\ntwo",x\n\nlast,y').map((row) => row.line)).toEqual([1, 2, 5]);
  });

  it('reads back what was written, whatever the fields hold', () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', 'ë') });
    fc.assert(
      fc.property(fc.array(fc.tuple(field, field), { minLength: 1 }), (records) => {
        const quote = (value: string): string => `"${value.replaceAll('"', '""')}"`;
        const text = ['h,i', ...records.map((record) => record.map(quote).join(','))].join('\n');

        expect(fieldsOf(text)).toEqual([['h', 'i'], ...records]);
      }),
    );
  });

  it('ends for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'x') }), (text) => void parseCsv(text)),
    );
  });
});

describe('tableRows', () => {
  it('puts the name of the column before each value', () => {
    expect([...tableRows('name,,cost\nsaw,red,"8\n0",extra\n')]).toEqual([
      { text: 'name ·  · cost', unit: 'line', start: 1 },
      { text: 'name: saw · red · cost: 8 0 · extra', unit: 'line', start: 2 },
    ]);
  });

  it('has no rows for an empty file', () => {
    expect([...tableRows('')]).toEqual([]);
  });
});
