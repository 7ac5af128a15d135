import { type Fields, isFields, textIn } from './fields.ts';
import { type Fetch, getJson } from './get-json.ts';

export interface PlaceQuestion {
  /** A name or postal code; a country or region may follow after a comma. */
  readonly place: string;
  /** ISO 3166-1, two letters. */
  readonly country?: string;
}

export interface Place {
  readonly name: string;
  /** State, canton, province; absent for places that are in none. */
  readonly region?: string;
  readonly country?: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface FoundPlace {
  readonly place: Place;
  /** Other places of that name, as the tool can be asked for them. */
  readonly others: readonly string[];
}

const MOST_CANDIDATES = 5;

/**
 * Finds the place that a name most likely means.
 *
 * @throws Error with a sentence for the model when no place has that name.
 * @see https://open-meteo.com/en/docs/geocoding-api
 */
export async function findPlace(fetch: Fetch, question: PlaceQuestion, signal: AbortSignal): Promise<FoundPlace> {
  const url = new URL('https://geocoding-api.open-meteo.com/v1/search');
  url.searchParams.set('name', question.place.trim());
  url.searchParams.set('count', String(MOST_CANDIDATES));
  url.searchParams.set('language', 'en');
  if (question.country !== undefined) url.searchParams.set('countryCode', question.country);
  const { results } = await getJson(fetch, url, signal);
  // Where nothing is found the service leaves `results` out.
  const [place, ...others] = Array.isArray(results) ? results.filter(isFields).flatMap(toPlace) : [];
  if (place === undefined) throw new Error(notFound(question));
  return { place, others: others.map(fullName) };
}

function toPlace(fields: Fields): Place[] {
  const { latitude, longitude, admin1, country } = fields;
  if (typeof latitude !== 'number' || typeof longitude !== 'number') return [];
  return [
    {
      name: textIn(fields, 'name'),
      ...(typeof admin1 === 'string' ? { region: admin1 } : {}),
      ...(typeof country === 'string' ? { country } : {}),
      latitude,
      longitude,
    },
  ];
}

function fullName({ name, region, country }: Place): string {
  const area = region ?? country;
  return area === undefined ? name : `${name}, ${area}`;
}

function notFound({ place, country }: PlaceQuestion): string {
  const where = country === undefined ? '' : ` in the country ${country}`;
  return `Cannot find "${place}"${where}: try the name of the town alone, in English or as it is written there`;
}
