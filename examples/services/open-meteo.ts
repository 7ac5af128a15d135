import { type LoopbackService, type Reply, type SeenRequest, startService } from './loopback-service.ts';

/**
 * Answers like geocoding-api.open-meteo.com (`/v1/search`) and api.open-meteo.com (`/v1/forecast`), in the shapes of
 * https://open-meteo.com/en/docs and https://open-meteo.com/en/docs/geocoding-api, with weather that is made up and always
 * the same. It knows a handful of places.
 */
export function startOpenMeteo(): Promise<LoopbackService> {
  return startService((request) => {
    switch (request.url.pathname) {
      case '/v1/search':
        return searchPlaces(request);
      case '/v1/forecast':
        return forecast(request);
      default:
        return refuse('Not Found', 404);
    }
  });
}

const PLACES = [
  place(2661552, 'Bern', 46.94809, 7.44744, ['CH', 'Switzerland', 'Canton of Bern'], 'Europe/Zurich', 121631),
  place(1850147, 'Tokyo', 35.6895, 139.69171, ['JP', 'Japan', 'Tokyo'], 'Asia/Tokyo', 9733276),
  place(4409896, 'Springfield', 37.21533, -93.29824, ['US', 'United States', 'Missouri'], 'America/Chicago', 166810),
  place(
    4951788,
    'Springfield',
    42.10148,
    -72.58981,
    ['US', 'United States', 'Massachusetts'],
    'America/New_York',
    154341,
  ),
  place(4250542, 'Springfield', 39.80172, -89.64371, ['US', 'United States', 'Illinois'], 'America/Chicago', 116565),
];

function place(
  id: number,
  name: string,
  latitude: number,
  longitude: number,
  [code, country, admin1]: readonly [string, string, string],
  timezone: string,
  population: number,
) {
  return {
    id,
    name,
    latitude,
    longitude,
    feature_code: 'PPLA',
    country_code: code,
    country,
    admin1,
    timezone,
    population,
  };
}

/** A name may be followed by a comma and a country or first-level region. Nothing found: the answer has no `results`. */
function searchPlaces({ url }: SeenRequest): Reply {
  const [name = '', area] = (url.searchParams.get('name') ?? '').split(',').map((part) => part.trim().toLowerCase());
  const code = url.searchParams.get('countryCode')?.toUpperCase();
  const count = Number(url.searchParams.get('count') ?? 10);
  const found = PLACES.filter(
    (row) =>
      row.name.toLowerCase() === name &&
      (code === undefined || row.country_code === code) &&
      (area === undefined || [row.country.toLowerCase(), row.admin1.toLowerCase()].includes(area)),
  ).slice(0, count);
  return { body: { ...(found.length === 0 ? {} : { results: found }), generationtime_ms: 0.5 } };
}

/** By variable: its value in metric units, by day where it is a daily one, and its unit. */
const CURRENT: ReadonlyMap<string, readonly [number, string]> = new Map([
  ['temperature_2m', [4.2, '°C']],
  ['apparent_temperature', [0.9, '°C']],
  ['relative_humidity_2m', [87, '%']],
  ['is_day', [1, '']],
  ['precipitation', [0.3, 'mm']],
  ['weather_code', [61, 'wmo code']],
  ['cloud_cover', [94, '%']],
  ['wind_speed_10m', [18, 'km/h']],
  ['wind_direction_10m', [315, '°']],
  ['wind_gusts_10m', [36, 'km/h']],
]);

const DAILY: ReadonlyMap<string, readonly [(day: number) => number | string, string]> = new Map([
  ['weather_code', [(day: number) => [61, 3, 0, 73][day % 4] ?? 0, 'wmo code']],
  ['temperature_2m_max', [(day: number) => 6 + day, '°C']],
  ['temperature_2m_min', [(day: number) => day - 1, '°C']],
  ['precipitation_sum', [(day: number) => (day === 0 ? 5.4 : 0), 'mm']],
  ['precipitation_probability_max', [(day: number) => (day === 0 ? 92 : 10), '%']],
  ['wind_speed_10m_max', [(day: number) => 20 + day, 'km/h']],
  ['sunrise', [(day: number) => `${dateOf(day)}T07:41`, 'iso8601']],
  ['sunset', [(day: number) => `${dateOf(day)}T16:48`, 'iso8601']],
]);

