import { describe, expect, it } from 'vitest';
import { compileNetGrants } from '../grants/compile-net-grants.ts';
import { DEFAULT_NET_LIMITS, type NetLimits } from '../net-limits.ts';
import { compileNetworkOptions } from '../network-policy.ts';
import { authorise } from './authorise.ts';
import { HostSpread } from './host-spread.ts';

const REST = { scheme: 'https', ports: [443], methods: ['GET'], paths: ['/**'] } as const;
const refusal = (rule: string, more: object = {}) =>
  expect.objectContaining({ effectRefusal: expect.objectContaining({ rule, ...more }) });

function open(hosts: readonly string[], privateHosts: readonly string[] = [], limits: Partial<NetLimits> = {}) {
  const all = { ...DEFAULT_NET_LIMITS, ...limits };
  const grants = compileNetGrants(hosts.map((host) => ({ host, ...REST })));
  const rules = { grants, policy: compileNetworkOptions({ privateHosts }), limits: all, spread: new HostSpread(all) };
  return (url: string, verb = 'GET'): void => authorise(new URL(url), verb, rules);
}

describe('authorise', () => {
  it('lets a granted URL pass and refuses another with the line that would allow it', () => {
    const ask = open(['api.example.com']);
    expect(() => ask('https://api.example.com/')).not.toThrow();
    const remedy = expect.stringContaining('permissions.net: {"host":"evil.test"');
    expect(() => ask('https://evil.test/')).toThrow(refusal('host-not-declared', { remedy }));
    expect(() => ask('https://api.example.com:0/')).toThrow(refusal('port-not-declared'));
    expect(() => ask('http://api.example.com/')).toThrow(refusal('scheme-not-declared'));
    expect(() => ask('https://api.example.com/', 'POST')).toThrow(refusal('method-not-declared'));
  });

  it.each(['CONNECT', 'TRACE', 'PURGE', 'get', 'GET ', 'QUERY', '', 'G'.repeat(10_000)])(
    'NP-233 refuses the method %j',
    (verb) =>
      expect(() => open(['api.example.com'])('https://api.example.com/', verb)).toThrow(refusal('method-unknown')),
  );

  it.each([
    'https://127.0.0.1/',
    'https://8.8.8.8/',
    'https://[::1]/',
    'https://[2606:4700::1111]/',
    'https://0x7f000001/',
  ])('NU-199 NU-200 NU-202 refuses %s: an address, public or not', (url) =>
    expect(() => open(['api.example.com'])(url)).toThrow(refusal('ip-literal')),
  );

  it('names the operator’s option that would open an address', () => {
    const remedy = 'createRuntime: network.privateHosts: ["[::1]:8080"]';
    expect(() => open(['api.example.com'])('http://[::1]:8080/')).toThrow(refusal('ip-literal', { remedy }));
  });

  it('opens a private host that no manifest can name, for exactly its port', () => {
    const ask = open(['api.example.com'], ['127.0.0.1:8080', 'localhost:8080', '[::1]:8080']);
    for (const url of ['http://127.0.0.1:8080/', 'http://localhost:8080/x', 'https://[::1]:8080/']) {
      expect(() => ask(url, 'DELETE')).not.toThrow();
    }
    expect(() => ask('http://127.0.0.1:8081/')).toThrow(refusal('ip-literal'));
    expect(() => ask('http://localhost/')).toThrow(refusal('host-not-declared'));
    expect(() => ask('http://127.0.0.2:8080/')).toThrow(refusal('ip-literal'));
  });

  it('opens it to no tool that was granted no host at all', () => {
    expect(() => open([], ['localhost:8080'])('http://localhost:8080/')).toThrow(refusal('host-not-declared'));
  });

  it('still asks for a grant where a manifest can name the private host', () => {
    const ask = open(['api.example.com'], ['intranet.example.com:443']);
    expect(() => ask('https://intranet.example.com/')).toThrow(refusal('host-not-declared'));
  });
});

describe('HostSpread', () => {
  it('bounds the hosts of a call', () => {
    const ask = open(['a.example.com', 'b.example.com', 'c.example.com'], [], { maxHosts: 2 });
    ask('https://a.example.com/');
    ask('https://b.example.com/');
    expect(() => ask('https://c.example.com/')).toThrow(refusal('host-count'));
    expect(() => ask('https://a.example.com/again')).not.toThrow();
  });

  it('SE-279 bounds the labels below a wildcard, in number and in length', () => {
    const ask = open(['*.example.com']);
    expect(() => ask(`https://${'a'.repeat(41)}.example.com/`)).toThrow(refusal('label-length'));
    for (const label of ['a'.repeat(40), 'b', 'c', 'd']) ask(`https://${label}.example.com/`);
    const remedy = 'permissions.net: name the host itself beside "*.example.com"';
    expect(() => ask('https://e.example.com/')).toThrow(refusal('label-count', { remedy }));
    expect(() => ask('https://b.example.com/')).not.toThrow();
  });

  it('counts no label of a host that is granted by its own name', () => {
    const long = `${'a'.repeat(50)}.example.com`;
    const ask = open(['*.example.com', long]);
    expect(() => ask(`https://${long}/`)).not.toThrow();
  });
});
