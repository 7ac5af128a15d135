import { askForecast } from './open-meteo/ask-forecast.ts';
import { fieldsIn, measureIn, textIn } from './open-meteo/fields.ts';
import { findPlace, type Place } from './open-meteo/find-place.ts';
import type { Fetch } from './open-meteo/get-json.ts';
import { compassPoint, type UnitSystem, type Units, unitsOf } from './open-meteo/units.ts';
import { describeCode } from './open-meteo/weather-code.ts';

export interface CurrentInput {
  readonly place: string;
  readonly country?: string;
  readonly units?: UnitSystem;
}

export interface CurrentOutput {
  readonly place: Place;
  readonly others: readonly string[];
  /** Local time there. */
  readonly time: string;
  readonly conditions: string;
  readonly temperature: number | null;
  readonly feelsLike: number | null;
  readonly humidityPercent: number | null;
  readonly cloudCoverPercent: number | null;
  readonly precipitation: number | null;
  readonly windSpeed: number | null;
  readonly windGusts: number | null;
  readonly windFrom: string | null;
  readonly units: Units;
}

const VARIABLES = [
  'temperature_2m',
  'apparent_temperature',
  'relative_humidity_2m',
  'precipitation',
  'weather_code',
  'cloud_cover',
  'wind_speed_10m',
  'wind_gusts_10m',
  'wind_direction_10m',
];

/** The weather at a place now. */
export async function currentWeather(fetch: Fetch, input: CurrentInput, signal: AbortSignal): Promise<CurrentOutput> {
  const { units = 'metric' } = input;
  const { place, others } = await findPlace(fetch, input, signal);
  const answer = await askForecast(fetch, { place, units, current: VARIABLES }, signal);
  const current = fieldsIn(answer, 'current');
  return {
    place,
    others,
    time: textIn(current, 'time'),
    conditions: describeCode(current['weather_code']),
    temperature: measureIn(current, 'temperature_2m'),
    feelsLike: measureIn(current, 'apparent_temperature'),
    humidityPercent: measureIn(current, 'relative_humidity_2m'),
    cloudCoverPercent: measureIn(current, 'cloud_cover'),
    precipitation: measureIn(current, 'precipitation'),
    windSpeed: measureIn(current, 'wind_speed_10m'),
    windGusts: measureIn(current, 'wind_gusts_10m'),
    windFrom: compassPoint(measureIn(current, 'wind_direction_10m')),
    units: unitsOf(units),
  };
}