/** Day 0 is always the same, so that two answers are. */
function dateOf(day: number): string {
  return new Date(Date.UTC(2026, 10, 22 + day)).toISOString().slice(0, 10);
}

function forecast({ url: { searchParams: query } }: SeenRequest): Reply {
  const latitude = Number(query.get('latitude') ?? Number.NaN);
  const longitude = Number(query.get('longitude') ?? Number.NaN);
  if (!(Math.abs(latitude) <= 90)) return refuse(`Latitude must be in range of -90 to 90°. Given: ${latitude}.`);
  const days = Number(query.get('forecast_days') ?? 7);
  if (!(days >= 0 && days <= 16)) return refuse(`Forecast days is invalid. Allowed range 0 to 16. Given ${days}.`);
  const current = named(query, 'current');
  const daily = named(query, 'daily');
  const unknown = [...current.filter((name) => !CURRENT.has(name)), ...daily.filter((name) => !DAILY.has(name))];
  if (unknown.length > 0) return refuse(`Cannot resolve the variable ${unknown.join()}`);
  const convert = converter(query);
  const head = { latitude, longitude, generationtime_ms: 0.1, utc_offset_seconds: 3600, elevation: 549 };
  const zone = { timezone: query.get('timezone') === 'auto' ? 'Europe/Zurich' : 'GMT', timezone_abbreviation: 'GMT+1' };
  return {
    body: { ...head, ...zone, ...currentBlock(current, convert), ...dailyBlock(daily, days, convert) },
  };
}

type Convert = (value: number | string, unit: string) => readonly [number | string, string];

function currentBlock(names: readonly string[], convert: Convert): object {
  if (names.length === 0) return {};
  const rows = names.map((name) => [name, convert(...(CURRENT.get(name) ?? [0, '']))] as const);
  return {
    current_units: { time: 'iso8601', interval: 'seconds', ...unitsOf(rows) },
    current: {
      time: `${dateOf(0)}T10:15`,
      interval: 900,
      ...Object.fromEntries(rows.map(([name, [value]]) => [name, value])),
    },
  };
}

function dailyBlock(names: readonly string[], days: number, convert: Convert): object {
  if (names.length === 0) return {};
  const numbers = Array.from({ length: days }, (_, day) => day);
  const columns = names.map((name) => {
    const [onDay, unit] = DAILY.get(name) ?? [() => 0, ''];
    return [name, numbers.map((day) => convert(onDay(day), unit)[0]), convert(0, unit)] as const;
  });
  return {
    daily_units: { time: 'iso8601', ...unitsOf(columns.map(([name, , converted]) => [name, converted])) },
    daily: { time: numbers.map(dateOf), ...Object.fromEntries(columns.map(([name, values]) => [name, values])) },
  };
}

function unitsOf(rows: readonly (readonly [string, readonly [unknown, string]])[]): object {
  return Object.fromEntries(rows.map(([name, [, unit]]) => [name, unit]));
}

function converter(query: URLSearchParams): Convert {
  const fahrenheit = query.get('temperature_unit') === 'fahrenheit';
  const miles = query.get('wind_speed_unit') === 'mph';
  const inches = query.get('precipitation_unit') === 'inch';
  return (value, unit) => {
    if (typeof value === 'string') return [value, unit];
    if (unit === '°C' && fahrenheit) return [round(value * 1.8 + 32), '°F'];
    if (unit === 'km/h' && miles) return [round(value / 1.609344), 'mp/h'];
    if (unit === 'mm' && inches) return [round(value / 25.4), 'inch'];
    return [value, unit];
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function named(query: URLSearchParams, key: string): readonly string[] {
  return query.getAll(key).flatMap((value) => value.split(','));
}

function refuse(reason: string, status: number = 400): Reply {
  return { status, body: { error: true, reason } };
}
