import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoopbackService } from '../../../services/loopback-service.ts';
import { startOpenMeteo } from '../../../services/open-meteo.ts';
import { routeFetch } from '../../../testing/route-fetch.ts';
import { currentWeather } from '../src/current.ts';
import { forecastWeather } from '../src/forecast.ts';
import type { Fetch } from '../src/open-meteo/get-json.ts';
import { compassPoint } from '../src/open-meteo/units.ts';
import { describeCode } from '../src/open-meteo/weather-code.ts';

let service: LoopbackService;
let ask: Fetch;
const running = new AbortController().signal;

beforeAll(async () => {
  service = await startOpenMeteo();
  ask = routeFetch(service.origin);
});
afterAll(() => service[Symbol.asyncDispose]());

/** Every answer of the service is this one. */
function answering(status: number, body: string): Fetch {
  return async () => new Response(body, { status });
}

describe('current', () => {
  it('says what the weather is at the place that was found', async () => {
    expect(await currentWeather(ask, { place: 'Bern' }, running)).toEqual({
      place: { name: 'Bern', region: 'Canton of Bern', country: 'Switzerland', latitude: 46.94809, longitude: 7.44744 },
      others: [],
      time: '2026-11-22T10:15',
      conditions: 'slight rain',
      temperature: 4.2,
      feelsLike: 0.9,
      humidityPercent: 87,
      cloudCoverPercent: 94,
      precipitation: 0.3,
      windSpeed: 18,
      windGusts: 36,
      windFrom: 'NW',
      units: { temperature: '°C', precipitation: 'mm', windSpeed: 'km/h' },
    });
  });

  it('asks for the units it names', async () => {
    const { temperature, windSpeed, units } = await currentWeather(ask, { place: 'Bern', units: 'imperial' }, running);

    expect({ temperature, windSpeed, units }).toEqual({
      temperature: 39.6,
      windSpeed: 11.2,
      units: { temperature: '°F', precipitation: 'inch', windSpeed: 'mph' },
    });
  });

  it('gives null where the service has no value', async () => {
    const places = '{ "results": [{ "name": "X", "latitude": 1, "longitude": 2 }] }';
    const weather = '{ "current": { "time": "2026-11-22T10:15", "temperature_2m": null } }';
    const sparse: Fetch = async ({ pathname }) => new Response(pathname === '/v1/search' ? places : weather);

    expect(await currentWeather(sparse, { place: 'X' }, running)).toMatchObject({
      place: { name: 'X', latitude: 1, longitude: 2 },
      conditions: 'unknown',
      temperature: null,
      windFrom: null,
    });
  });
});

describe('forecast', () => {
  it('gives three days, today first', async () => {
    const { days } = await forecastWeather(ask, { place: 'Tokyo' }, running);

    expect(days.map(({ date, conditions, high, low }) => [date, conditions, high, low])).toEqual([
      ['2026-11-22', 'slight rain', 6, -1],
      ['2026-11-23', 'overcast', 7, 0],
      ['2026-11-24', 'clear sky', 8, 1],
    ]);
  });

  it('gives as many days as were asked for', async () => {
    expect((await forecastWeather(ask, { place: 'Tokyo', days: 16 }, running)).days).toHaveLength(16);
  });
});

describe('which place is meant', () => {
  it('takes the first and names the others as they can be asked for', async () => {
    const { place, others } = await currentWeather(ask, { place: 'Springfield' }, running);

    expect(place.region).toBe('Missouri');
    expect(others).toEqual(['Springfield, Massachusetts', 'Springfield, Illinois']);
    const [, second = ''] = others;
    expect((await currentWeather(ask, { place: second }, running)).place.region).toBe('Illinois');
  });

  it('keeps to a country', async () => {
    await expect(currentWeather(ask, { place: 'Bern', country: 'US' }, running)).rejects.toThrow(
      'Cannot find "Bern" in the country US: try the name of the town alone',
    );
  });

  it('says what to try when there is no such place', async () => {
    await expect(currentWeather(ask, { place: 'Xyzzy' }, running)).rejects.toThrow('Cannot find "Xyzzy": try');
  });
});

describe('when the service does not answer as hoped', () => {
  it.each([
    [429, '{}', 'try again in a minute'],
    [400, '{ "error": true, "reason": "Bad name" }', 'status 400: Bad name'],
    [502, '<html>', 'status 502: it gives no reason'],
    [200, '<html>', 'status 200: it gives no reason'],
    [200, '[]', 'status 200: it gives no reason'],
    [200, '{ "results": 1 }', 'Cannot find "Bern"'],
    [200, '{ "results": [{ "latitude": 1, "longitude": 2 }] }', '"name" is missing'],
    [200, '{ "results": [{ "name": "X", "latitude": 1, "longitude": 2 }] }', '"current" is missing'],
  ])('status %i with %s', async (status, body, message) => {
    await expect(currentWeather(answering(status, body), { place: 'Bern' }, running)).rejects.toThrow(message);
  });

  it('cuts a reason that is long', async () => {
    const body = JSON.stringify({ reason: 'x'.repeat(10_000) });

    await expect(currentWeather(answering(400, body), { place: 'Bern' }, running)).rejects.toThrow(/^.{1,300}$/);
  });

  it('says why it cannot be reached', async () => {
    const refused: Fetch = () =>
      Promise.reject(new TypeError('fetch failed', { cause: new Error('the host is down') }));

    await expect(currentWeather(refused, { place: 'Bern' }, running)).rejects.toThrow(
      'Cannot reach geocoding-api.open-meteo.com: the host is down',
    );
  });

  it('ends with the reason of the caller when it was called off', async () => {
    const aborted = AbortSignal.abort(new Error('called off'));

    await expect(currentWeather(ask, { place: 'Bern' }, aborted)).rejects.toThrow('called off');
  });
});

describe('words for figures', () => {
  it.each([
    [0, 'N'],
    [337.4, 'NW'],
    [337.6, 'N'],
    [360, 'N'],
    [90, 'E'],
    [null, null],
  ])('wind from %s degrees is %s', (degrees, point) => {
    expect(compassPoint(degrees)).toBe(point);
  });

  it.each([
    [95, 'thunderstorm'],
    [4, 'weather code 4'],
    ['x', 'unknown'],
  ])('weather code %j is %s', (code, words) => {
    expect(describeCode(code)).toBe(words);
  });
});
