import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../effect.ts';
import { headOf, type NetCallOptions, openGrant, openNetCall, textOf } from './fixtures/net-call.ts';
import { type Answer, always, response, startRawServer } from './fixtures/raw-server.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const MIB = 1024 * 1024;

/** What a guest gets from a server that answers like this: the refusal, or the text of the whole response. */
async function outcome(answer: Answer, options: NetCallOptions = {}): Promise<EffectAnswer | string> {
  await using server = await startRawServer(answer);
  await using call = await openNetCall({ net: openGrant([server.port]), ...options });
  const url = `http://api.example.com:${server.port}/`;
  const first = await call.fetch(url);
  if (first.kind === 'refused') return first;
  if (headOf(first).body !== 'stream') return textOf(first);
  const exchange = call.lastId();
  let text = '';
  for (;;) {
    const next = await call.ask({ family: 'net', method: 'read', exchange });
    if (next.kind === 'refused') return next;
    const piece = textOf(next);
    if (piece === '') return text;
    text += piece;
  }
}

describe('what a hostile server says', () => {
  it.each([
    ['NP-239 two lengths that differ', `${OK}content-length: 3\r\ncontent-length: 5\r\n\r\nabcde`],
    ['NP-239 a length in two spellings of its name', `${OK}Content-Length: 3\r\ncontent-LENGTH: 5\r\n\r\nabcde`],
    [
      'NP-239 a length beside chunks',
      `${OK}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    ],
    ['NP-239 a negative length', `${OK}content-length: -1\r\n\r\nabc`],
    ['NP-239 a length with a sign', `${OK}content-length: +5\r\n\r\nabcde`],
    ['NP-239 a list of lengths', `${OK}content-length: 3, 3\r\n\r\nabc`],
    ['NP-239 a length beyond 64 bits', `${OK}content-length: 99999999999999999999999\r\n\r\nabc`],
    ['NP-240 a chunk size that is no number', `${OK}transfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n`],
    ['NP-238 an HTTP/0.9 answer', '<html>hello</html>\r\n\r\n'],
    ['NP-238 an SSH banner', 'SSH-2.0-OpenSSH_9.6\r\n'],
    ['NP-238 an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    [
      'NP-238 a switch of protocols nobody asked for',
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n',
    ],
    ['NP-229 a NUL in a header', `${OK}x-a: b\0c\r\n\r\n`],
    ['NP-229 a folded header', `${OK}x-a: b\r\n c\r\ncontent-length: 0\r\n\r\n`],
  ])('%s: refused as a broken protocol', async (_name, bytes) => {
    const answer = await outcome((socket) => socket.end(Buffer.from(bytes, 'latin1')));
    expect(answer).toMatchObject({ kind: 'refused', code: expect.stringMatching(/NET_(?:PROTOCOL|CLOSED)$/) });
  });

  it.each([
    ['NP-236 17 KiB in one header', `${OK}x-a: ${'a'.repeat(17 * 1024)}\r\n\r\n`],
    ['NP-236 1 MiB of headers', `${OK}${'x-a: aaaaaaaaaaaaaaaaaaaaaaaaaa\r\n'.repeat(32 * 1024)}\r\n`],
    ['NP-236 10,000 lines', `${OK}${'a:b\r\n'.repeat(10_000)}\r\n`],
  ])('%s: refused', async (_name, bytes) => {
    expect(await outcome(always(bytes))).toMatchObject({ code: 'ERR_CARAPACE_NET_RESPONSE_HEADERS' });
  });

  it('NP-236 lets 15 KiB of headers pass', async () => {
    expect(await outcome(always(response('200 OK', [`x-a: ${'a'.repeat(15 * 1024)}`], 'ok')))).toBe('ok');
  });

  it('NP-237 ends a flood of interim answers', async () => {
    const flood = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n'.repeat(100_000);
    expect(await outcome(always(flood, response('200 OK', [], 'ok')))).toMatchObject({ rule: 'interim-count' });
  });

  it('lets some interim answers pass', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(16);
    expect(await outcome(always(hints, response('200 OK', [], 'ok')))).toBe('ok');
  });

  it('NP-240 does not read chunk extensions of 16 KiB for each byte, nor endless trailers', async () => {
    const byte = `1;${'x'.repeat(16 * 1024)}\r\na\r\n`;
    const ticks: (() => void)[] = [];
    const every = (_ms: number, tick: () => void): (() => void) => {
      ticks.push(tick);
      return () => undefined;
    };
    let sent = 0;
    const answer = outcome(
      (socket) => {
        socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`);
        const more = (): void => {
          while (socket.writable && sent < 64 * MIB) {
            sent += byte.length;
            if (!socket.write(byte)) {
              for (const tick of ticks) tick();
              socket.once('drain', more);
              return;
            }
          }
        };
        more();
      },
      { budget: { bytesIn: MIB }, powers: { every } },
    );
    expect(await answer).toMatchObject({ code: expect.stringMatching(/NET_(?:WIRE|PROTOCOL|RESPONSE_HEADERS)$/) });
    expect(sent).toBeLessThan(16 * MIB);
  });

  it('NP-240 counts the frames around a body: six bytes for each one that counts against the budget', async () => {
    const ticks: (() => void)[] = [];
    const every = (_ms: number, tick: () => void): (() => void) => {
      ticks.push(tick);
      return () => undefined;
    };
    const flood = '1\r\na\r\n'.repeat(1_000);
    const answer = await outcome(
      (socket) => {
        socket.write(`${OK}transfer-encoding: chunked\r\n\r\n`);
        const more = (): void => {
          for (const tick of ticks) tick();
          if (socket.writable) socket.write(flood, () => setImmediate(more));
        };
        more();
      },
      { budget: { bytesIn: MIB }, powers: { every } },
    );
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_WIRE', rule: 'wire-cap' });
  });

  it('NP-251 NP-249 tells a body that ends early from one that is complete', async () => {
    const short = await outcome((socket) => socket.end(`${OK}content-length: 10\r\n\r\nabc`));
    expect(short).toMatchObject({ code: 'ERR_CARAPACE_NET_CLOSED' });
    const chunked = await outcome((socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n`));
    expect(chunked).toMatchObject({ code: expect.stringMatching(/NET_(?:CLOSED|PROTOCOL)$/) });
    const reset = await outcome((socket) => {
      socket.write(`${OK}content-length: 10\r\n\r\nabc`, () => socket.resetAndDestroy());
    });
    expect(reset).toMatchObject({ code: 'ERR_CARAPACE_NET_CLOSED' });
    expect(await outcome((socket) => socket.end(`${OK}\r\nabc`))).toBe('abc');
    expect(await outcome((socket) => socket.destroy())).toMatchObject({ code: 'ERR_CARAPACE_NET_CLOSED' });
  });

  it('NU-223 NP-232 hands out nothing that orders a browser about, and no cookie', async () => {
    const orders = [
      'set-cookie: a=b',
      'refresh: 0;url=http://evil/',
      'alt-svc: h3=":443"',
      'clear-site-data: "*"',
      'x-own: 1',
      'link: </a>; rel=next',
    ];
    await using server = await startRawServer(always(response('200 OK', orders, 'ok')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const { headers } = headOf(await call.fetch(`http://api.example.com:${server.port}/`));
    expect(headers.map(([name]) => name)).toEqual(['x-own', 'link', 'content-length']);
    await call.fetch(`http://api.example.com:${server.port}/`);
    expect(server.received.join('')).not.toMatch(/cookie/i);
  });

  it('cuts a reason phrase down to plain text', async () => {
    await using server = await startRawServer(
      always(Buffer.from(`HTTP/1.1 200 O\xe9K${'k'.repeat(500)}\r\ncontent-length: 0\r\n\r\n`, 'latin1')),
    );
    await using call = await openNetCall({ net: openGrant([server.port]) });
    expect(headOf(await call.fetch(`http://api.example.com:${server.port}/`)).statusText).toMatch(/^OKk{126}$/);
  });
});

