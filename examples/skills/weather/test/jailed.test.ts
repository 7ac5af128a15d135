import { fileURLToPath } from 'node:url';
import { createMemorySink, createRuntime, type MemorySink, type Runtime, type SkillHandle } from '@carapace/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { startOpenMeteo } from '../../../services/open-meteo.ts';

const WEATHER = fileURLToPath(new URL('..', import.meta.url));

describe('weather in the jailed worker, on a service that stands in for Open-Meteo', () => {
  let service: LoopbackService;
  let audit: MemorySink;
  let runtime: Runtime;
  let weather: SkillHandle;

  beforeAll(async () => {
    service = await startOpenMeteo();
    audit = createMemorySink();
    runtime = await createRuntime({
      audit,
      spares: 1,
      network: {
        routes: {
          'https://geocoding-api.open-meteo.com': service.origin,
          'https://api.open-meteo.com': service.origin,
        },
      },
    });
    weather = await runtime.load(WEATHER, { permissions: 'declared' });
  });
  afterAll(async () => {
    await runtime.close();
    await service[Symbol.asyncDispose]();
  });

  it('says what the weather is', async () => {
    const result = await weather.call('current', { place: 'Bern' });

    expect(result.structured).toMatchObject({
      place: { name: 'Bern', country: 'Switzerland' },
      conditions: 'slight rain',
      temperature: 4.2,
      windFrom: 'NW',
    });
  });

  it('gives a forecast, in the units asked for', async () => {
    const result = await weather.call('forecast', { place: 'Springfield', country: 'US', days: 2, units: 'imperial' });

    expect(result.structured).toMatchObject({
      others: ['Springfield, Massachusetts', 'Springfield, Illinois'],
      days: [{ date: '2026-11-22' }, { date: '2026-11-23' }],
      units: { temperature: '°F' },
    });
  });

  it('tells the model what to try when there is no such place', async () => {
    const result = await weather.call('current', { place: 'Xyzzy' });

    expect([result.isError, result.code]).toEqual([true, 'ERR_CARAPACE_SKILL_THREW']);
    expect(result.content[0]?.text).toContain('Cannot find "Xyzzy": try the name of the town alone');
  });

  it('leaves a record of each request, without what was asked', async () => {
    await weather.call('current', { place: 'Tokyo' }, { callId: 'recorded' });

    const decisions = audit.events({ call: 'recorded', kind: 'broker-decision' });
    expect(decisions).toMatchObject([
      { decision: 'allow', target: expect.stringMatching(/^GET https:\/\/geocoding-api\.open-meteo\.com\/v1\/search/) },
      { decision: 'allow', target: expect.stringMatching(/^GET https:\/\/api\.open-meteo\.com\/v1\/forecast/) },
    ]);
    expect(JSON.stringify(decisions)).not.toContain('Tokyo');
  });

  it('reaches no host that the operator did not grant', async () => {
    const { manifest } = weather;
    const net = manifest.permissions.net.filter(({ host }) => host !== 'api.open-meteo.com');
    await using half = await runtime.load(WEATHER, { permissions: { ...manifest.permissions, net } });
    const result = await half.call('current', { place: 'Bern' }, { callId: 'half' });

    expect(result.content[0]?.text).toContain('Cannot reach api.open-meteo.com: ');
    const decisions = audit.events({ call: 'half', kind: 'broker-decision' });
    expect(decisions.filter((event) => 'decision' in event && event.decision === 'deny')).toMatchObject([
      { code: 'ERR_CARAPACE_PERMISSION_NET_HOST', rule: 'host-not-declared' },
    ]);
  });

  it('has no network at all without a grant', async () => {
    const asked = service.requests.length;
    await using bare = await runtime.load(WEATHER);
    const result = await bare.call('current', { place: 'Bern' });

    expect([result.isError, service.requests.length]).toEqual([true, asked]);
  });
});

describe.runIf(process.env['CARAPACE_LIVE'] === '1')('weather on the real Open-Meteo', () => {
  it('knows the weather in Bern', async () => {
    await using runtime = await createRuntime({ spares: 0 });
    await using weather = await runtime.load(WEATHER, { permissions: 'declared' });
    const result = await weather.call('forecast', { place: 'Bern', country: 'CH' });

    expect(result.content[0]?.text).not.toBe('');
    expect(result.structured).toMatchObject({ place: { name: 'Bern' }, days: [{}, {}, {}] });
  });
});
