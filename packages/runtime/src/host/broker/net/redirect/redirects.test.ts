import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../../effect.ts';
import {
  type FetchOptions,
  headOf,
  type NetCallOptions,
  openGrant,
  openNetCall,
  textOf,
} from '../fixtures/net-call.ts';
import { type Answer, type RawServer, response, startRawServer } from '../fixtures/raw-server.ts';

const HOST = 'api.example.com';

/** Answers by path: a status with a Location, or `ok`. `{port}` in a Location is the server's own. */
function redirecting(table: Readonly<Record<string, string>>, port: () => number): Answer {
  return (socket, head) => {
    const path = head.split(' ')[1] ?? '';
    const entry = Object.hasOwn(table, path) ? table[path] : undefined;
    if (entry === undefined) return void socket.write(response('200 OK', [], `ok ${path}`));
    const [status = '', location] = entry.split(' ');
    const headers = location === undefined ? [] : [`location: ${location.replaceAll('{port}', String(port()))}`];
    socket.write(response(`${status} Redirect`, headers, 'moved'));
  };
}

async function follow(
  table: Readonly<Record<string, string>>,
  path = '/',
  fetchOptions: FetchOptions = {},
  callOptions: (server: RawServer) => NetCallOptions = (server) => ({
    net: [...openGrant([server.port]), ...openGrant([server.port], 'other.example.com')],
  }),
): Promise<{
  readonly answer: EffectAnswer;
  readonly received: readonly string[];
  readonly fetches: number;
  readonly port: number;
}> {
  await using server: RawServer = await startRawServer(redirecting(table, () => server.port));
  await using call = await openNetCall(callOptions(server));
  const answer = await call.fetch(`http://${HOST}:${server.port}${path}`, fetchOptions);
  return { answer, received: [server.received.join('')], fetches: call.spent.fetches, port: server.port };
}

