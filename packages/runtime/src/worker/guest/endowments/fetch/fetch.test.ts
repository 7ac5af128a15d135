import { describe, expect, it } from 'vitest';
import { MAX_REQUEST_BODY_BYTES } from '../../../../protocol/messages.ts';
import { FakeServer, type FakeServerOptions } from '../../../fixtures/fake-server.ts';
import { evaluate, runSkill } from '../../../fixtures/run-skill.ts';

function visit(
  body: string,
  options: FakeServerOptions = {},
): { readonly value: unknown; readonly server: FakeServer } {
  const server = new FakeServer(options);
  const value = evaluate(`const url = 'https://a.b/c'; ${body}`, { net: true, answer: server.answer });
  return { value, server };
}

const netOps = (body: string): unknown => {
  const run = runSkill(`export const tools = { async t() { ${body} } };`, {
    net: true,
    answer: new FakeServer().answer,
  });
  if (run.failure !== undefined) throw new Error(run.failure.message);
  return run.ops;
};

const FAIL = `const tell = (error) => [error.name, error.message, error.carapaceCode, error.cause?.code, error.cause?.message, error instanceof TypeError];`;

describe('fetch asks the host', () => {
  it('for a URL without fragment, a method, headers and nothing else', () => {
    expect(
      netOps(
        `await fetch('https://a.b/c?d#e'); await fetch(new URL('https://a.b/'), { method: 'delete', headers: [['B', '1'], ['a', '2'], ['b', '3']], redirect: 'error' });`,
      ),
    ).toEqual([
      {
        family: 'net',
        method: 'fetch',
        url: 'https://a.b/c?d',
        verb: 'GET',
        headers: [],
        redirect: 'follow',
        payload: 'none',
      },
      {
        family: 'net',
        method: 'fetch',
        url: 'https://a.b/',
        verb: 'DELETE',
        redirect: 'error',
        payload: 'none',
        headers: [
          ['b', '1, 3'],
          ['a', '2'],
        ],
      },
    ]);
  });

  it.each([
    'dispatcher',
    'socketPath',
    'connect',
    'lookup',
    'agent',
    'maxRedirections',
    'origin',
    'path',
    'upgrade',
    'client',
  ])('NU-228 without looking at the option %s', (option) => {
    expect(
      netOps(
        `await fetch('https://a.b/', { get ${option}() { throw new Error('read'); } }); await fetch('https://a.b/', { ${option}: 'x' });`,
      ),
    ).toEqual(netOps(`await fetch('https://a.b/'); await fetch('https://a.b/');`));
  });

  it('for a request as it stood when fetch was called', () => {
    const { server } = visit(`const headers = { a: 'b' }; const init = { method: 'POST', body: 'x', headers };
      const answer = fetch(url, init); headers.a = 'evil'; init.body = 'evil'; await answer; return 0;`);
    expect(server.sent).toBe('x');
  });

  it('at most what is an absolute URL', () => {
    const names = `return await Promise.all(['/x', '', 'https://'].map((url) => fetch(url).catch((error) => error.name)))`;
    expect(visit(names)).toMatchObject({ value: ['TypeError', 'TypeError', 'TypeError'], server: { asked: [] } });
  });

  it('about every scheme, because the host decides', () => {
    expect(visit(`await fetch('data:,x'); await fetch('file:///etc/passwd'); return 0`).server.asked).toEqual([
      'fetch',
      'fetch',
    ]);
  });
});

