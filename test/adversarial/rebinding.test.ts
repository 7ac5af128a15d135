import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import { type Dns, openDns } from './dns.ts';
import { value } from './expected.ts';
import { type RawServer, reply, startRawServer } from './servers/raw-server.ts';

/** In these tests this address is one of the internet, and there is no other. */
const PUBLIC = '127.0.0.2';
const KEPT = Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nkept');

let dns: Dns;
let outside: RawServer;
let inside: RawServer;
let connections = 0;
beforeAll(async () => {
  outside = await startRawServer(
    ({ path }) => (path === '/kept' ? (socket) => void socket.write(KEPT) : reply('outside')),
    { host: PUBLIC },
  );
  // The same port, where only the address tells the two apart.
  inside = await startRawServer(() => reply('inside'), { port: outside.port });
  dns = await openDns({
    judge: (address) =>
      address === PUBLIC ? { kind: 'public' } : { kind: 'special', name: 'any other', ownNetwork: false },
  });
});
beforeEach(() => {
  connections = outside.connections;
  dns.asked.length = 0;
});
afterAll(async () => {
  await dns[Symbol.asyncDispose]();
  expect(inside.connections, 'the private address was reached').toBe(0);
  await outside[Symbol.asyncDispose]();
  await inside[Symbol.asyncDispose]();
});

describe('a name that changes its address', () => {
  it('NU-206 a name that is public once and private the second time: only what was judged is dialled', async () => {
    let turn = 0;
    dns.answer = () => (turn++ === 0 ? [PUBLIC] : ['127.0.0.1']);
    const result = await dns.run('NU-206', "return [await get('/'), await get('/'), await get('/')];", {
      hosts: ['name.example.com'],
      port: outside.port,
    });
    expectOutcome(result, value(['200 outside', 'PERMISSION_NET_ADDRESS', 'PERMISSION_NET_ADDRESS']));
    expect(outside.connections - connections).toBe(1);
    expect(dns.asked.length, 'one question for each connection, so that no second answer is ever used').toBe(3);
  });

  it('NU-206 a request that is judged and dialled at the same time as another', async () => {
    let turn = 0;
    dns.answer = () => (turn++ % 2 === 0 ? [PUBLIC] : ['127.0.0.1']);
    const body = "return [...new Set(await Promise.all(Array.from({ length: 8 }, (_, n) => get('/' + n))))].sort();";
    const result = await dns.run('NU-206', body, { hosts: ['name.example.com'], port: outside.port });
    expectOutcome(result, value(['200 outside', 'PERMISSION_NET_ADDRESS']));
    expect(outside.connections).toBeGreaterThan(connections);
  });

  it('NU-207 a kept connection stays the judged one; the next connection is judged anew', async () => {
    let turn = 0;
    dns.answer = () => (turn++ === 0 ? [PUBLIC] : ['127.0.0.1']);
    const body =
      "const kept = []; for (let n = 0; n < 3; n += 1) kept.push(await get('/kept')); kept.push(await get('/close')); return [kept, await get('/kept')];";
    const result = await dns.run('NU-207', body, { hosts: ['name.example.com'], port: outside.port });
    expect(result.code).toBe(undefined);
    expect(outside.connections - connections).toBe(1);
    expect(Object(result.structured)[0]).toContain('200 kept');
    expect(Object(result.structured)[1]).toBe('PERMISSION_NET_ADDRESS');
  });

  it('NU-207 and the next call knows nothing of a connection of the last', async () => {
    dns.answer = () => [PUBLIC];
    await dns.run('NU-207', "return await get('/kept');", { hosts: ['name.example.com'], port: outside.port });
    dns.answer = () => ['127.0.0.1'];
    const result = await dns.run('NU-207', "return await get('/kept');", {
      hosts: ['name.example.com'],
      port: outside.port,
    });
    expectOutcome(result, value('PERMISSION_NET_ADDRESS'));
  });
});
