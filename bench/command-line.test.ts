import { describe, expect, it } from 'vitest';
import { helpText, isComplete, type RunCommand, readCommandLine } from './command-line.ts';
import { ROWS } from './row-list.ts';

const everything: RunCommand = { kind: 'run', only: undefined, peers: 'with', quick: false, json: false };

describe('readCommandLine', () => {
  it('runs everything without a wish', () => expect(readCommandLine([], ROWS)).toEqual(everything));

  it('takes lists and repeated options', () =>
    expect(readCommandLine(['--only', 'call-warm, bare-pipe', '--only=kill-spin', '--quick', '--json'], ROWS)).toEqual({
      kind: 'run',
      only: new Set(['call-warm', 'bare-pipe', 'kill-spin']),
      peers: 'none',
      quick: true,
      json: true,
    }));

  it.each([
    ['--peers-only', [], 'only'],
    ['--no-peers', [], 'none'],
    ['--peers', ['--quick'], 'with'],
    ['--peers-only', ['--quick'], 'only'],
  ])('takes %s with %j', (option, others, peers) =>
    expect(readCommandLine([option, ...others], ROWS)).toMatchObject({ peers }),
  );

  it('helps before anything else', () =>
    expect(readCommandLine(['--help', '--only', 'nothing'], ROWS)).toEqual({ kind: 'help' }));

  it.each([
    ['an unknown row', ['--only', 'call-hot'], '"call-hot"'],
    ['a row named like a property of every object', ['--only', 'constructor'], '"constructor"'],
    ['an empty list', ['--only', ''], '""'],
    ['an unknown option', ['--fast'], '--fast'],
    ['a stray word', ['quick'], 'quick'],
    ['peers with and without', ['--peers-only', '--no-peers'], '--no-peers'],
  ])('refuses %s', (_, args, named) =>
    expect(readCommandLine(args, ROWS)).toEqual({ kind: 'wrong', reason: expect.stringContaining(named) }),
  );
});

describe('isComplete', () => {
  it('takes a run of everything', () => expect(isComplete(everything)).toBe(true));
  it.each([
    { quick: true },
    { peers: 'none' as const },
    { peers: 'only' as const },
    { only: new Set(['kill-spin'] as const) },
  ])('refuses %j', (part) => expect(isComplete({ ...everything, ...part })).toBe(false));
});

describe('ROWS', () => {
  it('have ids of their own, which the help text lists', () => {
    expect(new Set(ROWS.map(({ id }) => id)).size).toBe(ROWS.length);
    for (const { id } of ROWS) expect(helpText(ROWS)).toMatch(new RegExp(`^ {2}${id}\\*? `, 'm'));
  });

  it('are compared with rows that exist', () => {
    const ids = new Set(ROWS.map(({ id }) => id));
    for (const { to } of ROWS.flatMap(({ ratios = [] }) => ratios)) expect(ids).toContain(to);
  });

  it('say of every peer which walls it has', () => {
    for (const row of ROWS.filter(({ group }) => group === 'peers')) expect(row).toHaveProperty('walls');
  });

  it('need an installation for peers only', () => {
    for (const { needs, group } of ROWS) if (needs !== undefined) expect(group).toBe('peers');
  });
});
