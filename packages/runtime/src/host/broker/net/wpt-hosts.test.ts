import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../effect.ts';
import type { NetAccess, NetGrants } from './grants/net-grants.ts';
import { createNetBroker } from './net-broker.ts';
import { NetGate } from './net-gate.ts';
import { type ConnectTarget, openNetPowers } from './net-powers.ts';
import { compileNetworkOptions, literalAddress } from './network-policy.ts';

const FOLDER =
  process.env['CARAPACE_WPT_DIR'] ?? fileURLToPath(new URL('../../../../../../../shared/wpt', import.meta.url));
const FILE = join(FOLDER, 'urltestdata.json');
const present = existsSync(FILE);
const where = present ? 'of web-platform-tests' : `skipped: no ${FILE}, CARAPACE_WPT_DIR says where it is`;
if (!present) process.stderr.write(`every URL input has one host: ${where}\n`);

interface WebCase {
  readonly input: string;
  readonly href: string;
  readonly hostname: string;
  readonly port: number;
  readonly tls: boolean;
}

/** The cases that give an http or https URL: the parts are those of the data, not of a parser of ours. */
function readWebCases(): readonly WebCase[] {
  const items: unknown = JSON.parse(readFileSync(FILE, 'utf8'));
  return Array.isArray(items) ? items.flatMap(toWebCase) : [];
}

function toWebCase(item: unknown): readonly WebCase[] {
  if (typeof item !== 'object' || item === null || !('protocol' in item) || !('href' in item)) return [];
  if (item.protocol !== 'http:' && item.protocol !== 'https:') return [];
  const { input, hostname, port } = { input: '', hostname: '', port: '', ...item };
  const tls = item.protocol === 'https:';
  return [{ input, href: String(item.href), hostname, port: port === '' ? (tls ? 443 : 80) : Number(port), tls }];
}

/** What the request was decided on, what was looked up and what was to be connected to. */
interface Trace {
  readonly decided: readonly NetAccess[];
  readonly resolved: readonly string[];
  readonly dialled: readonly ConnectTarget[];
  readonly answer: EffectAnswer;
}

const ADDRESS = '203.0.113.7';

/** Fetches with everything real but the name server and the socket; every host is granted. */
async function trace(url: string, privateHosts: readonly string[]): Promise<Trace> {
  const decided: NetAccess[] = [];
  const resolved: string[] = [];
  const dialled: ConnectTarget[] = [];
  const grants: NetGrants = {
    isEmpty: false,
    canName: () => true,
    decide: (access) => {
      decided.push(access);
      return { kind: 'granted', wildcard: undefined };
    },
  };
  const resolve = (host: string): Promise<readonly string[]> => {
    resolved.push(host);
    return Promise.resolve([ADDRESS]);
  };
  const policy = compileNetworkOptions({ privateHosts });
  const powers = {
    ...(await openNetPowers(policy)),
    resolve,
    resolveLocal: resolve,
    judge: () => ({ kind: 'public' }) as const,
    connect: (target: ConnectTarget) => {
      dialled.push(target);
      return Promise.reject(new Error('nothing is dialled here'));
    },
  };
  const meter = { charge: () => true, limit: () => 1_000_000 };
  const identity = { skill: 'conformance', tool: 'fetch' };
  await using broker = createNetBroker({ identity, grants, policy, meter, gate: new NetGate(), powers });
  const op = { method: 'fetch', url, verb: 'GET', headers: [], redirect: 'follow', payload: 'none' } as const;
  const request = { id: 1, op: { family: 'net', ...op } as const, body: new Uint8Array(0) };
  const answer = await broker.perform(request, new AbortController().signal);
  return { decided, resolved, dialled, answer };
}

/** Before anything is decided on. */
const REFUSED_FORMS = ['url-userinfo', 'host-trailing-dot', 'url-spelling', 'ip-literal'];

describe.skipIf(!present)(`every URL input ${where}`, () => {
  const cases = present ? readWebCases() : [];

  it('decides on the host that it dials, which is the host of the data', { timeout: 120_000 }, async () => {
    let reached = 0;
    for (const { href, hostname, port, tls } of cases) {
      const { decided, resolved, dialled, answer } = await trace(href, []);
      if (answer.kind === 'refused' && REFUSED_FORMS.includes(answer.rule)) {
        expect({ href, decided, resolved, dialled }).toEqual({ href, decided: [], resolved: [], dialled: [] });
        continue;
      }
      reached += 1;
      expect({ href, decided: decided.map(({ host }) => host), resolved }).toEqual({
        href,
        decided: [hostname],
        resolved: [hostname],
      });
      expect({ href, dialled }).toEqual({ href, dialled: [{ address: ADDRESS, port, tls, servername: hostname }] });
      expect(decided[0]).toMatchObject({ port, scheme: tls ? 'https' : 'http' });
    }
    expect(reached).toBeGreaterThan(150);
    expect(cases.length).toBeGreaterThan(reached);
  });

  it('dials an address only where the operator opened exactly that one', { timeout: 120_000 }, async () => {
    const literals = cases.filter(({ hostname, port }) => literalAddress(hostname) !== undefined && port !== 0);
    let reached = 0;
    for (const { href, hostname, port, tls } of literals) {
      const closed = await trace(href, []);
      expect(closed).toMatchObject({ decided: [], resolved: [], dialled: [], answer: { kind: 'refused' } });
      const { decided, resolved, dialled, answer } = await trace(href, [`${hostname}:${port}`]);
      if (answer.kind === 'refused' && REFUSED_FORMS.includes(answer.rule)) continue;
      reached += 1;
      const address = literalAddress(hostname);
      expect({ href, decided: decided.map(({ host }) => host), resolved }).toEqual({
        href,
        decided: [hostname],
        resolved: [],
      });
      expect({ href, dialled }).toEqual({ href, dialled: [{ address, port, tls, servername: undefined }] });
    }
    expect(reached).toBeGreaterThan(20);
  });

  it('does so when a worker sends the input as it is', { timeout: 120_000 }, async () => {
    let refused = 0;
    for (const { input, hostname } of cases) {
      const { decided, resolved, answer } = await trace(input, []);
      if (answer.kind === 'refused' && REFUSED_FORMS.includes(answer.rule)) refused += 1;
      const hosts = new Set([...decided.map(({ host }) => host), ...resolved]);
      expect({ input, hosts: [...hosts] }).toEqual({ input, hosts: hosts.size === 0 ? [] : [hostname] });
    }
    expect(refused).toBeGreaterThan(cases.length / 2);
  });
});
