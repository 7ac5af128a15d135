import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../effect.ts';
import { bytesOf, headOf, type NetCall, openGrant, openNetCall, textOf } from './fixtures/net-call.ts';
import { always, type RawServer, response, startRawServer } from './fixtures/raw-server.ts';

const at = (server: RawServer, path = '/'): string => `http://api.example.com:${server.port}${path}`;
const read = (call: NetCall, exchange: number): Promise<EffectAnswer> =>
  call.ask({ family: 'net', method: 'read', exchange });
const close = (call: NetCall, exchange: number): Promise<EffectAnswer> =>
  call.ask({ family: 'net', method: 'close', exchange });
const send = (call: NetCall, exchange: number, text: string, last: boolean): Promise<EffectAnswer> =>
  call.ask({ family: 'net', method: 'send', exchange, last }, Buffer.from(text));

async function drain(call: NetCall, exchange: number): Promise<string> {
  const answer = await call.ask({ family: 'net', method: 'drain', exchange });
  if (answer.kind === 'refused' || answer.body === undefined || answer.body instanceof Uint8Array)
    throw new Error(JSON.stringify(answer));
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  return Buffer.concat(pieces).toString('latin1');
}

describe('a request', () => {
  it('gives head and short body in one answer, and a trail without query values', async () => {
    await using server = await startRawServer(always(response('200 OK', ['content-type: text/plain'], 'hello')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const answer = await call.fetch(at(server, '/v1?q=1'), { headers: [['X-One', '1']] });
    expect(answer).toMatchObject({
      kind: 'done',
      value: {
        status: 200,
        statusText: 'OK',
        url: at(server, '/v1?q=1'),
        redirected: false,
        type: 'basic',
        body: 'complete',
      },
      trail: {
        target: `GET ${at(server, '/v1?q=…')}`,
        hosts: [`api.example.com:${server.port}`],
        containment: '127.0.0.1',
        bytes: 5,
      },
    });
    expect(headOf(answer).headers).toEqual([
      ['content-type', 'text/plain'],
      ['content-length', '5'],
    ]);
    expect(textOf(answer)).toBe('hello');
    const [sent = ''] = server.received;
    expect(sent).toBe(
      `GET /v1?q=1 HTTP/1.1\r\nhost: api.example.com:${server.port}\r\nconnection: keep-alive\r\nx-one: 1\r\naccept: */*\r\nuser-agent: carapace\r\naccept-encoding: gzip, br\r\n\r\n`,
    );
    expect(call.spent).toEqual({ fetches: 1, bytesIn: 5, bytesOut: sent.length });
  });

  it('counts an inline body with its headers, byte for byte', async () => {
    await using server = await startRawServer(always(response('201 Created', [], '')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const answer = await call.fetch(at(server), {
      verb: 'POST',
      body: '{"a":1}',
      headers: [['content-type', 'application/json']],
    });
    expect(headOf(answer)).toMatchObject({ status: 201, body: 'complete' });
    expect(server.received[0]).toMatch(/content-length: 7\r\n\r\n\{"a":1\}$/);
    expect(call.spent.bytesOut).toBe(server.received[0]?.length);
    expect(answer).toMatchObject({ trail: { bytes: 7 } });
  });

  it('sends a stream chunked, each piece answered when it is taken', async () => {
    await using server: RawServer = await startRawServer((socket) => {
      const timer = setInterval(() => {
        if (server.received[0]?.endsWith('0\r\n\r\n') !== true) return;
        clearInterval(timer);
        socket.write(response('200 OK', [], 'got it'));
      }, 2);
    });
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const { exchange, answer } = call.fetchStream(at(server));
    expect(await send(call, exchange, 'one', false)).toEqual({ kind: 'done' });
    expect(await send(call, exchange, 'two!', false)).toEqual({ kind: 'done' });
    expect(await send(call, exchange, '', true)).toEqual({ kind: 'done' });
    expect(textOf(await answer)).toBe('got it');
    expect(server.received[0]).toMatch(/transfer-encoding: chunked\r\n\r\n3\r\none\r\n4\r\ntwo!\r\n0\r\n\r\n$/);
    expect(await send(call, exchange, 'late', true)).toMatchObject({ kind: 'refused', rule: 'exchange-busy' });
  });

  it('lets a server answer before it has read everything', async () => {
    await using server = await startRawServer(always(response('413 Content Too Large', ['connection: close'], 'no')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const { exchange, answer } = call.fetchStream(at(server));
    await send(call, exchange, 'x', false);
    expect(textOf(await answer)).toBe('no');
    for (let index = 0; index < 3; index += 1) {
      const { kind } = await send(call, exchange, 'more', false);
      expect(kind).toBe('done');
    }
  });

  it.each([
    ['GET', 'body-not-allowed'],
    ['HEAD', 'body-not-allowed'],
  ])('NP-234 refuses a body with %s', async (verb, rule) => {
    await using call = await openNetCall();
    expect(await call.fetch('http://api.example.com/', { verb, body: 'x' })).toMatchObject({ kind: 'refused', rule });
  });

  it('refuses a piece of a body that was not announced, and a second piece at once', async () => {
    await using server = await startRawServer(() => undefined);
    await using call = await openNetCall({
      net: openGrant([server.port]),
      powers: { resolve: () => new Promise(() => undefined) },
    });
    const pending = call.fetch(at(server));
    expect(await send(call, call.lastId(), 'x', true)).toMatchObject({ rule: 'body-not-expected' });
    const { exchange, answer } = call.fetchStream(at(server));
    const first = send(call, exchange, 'a', false);
    expect(await send(call, exchange, 'b', false)).toMatchObject({ rule: 'exchange-busy' });
    await close(call, exchange);
    expect(await first).toMatchObject({ rule: 'aborted' });
    expect(await answer).toMatchObject({ code: 'ERR_CARAPACE_NET_ABORTED' });
    await call[Symbol.asyncDispose]();
    expect(await pending).toMatchObject({ rule: 'broker-closed' });
  });
});

describe('a response', () => {
  const long = 'x'.repeat(300_000);

  it('comes piece by piece when it is long, no piece over 256 KiB, an empty one last', async () => {
    await using server = await startRawServer(always(response('200 OK', [], long)));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const answer = await call.fetch(at(server));
    expect(headOf(answer).body).toBe('stream');
    const exchange = call.lastId();
    let text = '';
    for (;;) {
      const piece = bytesOf(await read(call, exchange));
      if (piece.byteLength === 0) break;
      expect(piece.byteLength).toBeLessThanOrEqual(256 * 1024);
      text += Buffer.from(piece).toString();
    }
    expect(text).toBe(long);
    expect(call.spent.bytesIn).toBe(300_000);
    expect(answer).toMatchObject({ trail: { bytes: 300_000 } });
    expect(bytesOf(await read(call, exchange))).toHaveLength(0);
  });

  it('comes whole when it is drained, also after a piece of it was read', async () => {
    await using server = await startRawServer(always(response('200 OK', [], long)));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    await call.fetch(at(server));
    const exchange = call.lastId();
    const first = Buffer.from(bytesOf(await read(call, exchange))).toString();
    expect(first + (await drain(call, exchange))).toBe(long);
  });

  it('is read by one at a time', async () => {
    await using server = await startRawServer(always('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n'));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    await call.fetch(at(server));
    const exchange = call.lastId();
    const first = read(call, exchange);
    expect(await read(call, exchange)).toMatchObject({ rule: 'exchange-busy' });
    expect(await call.ask({ family: 'net', method: 'drain', exchange })).toMatchObject({ rule: 'exchange-busy' });
    await close(call, exchange);
    expect(await first).toMatchObject({ rule: 'aborted' });
    expect(await read(call, exchange)).toMatchObject({ rule: 'exchange-unknown' });
  });

  it.each(['204 No Content', '304 Not Modified', '205 Reset Content'])('has no body with %s', async (status) => {
    await using server = await startRawServer(always(`HTTP/1.1 ${status}\r\n\r\n`));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    expect(headOf(await call.fetch(at(server)))).toMatchObject({ body: 'none' });
  });

  it('has no body after HEAD, whatever it announces', async () => {
    await using server = await startRawServer(
      always('HTTP/1.1 200 OK\r\ncontent-length: 10\r\ncontent-encoding: gzip\r\n\r\n'),
    );
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const head = headOf(await call.fetch(at(server), { verb: 'HEAD' }));
    expect(head.body).toBe('none');
    expect(head.headers).toContainEqual(['content-length', '10']);
  });

  it('keeps its connection for the next request of the call, and loses it with the call (NP-256)', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'a')));
    const call = await openNetCall({ net: openGrant([server.port]) });
    for (let index = 0; index < 3; index += 1) await call.fetch(at(server));
    expect(server.connections()).toBe(1);
    expect(server.open()).toBe(1);
    await call[Symbol.asyncDispose]();
    await expect.poll(server.open).toBe(0);
    expect(await call.fetch(at(server))).toMatchObject({ rule: 'broker-closed' });
    await using other = await openNetCall({ net: openGrant([server.port]) });
    await other.fetch(at(server));
    expect(server.connections()).toBe(2);
  });

  it('ends with the abort of the guest: before the head, and while a piece is waited for', async () => {
    await using server = await startRawServer(() => undefined);
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const abort = new AbortController();
    const answer = call.fetch(at(server), { signal: abort.signal });
    await expect.poll(server.connections).toBe(1);
    abort.abort();
    expect(await answer).toMatchObject({ code: 'ERR_CARAPACE_NET_ABORTED', rule: 'aborted' });
    await expect.poll(server.open).toBe(0);

    await using halting = await startRawServer(always('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc'));
    await using second = await openNetCall({ net: openGrant([halting.port]) });
    await second.fetch(at(halting));
    const exchange = second.lastId();
    bytesOf(await read(second, exchange));
    const late = new AbortController();
    const waiting = second.ask({ family: 'net', method: 'read', exchange }, undefined, late.signal);
    late.abort();
    expect(await waiting).toMatchObject({ rule: 'aborted' });
    expect(await second.ask({ family: 'net', method: 'read', exchange })).toMatchObject({ rule: 'aborted' });
  });

  it('refuses an exchange that never was', async () => {
    await using call = await openNetCall();
    expect(await read(call, 77)).toMatchObject({ code: 'ERR_CARAPACE_NET_EXCHANGE', rule: 'exchange-unknown' });
    expect(await close(call, 77)).toEqual({ kind: 'done' });
  });

  it('does not fetch for a request that is aborted already', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'a')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    expect(await call.fetch(at(server), { signal: AbortSignal.abort() })).toMatchObject({ rule: 'aborted' });
    expect(server.connections()).toBe(0);
  });
});

