import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import { error, value } from './expected.ts';
import { granted, HOST, NET_PRELUDE } from './net-case.ts';
import { type Attack, openSandbox, type Sandbox } from './sandbox.ts';
import { type RawAnswer, type RawServer, reply, startRawServer } from './servers/raw-server.ts';

let server: RawServer;
let sandbox: Sandbox;
/** Requests that were read up to the end of their headers, and not further. */
let waiting: (() => void)[] = [];
/** The connection that nobody reads from. */
let deaf: Socket | undefined;

const ANSWERS: Readonly<Record<string, RawAnswer>> = {
  '/slow': (socket) => void waiting.push(() => socket.end(reply('at last'))),
  '/kept': Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nkept'),
  '/held': (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nkept'),
  '/deaf': (socket) => {
    socket.pause();
    deaf = socket;
  },
};

beforeAll(async () => {
  server = await startRawServer(({ path }) => ANSWERS[path] ?? reply('quick'), { early: true });
  sandbox = await openSandbox({
    spares: 2,
    maxWorkers: 6,
    network: { routes: { [`https://${HOST}`]: server.origin } },
  });
});
afterAll(async () => {
  await sandbox.expectUnharmed();
  await sandbox[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

function fetching(id: string, run: string, limits: Attack['limits'] = {}): Attack {
  const module = `${NET_PRELUDE}export default { tools: { attack: { async run(input, ctx) {\n${run}\n} } } };`;
  const most = { fetches: 1_000, bytesOutKiB: 65_536, bytesInMiB: 256, ...limits };
  return { id, title: 'traffic', module, permissions: { net: granted(HOST) }, limits: most };
}

/** The other side hears of a connection's end a moment later. */
function expectClosed(): Promise<void> {
  return vi.waitFor(() => expect(server.open).toBe(0), { timeout: 5_000, interval: 5 });
}

describe('NP-250 a server that never reads what it is sent', () => {
  it('holds neither the call beyond its deadline nor the memory of the host', async () => {
    const before = process.memoryUsage().rss;
    const run = `const body = new ReadableStream({ pull(controller) { controller.enqueue(new Uint8Array(65_536)); } });
      return await get('/deaf', { method: 'POST', body, duplex: 'half' });`;
    expectOutcome(await sandbox.run(fetching('NP-250', run, { wallMs: 1_500 })), error('ERR_CARAPACE_BUDGET_WALL'));
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20);
    // Whoever does not read does not hear of the end either.
    deaf?.resume();
    await expectClosed();
  });
});

describe('NP-254 a hundred requests at once to one slow host', () => {
  const CROWD = "return (await Promise.all(Array.from({ length: 100 }, () => get('/slow')))).length;";

  it('open few connections; other skills are served meanwhile', async () => {
    waiting = [];
    const crowd = sandbox.run(fetching('NP-254', CROWD, { wallMs: 4_000 }));
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(3), { timeout: 4_000, interval: 5 });
    await delay(100);
    expect(server.open).toBeLessThanOrEqual(8);
    const other = { ...fetching('NP-254', "return await get('/quick');"), skill: 'other' };
    expectOutcome(await sandbox.run(other), value('200 quick'));
    expectOutcome(await crowd, error('ERR_CARAPACE_BUDGET_WALL'));
    await expectClosed();
  });

  it('and every one of them is answered in its turn', async () => {
    waiting = [];
    const serving = setInterval(() => waiting.shift()?.(), 2);
    const result = await sandbox.run(fetching('NP-254', CROWD));
    clearInterval(serving);
    expectOutcome(result, value(100));
    await expectClosed();
  });

  it('several calls of one skill together keep to what one skill may have open', async () => {
    waiting = [];
    let most = 0;
    const watching = setInterval(() => {
      most = Math.max(most, server.open);
    }, 1);
    const attack = fetching('NP-254', CROWD, { wallMs: 2_500 });
    const calls = await Promise.all(Array.from({ length: 4 }, () => sandbox.run(attack)));
    clearInterval(watching);
    for (const result of calls) expectOutcome(result, error('ERR_CARAPACE_BUDGET_WALL'));
    expect(most).toBeLessThanOrEqual(32);
    await expectClosed();
  });
});

describe('NP-256 a connection that both sides would keep', () => {
  it.each([
    ['after an answer', "return await get('/kept');"],
    ['with an answer that nobody reads', "await fetch(BASE + '/held'); return '200 kept';"],
    ['with a request under way', "void get('/slow'); await get('/kept'); return '200 kept';"],
  ])('%s is closed with its call', async (_title, run) => {
    const before = server.connections;
    expectOutcome(await sandbox.run(fetching('NP-256', run)), value('200 kept'));
    await expectClosed();
    expect(server.connections).toBeGreaterThan(before);
  });

  it('is closed when its call is killed', async () => {
    const run = "await get('/kept'); void get('/slow'); await get('/kept'); for (;;);";
    expectOutcome(await sandbox.run(fetching('NP-256', run, { wallMs: 700 })), error('ERR_CARAPACE_BUDGET_WALL'));
    await expectClosed();
  });

  it('serves no second call', async () => {
    const before = server.connections;
    for (let call = 0; call < 3; call += 1) {
      expectOutcome(await sandbox.run(fetching('NP-256', "return await get('/kept');")), value('200 kept'));
    }
    expect(server.connections - before).toBe(3);
    await expectClosed();
  });
});

describe('NP-242 a call that is cancelled while it waits', () => {
  it('takes its connection along', async () => {
    waiting = [];
    const controller = new AbortController();
    const calling = sandbox.run(fetching('NP-242', "return await get('/slow');"), {}, controller.signal);
    await vi.waitFor(() => expect(waiting).toHaveLength(1), { timeout: 4_000, interval: 5 });
    controller.abort();
    expect((await calling).code).toBe('ERR_CARAPACE_CALL_ABORTED');
    await expectClosed();
  });
});
