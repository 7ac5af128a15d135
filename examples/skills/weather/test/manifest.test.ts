import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { startOpenMeteo } from '../../../services/open-meteo.ts';
import { routeFetch } from '../../../testing/route-fetch.ts';
import { readSkillFolder } from '../../../testing/skill-folder.ts';
import { currentWeather } from '../src/current.ts';
import { forecastWeather } from '../src/forecast.ts';
import type { Fetch } from '../src/open-meteo/get-json.ts';
import skill from '../src/skill.ts';

const { manifest, frontmatter, check, refusal } = await readSkillFolder(new URL('../', import.meta.url));
const running = new AbortController().signal;
let service: LoopbackService;
const asked: URL[] = [];

beforeAll(async () => {
  service = await startOpenMeteo();
});
afterAll(() => service[Symbol.asyncDispose]());

const ask: Fetch = (url, init) => {
  asked.push(url);
  return routeFetch(service.origin)(url, init);
};

describe('the manifest of weather', () => {
  it('names the tools of the code', () => {
    expect([...manifest.tools.keys()].sort()).toEqual(Object.keys(skill.tools).sort());
  });

  it('asks for two hosts, for reading only, and for nothing else', () => {
    const { net, ...others } = manifest.permissions;

    expect(net.map(({ host, methods }) => [host, methods])).toEqual([
      ['api.open-meteo.com', ['GET']],
      ['geocoding-api.open-meteo.com', ['GET']],
    ]);
    expect(others).toMatchObject({ fs: [], secrets: [], jit: false });
  });

  it('describes what the tools answer', async () => {
    expect(check('current', 'output', await currentWeather(ask, { place: 'Springfield' }, running))).toEqual([]);
    expect(check('forecast', 'output', await forecastWeather(ask, { place: 'Bern', days: 16 }, running))).toEqual([]);
  });

  it('covers every request that the tools make', async () => {
    asked.length = 0;
    await currentWeather(ask, { place: 'Bern', country: 'CH', units: 'imperial' }, running);
    await forecastWeather(ask, { place: 'Bern', days: 2, units: 'imperial' }, running);

    expect(asked.map((url) => refusal(url, 'GET'))).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    ['current', { place: 'Bern' }, 0],
    ['current', { place: 'Bern', country: 'CH', units: 'imperial' }, 0],
    ['current', { place: 'B' }, 1],
    ['current', { place: 'Bern', country: 'Switzerland' }, 1],
    ['forecast', { place: 'Bern', days: 16 }, 0],
    ['forecast', { place: 'Bern', days: 17 }, 1],
    ['forecast', {}, 1],
  ])('checks the input of %s: %j', (tool, input, issues) => {
    expect(check(tool, 'input', input)).toHaveLength(issues);
  });

  it('comes with a SKILL.md that agents can list', () => {
    expect(frontmatter).toMatchObject({ name: 'weather', license: manifest.license, metadata: { carapace: '1' } });
  });
});