describe('redirects', () => {
  it.each(['301', '302', '303', '307', '308'])(
    'follows %s, counts each hop and tells where it ended',
    async (status) => {
      const { answer, fetches, port } = await follow({ '/': `${status} /next`, '/next': `${status} /end?a=1#frag` });
      expect(headOf(answer)).toMatchObject({ status: 200, redirected: true, url: `http://${HOST}:${port}/end?a=1` });
      expect(textOf(answer)).toBe('ok /end?a=1');
      expect(fetches).toBe(3);
      const base = `http://${HOST}:${port}`;
      expect(answer).toMatchObject({ trail: { target: `GET ${base}/ → ${base}/next → ${base}/end?a=…` } });
    },
  );

  it.each([
    ['300 /next', 300],
    ['304', 304],
    ['302', 302],
  ])('takes %s for a plain response', async (entry, status) => {
    const { answer } = await follow({ '/': entry });
    expect(headOf(answer)).toMatchObject({ status, redirected: false });
  });

  it.each([
    ['a host that is not granted', '302 https://evil.test/', 'host-not-declared'],
    ['a host without a scheme', '302 //evil.test/', 'host-not-declared'],
    ['backslashes', '302 \\\\evil.test/', 'host-not-declared'],
    ['one slash and a backslash', '302 http:/\\evil.test/', 'host-not-declared'],
    ['another port', `302 http://${HOST}:1/`, 'port-not-declared'],
    ['an address', '302 http://169.254.169.254/latest/meta-data/', 'ip-literal'],
    ['an address in hexadecimal', '302 http://0x7f000001/', 'ip-literal'],
    ['a name with user information', `302 http://${HOST}@evil.test/`, 'url-userinfo'],
    ['a file', '302 file:///etc/passwd', 'scheme-unknown'],
    ['data', '302 data:text/html,x', 'scheme-unknown'],
    ['a script', '302 javascript:alert(1)', 'scheme-unknown'],
    ['a trailing dot', `302 http://${HOST}.:{port}/`, 'host-trailing-dot'],
    ['no URL', '302 http://[', 'redirect-location'],
  ])('NU-219 NU-220 refuses one to %s', async (_name, entry, rule) => {
    const { answer, received } = await follow({ '/': entry });
    expect(answer).toMatchObject({ kind: 'refused', rule });
    expect(received.join('').match(/^GET /gm)).toHaveLength(1);
  });

  it('NU-221 ends a loop and a long chain after five', async () => {
    const { answer, fetches } = await follow({ '/': '302 /' });
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_NET_REDIRECT', rule: 'redirect-count' });
    expect(fetches).toBe(6);
  });

  it('NU-221 refuses two Locations and one of 1 MiB', async () => {
    await using server = await startRawServer((socket, head) => {
      const two = head.startsWith('GET /two ');
      const headers = two ? ['location: /a', 'location: /b'] : [`location: /${'a'.repeat(1024 * 1024)}`];
      socket.write(response('302 Found', headers));
    });
    await using call = await openNetCall({ net: openGrant([server.port]) });
    expect(await call.fetch(`http://${HOST}:${server.port}/two`)).toMatchObject({ rule: 'redirect-location' });
    const long = await call.fetch(`http://${HOST}:${server.port}/long`);
    expect(long).toMatchObject({ code: 'ERR_CARAPACE_NET_RESPONSE_HEADERS' });
  });

  it('NU-221 refuses a Location that fits into a header and is too long for a URL', async () => {
    const { answer } = await follow({ '/': `302 /${'a'.repeat(9_000)}` });
    expect(answer).toMatchObject({ rule: 'url-length' });
  });

  it('stops at a redirect when the guest wants that', async () => {
    const { answer } = await follow({ '/': '302 /next' }, '/', { redirect: 'error' });
    expect(answer).toMatchObject({ rule: 'redirect-error-mode' });
  });

  it('shows an opaque one when the guest wants that, with nothing of it', async () => {
    const { answer, port } = await follow({ '/': '302 http://169.254.169.254/' }, '/', { redirect: 'manual' });
    expect(headOf(answer)).toEqual({
      status: 0,
      statusText: '',
      headers: [],
      url: `http://${HOST}:${port}/`,
      redirected: false,
      type: 'opaqueredirect',
      body: 'none',
    });
  });

  const post: FetchOptions = {
    verb: 'POST',
    body: 'payload',
    headers: [
      ['content-type', 'text/plain'],
      ['authorization', 'Bearer mine'],
      ['x-api-key', 'mine'],
      ['x-other', 'mine'],
      ['accept-language', 'de'],
    ],
  };
  const second = (received: readonly string[]): string =>
    received
      .join('')
      .split(/(?=(?:GET|POST|HEAD) \/)/)
      .at(-1) ?? '';

  it.each(['301', '302', '303'])('NU-222 turns a POST into a GET without body after %s', async (status) => {
    const { answer, received } = await follow({ '/': `${status} /next` }, '/', post);
    expect(textOf(answer)).toBe('ok /next');
    expect(second(received)).toMatch(/^GET \/next /);
    expect(second(received)).not.toMatch(/payload|content-type|content-length/);
    expect(second(received)).toMatch(/authorization: Bearer mine\r\n/);
  });

  it.each(['307', '308'])('NU-222 repeats a POST with its body after %s on the same origin', async (status) => {
    const { received } = await follow({ '/': `${status} /next` }, '/', post);
    expect(second(received)).toMatch(/^POST \/next [\s\S]*content-length: 7\r\n\r\npayload$/);
  });

  it.each(['307', '308'])('NU-222 never sends a body to another origin (%s)', async (status) => {
    const { answer, received } = await follow({ '/': `${status} http://other.example.com:{port}/` }, '/', post);
    expect(answer).toMatchObject({ code: 'ERR_CARAPACE_PERMISSION_NET_REDIRECT', rule: 'redirect-body-cross-origin' });
    expect(received.join('')).not.toContain('other.example.com');
  });

  it('NU-222 sends another origin none of the headers that say who is asking', async () => {
    const { answer, received } = await follow({ '/': '303 http://other.example.com:{port}/x' }, '/', post);
    expect(textOf(answer)).toBe('ok /x');
    expect(second(received)).toMatch(/host: other\.example\.com/);
    expect(second(received)).not.toMatch(/authorization|x-api-key|x-other|mine/);
    expect(second(received)).toMatch(/accept-language: de\r\n/);
  });

  it('keeps HEAD a HEAD', async () => {
    const { received } = await follow({ '/': '303 /next' }, '/', { verb: 'HEAD' });
    expect(second(received)).toMatch(/^HEAD \/next /);
  });

  it('does not repeat a streamed body', async () => {
    await using server = await startRawServer(
      (socket) => void socket.write(response('307 Redirect', ['location: /next'])),
    );
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const { exchange, answer } = call.fetchStream(`http://${HOST}:${server.port}/`);
    await call.ask({ family: 'net', method: 'send', exchange, last: true }, Buffer.from('x'));
    expect(await answer).toMatchObject({ rule: 'redirect-stream-body' });
  });

  it('goes on without a streamed body after 303', async () => {
    await using server: RawServer = await startRawServer(redirecting({ '/': '303 /next' }, () => server.port));
    await using call = await openNetCall({ net: openGrant([server.port]) });
    const { exchange, answer } = call.fetchStream(`http://${HOST}:${server.port}/`);
    await call.ask({ family: 'net', method: 'send', exchange, last: false }, Buffer.from('x'));
    expect(textOf(await answer)).toBe('ok /next');
    expect(await call.ask({ family: 'net', method: 'send', exchange, last: true }, Buffer.from('y'))).toEqual({
      kind: 'done',
    });
  });

  it('asks the operator’s decider about each hop', async () => {
    const seen: string[] = [];
    const { answer } = await follow({ '/': '302 /next' }, '/', {}, (server) => ({
      net: openGrant([server.port]),
      network: {
        onRequest: (request) => {
          seen.push(`${request.hop} ${new URL(request.url).pathname}`);
          return Promise.resolve(request.hop === 0 ? 'allow' : { deny: 'no redirects today' });
        },
      },
    }));
    expect(seen).toEqual(['0 /', '1 /next']);
    expect(answer).toMatchObject({ rule: 'decider-denied' });
  });
});
