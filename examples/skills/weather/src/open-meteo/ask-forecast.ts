import type { Fields } from './fields.ts';
import type { Place } from './find-place.ts';
import { type Fetch, getJson } from './get-json.ts';
import type { UnitSystem } from './units.ts';

export interface ForecastQuestion {
  readonly place: Place;
  readonly units: UnitSystem;
  readonly current?: readonly string[];
  readonly daily?: readonly string[];
  /** 1 to 16. */
  readonly days?: number;
}

/** @see https://open-meteo.com/en/docs */
export function askForecast(fetch: Fetch, question: ForecastQuestion, signal: AbortSignal): Promise<Fields> {
  const { place, units, current, daily, days } = question;
  const url = new URL('https://api.open-meteo.com/v1/forecast');
  url.searchParams.set('latitude', String(place.latitude));
  url.searchParams.set('longitude', String(place.longitude));
  // Days begin at midnight there and not in Greenwich.
  url.searchParams.set('timezone', 'auto');
  if (current !== undefined) url.searchParams.set('current', current.join(','));
  if (daily !== undefined) url.searchParams.set('daily', daily.join(','));
  if (days !== undefined) url.searchParams.set('forecast_days', String(days));
  if (units === 'imperial') {
    url.searchParams.set('temperature_unit', 'fahrenheit');
    url.searchParams.set('wind_speed_unit', 'mph');
    url.searchParams.set('precipitation_unit', 'inch');
  }
  return getJson(fetch, url, signal);
}
