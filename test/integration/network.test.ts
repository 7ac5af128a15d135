import { createServer, type Server } from 'node:http';
import { createMemorySink, createRuntime, type MemorySink, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inlineSkill } from '../inline-skill.ts';

const BUNDLE = `
const run = async ({ url, times = 1, body }) => {
  let text = '';
  for (let time = 0; time < times; time += 1) {
    const response = await fetch(url, body === undefined ? {} : { method: 'POST', body });
    text = await response.text();
  }
  return text;
};
const look = () => ({ fetch: typeof fetch, headers: typeof Headers });
export default { tools: { ask: { run }, mute: { run }, look: { run: look } } };`;

const SKILL = {
  name: 'asker',
  bundle: BUNDLE,
  tools: { ask: {}, mute: { permissions: [] }, look: {} },
  permissions: { net: [{ host: 'api.example.com', methods: ['GET', 'POST'] }] },
};
const URL_OF_API = 'https://api.example.com/echo?city=Bern';

describe('a skill with a granted host', () => {
  let server: Server;
  let target: string;
  let audit: MemorySink;
  let runtime: Runtime;
  let skill: SkillHandle;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const answer = async (): Promise<void> => {
        const body = Buffer.concat(await request.toArray()).toString('utf8');
        response.end(`${request.method} ${request.url} ${body}`);
      };
      void answer();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
    target = `http://127.0.0.1:${address.port}`;
    audit = createMemorySink();
    runtime = await createRuntime({ spares: 1, audit, network: { routes: { 'https://api.example.com': target } } });
    skill = await runtime.load(inlineSkill(SKILL), { permissions: 'declared' });
  });

  afterAll(async () => {
    await runtime.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('fetches, and the result says from where, at what cost, and by which detour', async () => {
    const { structured, provenance, taint, usage } = await skill.call('ask', { url: URL_OF_API, body: 'a body' });
    expect(structured).toBe('POST /echo?city=Bern a body');
    expect(provenance.hosts).toEqual(['api.example.com']);
    expect(taint).toContain('net:api.example.com');
    expect(provenance.protection.overrides).toEqual([`network: https://api.example.com goes to ${target}`]);
    expect(usage).toMatchObject({ fetches: 1, bytesIn: 'POST /echo?city=Bern a body'.length });
    expect(usage.bytesOut).toBeGreaterThan(6);
  });

  it('records the request without the values of its query', async () => {
    const { provenance } = await skill.call('ask', { url: URL_OF_API });
    const [decision, ...more] = audit.events({ call: provenance.callId, kind: 'broker-decision' });
    expect(decision).toMatchObject({
      op: 'net.fetch',
      decision: 'allow',
      containment: expect.stringMatching(/127\.0\.0\.1/),
    });
    expect(JSON.stringify([decision, ...more])).not.toContain('Bern');
  });

  it('names the rule and the remedy of a refusal to the operator, and to the skill what is safe', async () => {
    const { code, failure, provenance } = await skill.call('ask', { url: 'https://other.example.com/' });
    expect(code).toBe('ERR_CARAPACE_SKILL_THREW');
    expect(failure).toMatchObject({
      name: 'TypeError',
      message: expect.stringMatching(/^fetch failed: .*host.*ERR_CARAPACE_PERMISSION_NET_HOST/),
    });
    expect(provenance.hosts).toEqual([]);
    expect(audit.events({ call: provenance.callId, kind: 'broker-decision' })).toMatchObject([
      {
        decision: 'deny',
        code: 'ERR_CARAPACE_PERMISSION_NET_HOST',
        rule: 'host-not-declared',
        remedy: expect.stringContaining('"other.example.com"'),
      },
    ]);
  });

  it('gives a tool without network permissions none of its skill', async () => {
    const { isError, provenance } = await skill.call('mute', { url: URL_OF_API });
    expect(isError).toBe(true);
    expect(audit.events({ call: provenance.callId, kind: 'broker-decision' })).toMatchObject([
      { decision: 'deny', rule: 'no-host-granted' },
    ]);
  });

  it('has no fetch where no host is granted', async () => {
    expect((await skill.call('look', {})).structured).toEqual({ fetch: 'function', headers: 'function' });
    await using alone = await runtime.load(inlineSkill(SKILL));
    expect((await alone.call('look', {})).structured).toEqual({ fetch: 'undefined', headers: 'function' });
  });

  it.each([
    ['ERR_CARAPACE_BUDGET_FETCHES', { fetches: 2 }, { times: 3 }],
    ['ERR_CARAPACE_BUDGET_BYTES_OUT', { bytesOutKiB: 1 }, { body: 'x'.repeat(2_000) }],
    ['ERR_CARAPACE_BUDGET_BYTES_IN', { bytesInMiB: 1, bytesOutKiB: 4_096 }, { times: 5, body: 'x'.repeat(250_000) }],
  ])('ends a call with %s', async (code, limits, input) => {
    await using small = await runtime.load(inlineSkill({ ...SKILL, limits }), { permissions: 'declared' });
    expect((await small.call('ask', { url: URL_OF_API, ...input })).code).toBe(code);
  });

  it.each([
    [{ routes: { 'http://api.example.com': 'http://127.0.0.1:1' } }, /bare https origin/],
    [{ routes: { 'https://api.example.com': 'http://10.0.0.1' } }, /loopback interface only/],
    [{ privateHosts: ['10.0.0.1'] }, /not "host:port"/],
  ])('refuses the option %j', async (network, message) => {
    await expect(createRuntime({ spares: 0, network })).rejects.toMatchObject({
      code: 'ERR_CARAPACE_RUNTIME_NETWORK',
      message: expect.stringMatching(message),
    });
  });
});
