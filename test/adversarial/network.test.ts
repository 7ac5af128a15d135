import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FRAME_CASES } from './corpus/network/frames.ts';
import { OPTION_CASES } from './corpus/network/options.ts';
import { ADDRESS_CASES, HTTP_CASES } from './corpus/network.ts';
import { HOSTILE } from './hostile-runtime.ts';
import { expectMet, granted, HOST, openStage, type Stage } from './net-case.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

/** Everything that the rows declare is on one server of loopback; which of it may be asked is decided before. */
const ROUTED = [HOST, 'other.example.com'];

function openNetwork(hostile = false): { readonly sandbox: () => Sandbox; readonly stage: () => Stage } {
  const opened: { sandbox?: Sandbox; stage?: Stage } = {};
  beforeAll(async () => {
    const stage = await openStage();
    opened.stage = stage;
    const routes = Object.fromEntries(ROUTED.map((host) => [`https://${host}`, stage.server.origin]));
    opened.sandbox = await openSandbox({ spares: 2, network: { routes } }, hostile ? HOSTILE : undefined);
  });
  afterAll(async () => {
    await opened.sandbox?.expectUnharmed();
    await opened.sandbox?.[Symbol.asyncDispose]();
    expect(opened.stage?.server.open, 'a connection has outlived every call').toBe(0);
    await opened.stage?.[Symbol.asyncDispose]();
  });
  const present = <Value>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error('not open yet');
    return value;
  };
  return { sandbox: () => present(opened.sandbox), stage: () => present(opened.stage) };
}

describe('NU: where a request goes', () => {
  const { sandbox, stage } = openNetwork();

  it.each(ADDRESS_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    await expectMet(sandbox(), stage(), row);
  });
});

describe('NP: what a request and its answer are', () => {
  const { sandbox, stage } = openNetwork();

  it.each(HTTP_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    await expectMet(sandbox(), stage(), row);
  });
});

describe('fetch in the cases of other areas', () => {
  const { sandbox, stage } = openNetwork();

  it.each(OPTION_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    await expectMet(sandbox(), stage(), row);
  });
});

describe('a worker that asks for the network in its own words', () => {
  const { sandbox, stage } = openNetwork(true);

  it.each(FRAME_CASES.map((row) => [row.id, row.title, row] as const))('%s %s', async (_id, _title, row) => {
    const before = stage().server.requests.length;
    const attack = { id: row.id, title: row.title, module: row.run, permissions: { net: row.net ?? granted(HOST) } };
    const result = await sandbox().run(attack);
    expect({ code: result.code, value: result.structured }).toEqual({
      code: undefined,
      value: row.expect.kind === 'value' ? row.expect.value : undefined,
    });
    expect(stage().server.requests.slice(before)).toEqual([]);
    await sandbox().expectSettled();
  });
});
