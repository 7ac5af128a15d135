import { describe, expect, it } from 'vitest';
import { compileNetworkOptions } from './network-policy.ts';

const code = expect.objectContaining({ code: 'ERR_CARAPACE_RUNTIME_NETWORK' });

describe('compileNetworkOptions', () => {
  it('is strict by default', () => {
    expect(compileNetworkOptions()).toEqual({
      privateHosts: new Set(),
      routes: new Map(),
      proxy: undefined,
      onRequest: undefined,
      onRequestTimeoutMs: 5_000,
      ca: undefined,
      overrides: [],
    });
  });

  it.each(['localhost:8080', '127.0.0.1:80', '[::1]:443', 'intranet.example.com:443', 'printer.local:631'])(
    'takes the private host %s',
    (host) => {
      const policy = compileNetworkOptions({ privateHosts: [host] });
      expect(policy.privateHosts.has(host)).toBe(true);
      expect(policy.overrides).toEqual([`network: private host ${host}`]);
    },
  );

  it.each([
    'localhost',
    'localhost:',
    'localhost:0',
    'localhost:65536',
    'LOCALHOST:80',
    '127.1:80',
    '0x7f.0.0.1:80',
    '[0:0:0:0:0:0:0:1]:80',
    '*:80',
    '*.local:80',
    '10.0.0.0/8:80',
    'http://localhost:80',
    'a@localhost:80',
    'localhost:80/x',
    'localhost:080',
    '',
  ])('refuses the private host %j', (host) =>
    expect(() => compileNetworkOptions({ privateHosts: [host] })).toThrow(code),
  );

  it('takes routes to https and to the loopback interface', () => {
    const routes = {
      'https://api.example.com': 'http://127.0.0.1:8080',
      'https://b.example.com': 'https://mirror.test',
      'https://c.example.com:8443': 'http://[::1]:1',
    };
    const policy = compileNetworkOptions({ routes });
    expect(policy.routes.get('https://c.example.com:8443')?.origin).toBe('http://[::1]:1');
    expect(policy.overrides).toContain('network: https://api.example.com goes to http://127.0.0.1:8080');
  });

  it.each([
    ['http://api.example.com', 'https://mirror.test'],
    ['https://api.example.com/', 'https://mirror.test'],
    ['https://api.example.com', 'http://mirror.test'],
    ['https://api.example.com', 'http://localhost:8080'],
    ['https://api.example.com', 'http://10.0.0.1'],
    ['https://api.example.com', 'https://mirror.test/path'],
    ['https://api.example.com', 'ftp://127.0.0.1'],
    ['https://api.example.com', 'nonsense'],
    ['nonsense', 'https://mirror.test'],
  ])('refuses the route from %s to %s', (from, to) =>
    expect(() => compileNetworkOptions({ routes: { [from]: to } })).toThrow(code),
  );

  it('takes a proxy, and keeps its password out of records and messages', () => {
    const policy = compileNetworkOptions({ proxy: 'https://me:s3cret@proxy.test:8443' });
    expect(policy.proxy).toMatchObject({
      host: 'proxy.test',
      port: 8443,
      tls: true,
      origin: 'https://proxy.test:8443',
    });
    expect(policy.overrides).toEqual(['network: proxy https://proxy.test:8443']);
    const bad = (): unknown => compileNetworkOptions({ proxy: 'http://me:s3cret@proxy.test:8080/path' });
    expect(bad).toThrow(code);
    expect(bad).not.toThrow(/s3cret/);
  });

  it.each(['socks5://proxy.test:1080', 'proxy.test:8080', 'http://proxy.test/?a', 'ftp://proxy.test', ''])(
    'refuses the proxy %j',
    (proxy) => expect(() => compileNetworkOptions({ proxy })).toThrow(code),
  );

  it.each([0, -1, 1.5, Number.NaN, Infinity, 300_001])('refuses the time %d for a decider', (onRequestTimeoutMs) =>
    expect(() => compileNetworkOptions({ onRequestTimeoutMs })).toThrow(code),
  );
});
