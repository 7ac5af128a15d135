import { describe, expect, it } from 'vitest';
import { helpText, readCommandLine } from './command-line.ts';
import { ROWS } from './row-list.ts';

describe('readCommandLine', () => {
  it('runs everything without a wish', () =>
    expect(readCommandLine([], ROWS)).toEqual({ kind: 'run', only: undefined, quick: false, json: false }));

  it('takes lists and repeated options', () =>
    expect(readCommandLine(['--only', 'call-warm, bare-pipe', '--only=kill-spin', '--quick', '--json'], ROWS)).toEqual({
      kind: 'run',
      only: new Set(['call-warm', 'bare-pipe', 'kill-spin']),
      quick: true,
      json: true,
    }));

  it('helps before anything else', () =>
    expect(readCommandLine(['--help', '--only', 'nothing'], ROWS)).toEqual({ kind: 'help' }));

  it.each([
    ['an unknown row', ['--only', 'call-hot'], '"call-hot"'],
    ['a row named like a property of every object', ['--only', 'constructor'], '"constructor"'],
    ['an empty list', ['--only', ''], '""'],
    ['an unknown option', ['--fast'], '--fast'],
    ['a stray word', ['quick'], 'quick'],
  ])('refuses %s', (_, args, named) =>
    expect(readCommandLine(args, ROWS)).toEqual({ kind: 'wrong', reason: expect.stringContaining(named) }),
  );
});

describe('ROWS', () => {
  it('have ids of their own, which the help text lists', () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length);
    for (const { id } of ROWS) expect(helpText(ROWS)).toContain(`  ${id} `);
  });

  it('measure what a ratio is taken to before what is compared with it', () => {
    const order = ROWS.map(({ id }) => id);
    for (const { id, ratioTo } of ROWS) {
      if (ratioTo !== undefined) expect(order.slice(0, order.indexOf(id))).toContain(ratioTo);
    }
  });

  it('have a ratio to judge wherever a bar asks for one', () => {
    for (const { bar, ratioTo } of ROWS) if (bar?.ratio !== undefined) expect(ratioTo).toBeDefined();
  });
});
