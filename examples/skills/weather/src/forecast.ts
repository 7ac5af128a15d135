import { askForecast } from './open-meteo/ask-forecast.ts';
import { type Fields, fieldsIn, listIn } from './open-meteo/fields.ts';
import { findPlace, type Place } from './open-meteo/find-place.ts';
import type { Fetch } from './open-meteo/get-json.ts';
import { type UnitSystem, type Units, unitsOf } from './open-meteo/units.ts';
import { describeCode } from './open-meteo/weather-code.ts';

export interface ForecastInput {
  readonly place: string;
  readonly country?: string;
  /** 1 to 16. Default 3. */
  readonly days?: number;
  readonly units?: UnitSystem;
}

export interface ForecastDay {
  /** `2026-11-22`, as it is counted there. */
  readonly date: string;
  readonly conditions: string;
  readonly high: number | null;
  readonly low: number | null;
  readonly precipitation: number | null;
  readonly precipitationPercent: number | null;
  readonly windSpeed: number | null;
}

export interface ForecastOutput {
  readonly place: Place;
  readonly others: readonly string[];
  readonly days: readonly ForecastDay[];
  readonly units: Units;
}

const VARIABLES = [
  'weather_code',
  'temperature_2m_max',
  'temperature_2m_min',
  'precipitation_sum',
  'precipitation_probability_max',
  'wind_speed_10m_max',
];

/** The weather at a place, day by day, today first. */
export async function forecastWeather(
  fetch: Fetch,
  input: ForecastInput,
  signal: AbortSignal,
): Promise<ForecastOutput> {
  const { units = 'metric', days = 3 } = input;
  const { place, others } = await findPlace(fetch, input, signal);
  const answer = await askForecast(fetch, { place, units, daily: VARIABLES, days }, signal);
  return { place, others, days: readDays(fieldsIn(answer, 'daily')), units: unitsOf(units) };
}

/** The service answers in columns: one list for each variable, all as long as `time`. */
function readDays(daily: Fields): readonly ForecastDay[] {
  const columns = new Map(VARIABLES.map((name) => [name, listIn(daily, name)]));
  return listIn(daily, 'time').flatMap((date, day): ForecastDay[] => {
    if (typeof date !== 'string') return [];
    const measure = (name: string): number | null => {
      const value = columns.get(name)?.[day];
      return typeof value === 'number' ? value : null;
    };
    return [
      {
        date,
        conditions: describeCode(columns.get('weather_code')?.[day]),
        high: measure('temperature_2m_max'),
        low: measure('temperature_2m_min'),
        precipitation: measure('precipitation_sum'),
        precipitationPercent: measure('precipitation_probability_max'),
        windSpeed: measure('wind_speed_10m_max'),
      },
    ];
  });
}