describe('budgets', () => {
  it('NP-235 lets a body of exactly the budget through and not one byte more', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'a')));
    const size = 200;
    const trial = async (bytesOut: number): Promise<EffectAnswer> => {
      await using call = await openNetCall({ net: openGrant([server.port]), budget: { bytesOut } });
      return await call.fetch(at(server), { verb: 'POST', body: 'x'.repeat(size) });
    };
    await trial(2 ** 20);
    const exact = server.received[0]?.length ?? 0;
    expect(await trial(exact)).toMatchObject({ kind: 'done' });
    const sent = server.connections();
    expect(await trial(exact - 1)).toMatchObject({ code: 'ERR_CARAPACE_BUDGET_BYTES_OUT', rule: 'budget-bytes-out' });
    expect(server.connections()).toBe(sent);
  });

  it('stops a stream at the budget', async () => {
    await using server = await startRawServer(() => undefined);
    await using call = await openNetCall({ net: openGrant([server.port]), budget: { bytesOut: 400 } });
    const { exchange, answer } = call.fetchStream(at(server));
    await send(call, exchange, 'x'.repeat(100), false);
    expect(await send(call, exchange, 'x'.repeat(200), false)).toMatchObject({ rule: 'budget-bytes-out' });
    expect(await answer).toMatchObject({ rule: 'budget-bytes-out' });
  });

  it('bounds what goes to one host', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'a')));
    await using call = await openNetCall({ net: openGrant([server.port]), limits: { maxHostBytesOut: 500 } });
    expect(await call.fetch(at(server), { verb: 'POST', body: 'x'.repeat(200) })).toMatchObject({ kind: 'done' });
    expect(await call.fetch(at(server), { verb: 'POST', body: 'x'.repeat(200) })).toMatchObject({
      rule: 'host-bytes-out',
    });
  });

  it('lets exactly the budget in and ends the response with the first byte more', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'x'.repeat(100_000))));
    await using exact = await openNetCall({ net: openGrant([server.port]), budget: { bytesIn: 100_000 } });
    expect(await exact.text(at(server))).toHaveLength(100_000);
    await using short = await openNetCall({ net: openGrant([server.port]), budget: { bytesIn: 99_999 } });
    await expect(short.text(at(server))).rejects.toThrow('ERR_CARAPACE_BUDGET_BYTES_IN');
  });

  it('counts each request, and sends none beyond the budget', async () => {
    await using server = await startRawServer(always(response('200 OK', [], 'a')));
    await using call = await openNetCall({ net: openGrant([server.port]), budget: { fetches: 2 } });
    await call.fetch(at(server));
    await call.fetch(at(server));
    expect(await call.fetch(at(server))).toMatchObject({
      code: 'ERR_CARAPACE_BUDGET_FETCHES',
      rule: 'budget-fetches',
    });
    expect(server.received.join('').split('GET ')).toHaveLength(3);
  });
});
