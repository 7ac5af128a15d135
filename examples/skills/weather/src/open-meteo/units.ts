export type UnitSystem = 'metric' | 'imperial';

export interface Units {
  readonly temperature: string;
  readonly precipitation: string;
  readonly windSpeed: string;
}

const UNITS: Readonly<Record<UnitSystem, Units>> = {
  metric: { temperature: '°C', precipitation: 'mm', windSpeed: 'km/h' },
  imperial: { temperature: '°F', precipitation: 'inch', windSpeed: 'mph' },
};

export function unitsOf(system: UnitSystem): Units {
  return UNITS[system];
}

const POINTS = ['N', 'NE', 'E', 'SE', 'S', 'SW', 'W', 'NW'] as const;

/** The point of the compass that the wind comes from, of the degrees that the service gives. */
export function compassPoint(degrees: number | null): string | null {
  if (degrees === null) return null;
  return POINTS[Math.round(degrees / 45) % POINTS.length] ?? null;
}
