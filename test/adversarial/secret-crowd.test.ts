import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { granted, HOST, NET_PRELUDE, openStage, type Stage } from './net-case.ts';
import { type Attack, grantOf, openSandbox, type Sandbox, skillOf } from './sandbox.ts';
import { createMemorySecrets } from './servers/memory-secrets.ts';
import { type RawRequest, reply } from './servers/raw-server.ts';
import { callOptions } from './variant.ts';

let stage: Stage;
let sandbox: Sandbox;
beforeAll(async () => {
  stage = await openStage();
  sandbox = await openSandbox({
    // Processes that serve one call after the other: what one call leaves behind could reach the next.
    isolation: 'skill',
    spares: 2,
    maxWorkers: 4,
    maxQueue: 100,
    network: { routes: { [`https://${HOST}`]: stage.server.origin } },
    secrets: [createMemorySecrets({ ALPHA: 'canary-alpha-0123456789', BETA: 'canary-beta-0123456789' })],
  });
});
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

function authorizationOf({ headers }: RawRequest): string | undefined {
  return headers.find(([name]) => name === 'authorization')?.[1];
}

function asking(name: string): Attack {
  const place = { header: 'authorization', prefix: 'Bearer ' };
  const run = `const found = new Set();
      for (let n = 0; n < 4; n += 1) found.add(await get('/${name}', { headers: { authorization: 'Bearer ' + ctx.secrets.${name} } }));
      const other = await get('/${name}', { headers: { authorization: 'Bearer ' + (input.placeholder ?? 'cps_none') } });
      return [[...found], other, Object.keys(ctx.secrets), ctx.secrets.${name}];`;
  return {
    id: 'SE-273',
    title: name,
    skill: name.toLowerCase(),
    isolation: 'skill',
    module: `${NET_PRELUDE}export default { tools: { attack: { async run(input, ctx) {\n${run}\n} } } };`,
    permissions: { net: granted(HOST), secrets: [{ name, description: 'Bait', host: HOST, in: place }] },
    limits: { concurrency: 64, wallMs: 60_000 },
  };
}

describe('SE-273 two skills with different secrets for one host', () => {
  it('never get each other’s, fifty calls at once', async () => {
    stage.answers = {
      '/ALPHA': (socket, request) => socket.end(reply(authorizationOf(request) ?? '')),
      '/BETA': (socket, request) => socket.end(reply(authorizationOf(request) ?? '')),
    };
    const before = stage.server.requests.length;
    const names = ['ALPHA', 'BETA'] as const;
    const attacks = names.map((name) => asking(name));
    const skills = await Promise.all(attacks.map((attack) => sandbox.runtime.load(skillOf(attack), grantOf(attack))));
    const [first] = await Promise.all(skills.map((skill) => skill.call('attack', {}, callOptions())));
    // A placeholder of an earlier call of the other skill: nothing to this one.
    const placeholder = Object(first?.structured)[3];
    expect(placeholder).toMatch(/^cps_/);
    const calls = Array.from({ length: 50 }, (_, n) => ({ skill: skills[n % 2], name: names[n % 2] ?? 'ALPHA' }));
    const results = await Promise.all(
      calls.map(async ({ skill, name }) => ({
        name,
        result: await skill?.call('attack', { placeholder }, callOptions()),
      })),
    );
    for (const { name, result } of results) {
      expect(result?.code).toBe(undefined);
      const [found, other, own] = Object(result?.structured);
      expect(found).toEqual([`200 Bearer [redacted:${name}]`]);
      expect(other).toMatch(/^PERMISSION_SECRET_/);
      expect(own).toEqual([name]);
      expect(JSON.stringify(result)).not.toContain('canary');
    }
    for (const request of stage.server.requests.slice(before)) {
      expect(authorizationOf(request)).toBe(`Bearer canary-${request.path.slice(1).toLowerCase()}-0123456789`);
    }
    for (const skill of skills) await skill.close();
  }, 60_000);
});