describe('the response', () => {
  it('is what the host says, with read-only headers', () => {
    const head = {
      status: 404,
      statusText: 'No',
      url: 'https://a.b/end',
      redirected: true,
      headers: [
        ['x', 'y'],
        ['set-cookie', 'a'],
        ['set-cookie', 'b'],
      ],
    } as const;
    expect(
      visit(
        `const r = await fetch(url); let changed = true; try { r.headers.append('a', 'b'); } catch { changed = false; }
        try { r.clone().headers.delete('x'); changed = true; } catch {}
        return [r.type, r.status, r.ok, r.statusText, r.url, r.redirected, [...r.headers], r.body, await r.text(), changed];`,
        { head },
      ).value,
    ).toEqual([
      'basic',
      404,
      false,
      'No',
      'https://a.b/end',
      true,
      [
        ['set-cookie', 'a'],
        ['set-cookie', 'b'],
        ['x', 'y'],
      ],
      null,
      '',
      false,
    ]);
  });

  it.each(['text', 'json', 'bytes', 'arrayBuffer', 'blob'])(
    'that is short is there with the head: %s() asks for nothing',
    (read) => {
      expect(
        visit(`const r = await fetch(url); await r.${read}(); return r.bodyUsed`, { pieces: ['{"a":1}'] }),
      ).toMatchObject({
        value: true,
        server: { asked: ['fetch'] },
      });
    },
  );

  it.each([
    ['text', '"\\u007b\\"é\\":1}"'],
    ['json', '{"é":1}'],
    ['bytes', '[123,34,195,169,34,58,49,125]'],
  ])('that is long is one more request: %s()', (read, expected) => {
    const { value, server } = visit(
      `const r = await fetch(url); const all = await r.${read}(); return all instanceof Uint8Array ? [...all] : all`,
      {
        pieces: ['\ufeff{"', 'é', '":1}'],
      },
    );
    expect(server.asked).toEqual(['fetch', 'drain']);
    expect(value).toEqual(
      read === 'bytes' ? [239, 187, 191, 123, 34, 195, 169, 34, 58, 49, 125] : JSON.parse(expected),
    );
  });

  it('as a stream asks for a piece when somebody waits for one', () => {
    const { value, server } = visit(
      `const r = await fetch(url); const reader = r.body.getReader(); const text = new TextDecoder();
      await new Promise((resolve) => setTimeout(resolve, 1)); const first = text.decode((await reader.read()).value);
      const rest = []; for (let step = await reader.read(); !step.done; step = await reader.read()) rest.push(text.decode(step.value)); return [first, rest];`,
      { pieces: ['a', 'bc', 'd'] },
    );
    expect(value).toEqual(['a', ['bc', 'd']]);
    expect(server.asked).toEqual(['fetch', 'read', 'read', 'read', 'read']);
  });

  it('can be read into a buffer of the reader', () => {
    expect(
      visit(
        `const reader = (await fetch(url)).body.getReader({ mode: 'byob' }); const out = [];
        for (;;) { const { done, value } = await reader.read(new Uint8Array(2)); out.push([done, [...value]]); if (done) return out; }`,
        { pieces: ['abc', 'd'] },
      ).value,
    ).toEqual([
      [false, [97, 98]],
      [false, [99]],
      [false, [100]],
      [true, []],
    ]);
  });

  it('can be cloned: both have all of it', () => {
    expect(
      visit(`const r = await fetch(url); const copy = r.clone(); return [await r.text(), await copy.text()]`, {
        pieces: ['a', 'b'],
      }).value,
    ).toEqual(['ab', 'ab']);
  });

  it('that nobody wants is closed', () => {
    expect(
      visit(`const r = await fetch(url); await r.body.cancel(); return r.bodyUsed`, { pieces: ['a', 'b'] }),
    ).toMatchObject({
      value: true,
      server: { asked: ['fetch', 'close'] },
    });
  });
});

