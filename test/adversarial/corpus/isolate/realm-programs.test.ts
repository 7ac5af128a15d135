import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { COUNT_NATIVES, JUDGE, SURVEY } from './realm-programs.ts';

/** Negative controls: the programs that find nothing in the guest find what is planted here. */
const known: unknown = JSON.parse(String(runInNewContext(COUNT_NATIVES)));

function survey(planted: object): unknown {
  const found: unknown = runInNewContext(`${SURVEY}\nJSON.stringify(survey(planted, known));`, { planted, known });
  return JSON.parse(String(found));
}

describe('survey', () => {
  it('finds a native function of the host', () => {
    expect(survey({ host: process.hrtime.bigint.bind(null) })).toMatchObject({
      unknownNative: expect.arrayContaining([expect.stringContaining('host')]),
      foreign: expect.arrayContaining(['host']),
    });
  });

  it('finds a function of another realm behind an error', () => {
    expect(survey({ error: new RangeError('host') })).toMatchObject({
      foreign: expect.arrayContaining(['error.__proto__.constructor']),
    });
  });

  it('finds a class of the isolate library by its name', () => {
    class Reference {}
    expect(survey({ leaked: new Reference() })).toMatchObject({
      named: expect.arrayContaining(['leaked.__proto__.constructor']),
    });
  });
});

describe('judge', () => {
  it('finds a value of another realm, and a constructor that knows more', () => {
    const leaks: unknown = runInNewContext(`${JUDGE}\njudge('leaked', leaked); JSON.stringify(leaks);`, {
      leaked: new Error('host'),
    });

    expect(JSON.parse(String(leaks))).toEqual(
      expect.arrayContaining([
        'leaked: chain ends in another realm',
        "leaked: constructor.constructor is not this realm's Function",
        'leaked: sees process',
      ]),
    );
  });
});