describe('compressed responses', () => {
  const coded = (coding: string, body: Uint8Array): Answer =>
    always(response('200 OK', [`content-encoding: ${coding}`], body));

  it.each([
    ['gzip', gzipSync('hello')],
    ['x-gzip', gzipSync('hello')],
    ['GZIP', gzipSync('hello')],
    ['br', brotliCompressSync('hello')],
    ['identity', Buffer.from('hello')],
    ['identity, gzip', gzipSync('hello')],
  ])('NP-245 reads %s', async (coding, body) => expect(await outcome(coded(coding, body))).toBe('hello'));

  it.each([5, 40])('reads a body that comes %d ms after its head', async (delayMs) => {
    const body = gzipSync('hello '.repeat(1_000));
    const answer: Answer = (socket) => {
      socket.write(`${OK}content-encoding: gzip\r\ncontent-length: ${body.byteLength}\r\n\r\n`);
      socket.write(body.subarray(0, 10));
      setTimeout(() => socket.write(body.subarray(10)), delayMs);
    };
    expect(await outcome(answer)).toBe('hello '.repeat(1_000));
  });

  it('leaves out the headers that are true of the coded form only', async () => {
    await using server = await startRawServer(coded('gzip', gzipSync('hello')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    expect(headOf(await call.fetch(`http://api.example.com:${server.port}/`)).headers).toEqual([]);
  });

  it.each([
    ['NP-245 stacked', 'gzip, gzip', gzipSync(gzipSync('x')), 'encoding-stacked'],
    ['NP-245 six times stacked', 'gzip, gzip, gzip, gzip, gzip, gzip', gzipSync('x'), 'encoding-stacked'],
    ['NP-245 unknown', 'zstd', Buffer.from('x'), 'encoding-unknown'],
    ['NP-245 not asked for', 'deflate', deflateSync('x'), 'encoding-unknown'],
    ['NP-245 a lie', 'gzip', Buffer.from('not gzip'), 'encoding-broken'],
    ['NP-247 truncated', 'gzip', gzipSync('hello world').subarray(0, -4), 'encoding-broken'],
    ['NP-247 truncated br', 'br', brotliCompressSync('hello world').subarray(0, -2), 'encoding-broken'],
    ['NP-247 wrong checksum', 'gzip', flipped(gzipSync('hello world'), -6), 'encoding-broken'],
    [
      'NP-247 followed by garbage',
      'gzip',
      Buffer.concat([gzipSync('hello'), Buffer.from('garbage')]),
      'encoding-broken',
    ],
    ['NP-247 followed by zeros', 'gzip', Buffer.concat([gzipSync('hello'), Buffer.alloc(5)]), 'encoding-broken'],
    [
      'NP-247 followed by garbage in br',
      'br',
      Buffer.concat([brotliCompressSync('hello'), Buffer.alloc(5)]),
      'encoding-broken',
    ],
    ['NP-247 empty', 'gzip', Buffer.alloc(0), 'encoding-broken'],
  ])('%s: refused', async (_name, coding, body, rule) => {
    expect(await outcome(coded(coding, body))).toMatchObject({
      kind: 'refused',
      rule,
      code: 'ERR_CARAPACE_NET_ENCODING',
    });
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(64 * MIB))],
    ['br', brotliCompressSync(Buffer.alloc(64 * MIB))],
  ])('NP-243 stops a bomb of %s at the budget, without blowing it up first', async (coding, bomb) => {
    expect(bomb.byteLength).toBeLessThan(128 * 1024);
    const before = process.memoryUsage.rss();
    const answer = await outcome(coded(coding, bomb), { budget: { bytesIn: MIB } });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_BUDGET_BYTES_IN' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(32 * MIB);
  });

  it('NP-243 a bomb that is small enough to come with the head comes in pieces', async () => {
    const text = 'x'.repeat(500_000);
    expect(await outcome(coded('gzip', gzipSync(text)))).toBe(text);
  });

  it('asks for no coding with a range: a piece of a coded form cannot be decoded', async () => {
    await using server = await startRawServer(always(response('206 Partial Content', [], 'ab')));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    await call.fetch(`http://api.example.com:${server.port}/`, { headers: [['range', 'bytes=0-1']] });
    expect(server.received[0]).toContain('accept-encoding: identity\r\n');
  });
});