describe('a request body', () => {
  it.each([
    [`'hé\\ud800'`, 'hé\ufffd'],
    [`new Uint8Array([1, 104, 105, 1]).subarray(1, 3)`, 'hi'],
    [`new Blob(['a', 'b'])`, 'ab'],
    [`new URLSearchParams('a=b')`, 'a=b'],
    [`''`, ''],
  ])('%s goes along with the request', (body, sent) => {
    expect(visit(`await fetch(url, { method: 'POST', body: ${body} }); return 0`).server).toMatchObject({
      asked: ['fetch'],
      sent,
    });
  });

  it('BD-100 that is large goes piece by piece, whole and in order', () => {
    const bytes = visit(
      `const body = new Uint8Array(600_000); body.fill(65); body[262_144] = 66; body[524_288] = 67; await fetch(url, { method: 'PUT', body }); return 0`,
    );
    expect(bytes.server.asked).toEqual([
      'fetch',
      `send ${MAX_REQUEST_BODY_BYTES}`,
      `send ${MAX_REQUEST_BODY_BYTES}`,
      'send 75712 last',
    ]);
    expect(bytes.server.sent).toBe(`${'A'.repeat(262_144)}B${'A'.repeat(262_143)}C${'A'.repeat(75_711)}`);
    const text = visit(`await fetch(url, { method: 'PUT', body: '\\u{1f600}'.repeat(50_000) }); return 0`);
    expect(text.server.asked).toEqual(['fetch', 'send 174760', 'send 25240 last']);
    expect(text.server.sent).toBe('\u{1f600}'.repeat(50_000));
  });

  it('of exactly the limit goes along, one byte more does not', () => {
    const asked = (size: number): unknown =>
      visit(`await fetch(url, { method: 'PUT', body: new Uint8Array(${size}) }); return 0`).server.asked;
    expect(asked(MAX_REQUEST_BODY_BYTES)).toEqual(['fetch']);
    expect(asked(MAX_REQUEST_BODY_BYTES + 1)).toEqual(['fetch', `send ${MAX_REQUEST_BODY_BYTES}`, 'send 1 last']);
  });

  it('that is a stream is read as the host takes it', () => {
    const { server, value } =
      visit(`let pulls = 0; const body = new ReadableStream({ pull(c) { pulls += 1; if (pulls > 2) c.close(); else c.enqueue(new Uint8Array(300_000).fill(64 + pulls)); } });
      const r = new Request(url, { method: 'POST', body, duplex: 'half' }); await fetch(r); return [pulls, r.bodyUsed, r.headers.get('content-type')];`);
    expect(value).toEqual([3, true, null]);
    expect(server.sent).toBe('A'.repeat(300_000) + 'B'.repeat(300_000));
    expect(server.asked.filter((op) => op.startsWith('send'))).toEqual([
      `send ${MAX_REQUEST_BODY_BYTES}`,
      'send 37856',
      `send ${MAX_REQUEST_BODY_BYTES}`,
      'send 37856',
      'send 0 last',
    ]);
  });

  it('that is a stream needs duplex', () => {
    expect(
      visit(`return await fetch(url, { method: 'POST', body: new ReadableStream() }).catch((error) => error.name)`),
    ).toMatchObject({ value: 'TypeError', server: { asked: [] } });
  });

  it.each([
    [`c.enqueue('text')`, 'TypeError'],
    [`c.error(new RangeError('own'))`, 'RangeError'],
  ])('whose stream does %s fails the fetch and takes the request back', (act, cause) => {
    const run = runSkill(
      `export const tools = { async t() { return await fetch('https://a.b/', { method: 'POST', duplex: 'half', body: new ReadableStream({ start: (c) => ${act} }) }).catch((error) => [error.name, error.cause.name]); } };`,
      { net: true, answer: new FakeServer({ silent: ['fetch'] }).answer },
    );
    expect(run.value).toEqual(['TypeError', cause]);
    expect(run.sent.filter(({ kind }) => kind === 'cancel')).toHaveLength(1);
  });

  it('that the host stops taking is cancelled, and the response counts', () => {
    const refuse = { send: { code: 'ERR_CARAPACE_NET_CLOSED', message: 'no more' } };
    expect(
      visit(
        `let reason; const body = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(9)), cancel: (why) => { reason = why; } });
        const r = await fetch(url, { method: 'POST', body, duplex: 'half' }); await 0; return [r.status, reason.carapaceCode];`,
        { refuse },
      ).value,
    ).toEqual([200, 'ERR_CARAPACE_NET_CLOSED']);
  });

  it('that the host refuses with the request is cancelled even while it has nothing to give', () => {
    const refuse = { fetch: { code: 'ERR_CARAPACE_PERMISSION_NET_HOST', message: 'no' } };
    expect(
      visit(
        `let reason; const body = new ReadableStream({ cancel: (why) => { reason = why; } });
        return await fetch(url, { method: 'POST', body, duplex: 'half' }).catch((error) => [error === reason, error.carapaceCode]);`,
        { refuse },
      ).value,
    ).toEqual([true, 'ERR_CARAPACE_PERMISSION_NET_HOST']);
  });
});

describe('a failure', () => {
  const refusal = { code: 'ERR_CARAPACE_PERMISSION_NET_HOST', message: 'Cannot fetch: not granted' };
  const told = ['TypeError', 'fetch failed', refusal.code, refusal.code, refusal.message, true];

  it('of the host is a TypeError whose cause has its code and its sentence', () => {
    expect(visit(`${FAIL} return await fetch(url).catch(tell)`, { refuse: { fetch: refusal } }).value).toEqual(told);
  });

  it.each(['text', 'json', 'bytes', 'arrayBuffer', 'blob', 'formData'])(
    'while the body is on its way is one too: %s()',
    (read) => {
      expect(
        visit(`${FAIL} return await (await fetch(url)).${read}().catch(tell)`, {
          refuse: { drain: refusal },
          pieces: ['a', 'b'],
        }).value,
      ).toEqual(told);
    },
  );

  it('of a stream is its error, and what is asked later fails with the same', () => {
    expect(
      visit(
        `${FAIL} const { body } = await fetch(url); const reader = body.getReader(); const first = await reader.read().catch(tell); return [first, await reader.read().catch(tell)];`,
        {
          refuse: { read: refusal },
          pieces: ['a', 'b'],
        },
      ).value,
    ).toEqual([told, told]);
  });

  it('of the worker has the same shape', () => {
    const value = evaluate(
      `${FAIL} const many = Array.from({ length: 20 }, () => fetch('https://a.b').catch(tell)); return (await Promise.race([many[19]])).slice(0, 4);`,
      {
        net: true,
        answer: () => 'silence',
      },
    );
    expect(value).toEqual(['TypeError', 'fetch failed', 'too-many-requests', 'too-many-requests']);
  });
});

