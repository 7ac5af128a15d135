import { defineSkill } from 'carapace/skill';
import { type CurrentInput, currentWeather } from './current.ts';
import { type ForecastInput, forecastWeather } from './forecast.ts';
import type { Fetch } from './open-meteo/get-json.ts';

/** Looked up with each request: without a granted host there is no `fetch`, and the module must load all the same. */
const ask: Fetch = (url, init) => fetch(url, init);

export default defineSkill({
  tools: {
    current: { run: (input: CurrentInput, { signal }) => currentWeather(ask, input, signal) },
    forecast: { run: (input: ForecastInput, { signal }) => forecastWeather(ask, input, signal) },
  },
});