function flipped(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[copy.length + index] = (copy.at(index) ?? 0) ^ 1;
  return copy;
}

describe('slow servers', () => {
  /** A clock that a test turns on, and the ticks of the broker with it. */
  function slowClock(): { readonly powers: NetCallOptions['powers']; readonly pass: (seconds: number) => void } {
    let now = 0;
    const ticks: (() => void)[] = [];
    const every = (_ms: number, tick: () => void): (() => void) => {
      ticks.push(tick);
      return () => undefined;
    };
    return {
      powers: { now: () => now, every },
      pass: (seconds) => {
        for (let second = 0; second < seconds; second += 1) {
          now += 1_000;
          for (const tick of ticks) tick();
        }
      },
    };
  }

  it('NP-242 ends a body that trickles, a byte a second for ever', async () => {
    const { powers, pass } = slowClock();
    const answer = await outcome(
      (socket) => {
        socket.write(`${OK}content-length: 1000\r\n\r\n`);
        const timer = setInterval(() => {
          socket.write('x');
          pass(1);
        }, 2);
        socket.on('close', () => clearInterval(timer));
      },
      { powers: { ...powers } },
    );
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_TIMEOUT', rule: 'rate-floor' });
  });

  it('NP-242 ends the wait for headers that do not come', async () => {
    const answer = await outcome(() => undefined, { limits: { headersTimeoutMs: 1_000 } });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_TIMEOUT', rule: 'headers-late' });
  });

  it('does not hold it against a server that the guest does not read', async () => {
    const { powers, pass } = slowClock();
    await using server = await startRawServer(always(response('200 OK', [], 'x'.repeat(4 * MIB))));
    await using call = await openNetCall({ net: openGrant([server.port]), powers: { ...powers } });
    const url = `http://api.example.com:${server.port}/`;
    expect(headOf(await call.fetch(url)).body).toBe('stream');
    const exchange = call.lastId();
    await new Promise((resolve) => setTimeout(resolve, 30));
    pass(100);
    expect(await call.ask({ family: 'net', method: 'read', exchange })).toMatchObject({ kind: 'done' });
  });

  it('NP-250 ends an upload to a server that does not read', async () => {
    const { powers, pass } = slowClock();
    await using server = await startRawServer((socket) => socket.pause());
    await using call = await openNetCall({ net: openGrant([server.port]), powers: { ...powers } });
    const { exchange, answer } = call.fetchStream(`http://api.example.com:${server.port}/`);
    const piece = Buffer.alloc(256 * 1024);
    let pending: Promise<EffectAnswer> | undefined;
    for (let index = 0; index < 200; index += 1) {
      pending = call.ask({ family: 'net', method: 'send', exchange, last: false }, piece);
      const state = await Promise.race([pending, new Promise((resolve) => setTimeout(() => resolve('waits'), 50))]);
      if (state === 'waits') break;
    }
    pass(21);
    expect(await pending).toMatchObject({ rule: 'rate-floor' });
    expect(await answer).toMatchObject({ rule: 'rate-floor' });
  });

  it('holds no more of a response than its buffer while the guest does not read', async () => {
    let sent = 0;
    await using server = await startRawServer((socket) => {
      socket.write(`${OK}content-length: ${64 * MIB}\r\n\r\n`);
      const piece = Buffer.alloc(64 * 1024);
      const more = (): void => {
        while (sent < 64 * MIB) {
          sent += piece.byteLength;
          if (!socket.write(piece)) return void socket.once('drain', more);
        }
      };
      more();
    });
    await using call = await openNetCall({ net: openGrant([server.port]) });
    await call.fetch(`http://api.example.com:${server.port}/`);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(sent).toBeLessThan(16 * MIB);
  });
});