describe('an abort', () => {
  const later = `const controller = new AbortController(); const { signal } = controller; const soon = () => setTimeout(() => controller.abort(), 1); const tell = (error) => [error.name, error === signal.reason];`;

  it('before the request asks for nothing', () => {
    expect(
      visit(`let cancelled; const body = new ReadableStream({ cancel: (why) => { cancelled = why; } });
      const out = [await fetch(url, { signal: AbortSignal.abort() }).catch((error) => error.name), await fetch(url, { method: 'POST', body, duplex: 'half', signal: AbortSignal.abort('why') }).catch((error) => error)];
      return [...out, cancelled];`),
    ).toMatchObject({ value: ['AbortError', 'why', 'why'], server: { asked: [] } });
  });

  it('before the answer takes the request back', () => {
    const server = new FakeServer({ silent: ['fetch'] });
    const run = runSkill(
      `export const tools = { async t() { ${later} soon(); return await fetch('https://a.b', { signal }).catch(tell); } };`,
      { net: true, answer: server.answer },
    );
    expect(run.value).toEqual(['AbortError', true]);
    expect(run.sent.filter(({ kind }) => kind === 'cancel')).toEqual([{ kind: 'cancel', id: 2 }]);
    expect(server.asked).toEqual(['fetch']);
  });

  it('while the body is read takes the read back and closes the exchange', () => {
    const server = new FakeServer({ silent: ['drain'], pieces: ['a', 'b'] });
    const run = runSkill(
      `export const tools = { async t() { ${later} const r = await fetch('https://a.b', { signal }); soon(); return [await r.text().catch(tell), r.bodyUsed]; } };`,
      {
        net: true,
        answer: server.answer,
      },
    );
    expect(run.value).toEqual([['AbortError', true], true]);
    expect(run.sent.find(({ kind }) => kind === 'cancel')).toEqual({ kind: 'cancel', id: 3 });
    expect(server.asked).toEqual(['fetch', 'drain', 'close']);
  });

  it('errors the stream of a body, read or not', () => {
    expect(
      visit(
        `${later} const r = await fetch(url, { signal }); const reader = r.body.getReader(); const first = (await reader.read()).value.length; controller.abort(); return [first, await reader.read().catch(tell)];`,
        {
          pieces: ['abc', 'd'],
        },
      ),
    ).toMatchObject({ value: [3, ['AbortError', true]], server: { asked: ['fetch', 'read', 'close'] } });
    expect(
      visit(`${later} const r = await fetch(url, { signal }); controller.abort(); return await r.text().catch(tell);`, {
        pieces: ['a', 'b'],
      }),
    ).toMatchObject({
      value: ['AbortError', true],
      server: { asked: ['fetch', 'close'] },
    });
  });

  it('after the last byte changes nothing', () => {
    expect(
      visit(`${later} const whole = await fetch(url, { signal }); controller.abort(); return await whole.text();`, {
        pieces: ['whole'],
      }),
    ).toMatchObject({ value: 'whole', server: { asked: ['fetch'] } });
  });

  it('ends the upload', () => {
    const server = new FakeServer({ silent: ['fetch'] });
    const value = evaluate(
      `${later} let cancelled; const body = new ReadableStream({ cancel: (why) => { cancelled = why; } }); soon();
      const error = await fetch('https://a.b', { method: 'POST', body, duplex: 'half', signal }).catch(tell); return [error, cancelled === signal.reason];`,
      { net: true, answer: server.answer },
    );
    expect(value).toEqual([['AbortError', true], true]);
  });

  it('by the signal of the call or by a timeout works as any other', () => {
    const server = new FakeServer({ silent: ['fetch'] });
    const value = evaluate(
      `return await fetch(new Request('https://a.b', { signal: AbortSignal.timeout(5) })).catch((error) => error.name)`,
      { net: true, answer: server.answer },
    );
    expect(value).toBe('TimeoutError');
  });
});

it('BD-102 fetch after the result has no effect', () => {
  const server = new FakeServer();
  const run = runSkill(
    `export const tools = { t() { Promise.resolve().then(() => Promise.resolve()).then(() => fetch('https://a.b').catch(() => {})); return 1; } };`,
    { net: true, answer: server.answer },
  );
  expect(run.value).toBe(1);
  expect(server.asked).toEqual([]);
});
