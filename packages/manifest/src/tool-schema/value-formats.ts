/** One check per format. Expressions are anchored and have no nested repetition, so they run in linear time. */
const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map<string, (text: string) => boolean>([
  ['date', isDate],
  ['time', isTime],
  ['date-time', isDateTime],
  ['uuid', (text) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)],
  ['email', (text) => text.length <= 254 && /^[^\s@<>"(),:;[\]\\]{1,64}@[A-Za-z0-9.-]{1,253}$/.test(text)],
  ['uri', (text) => text.length <= 8192 && /^[a-z][a-z0-9+.-]*:/i.test(text) && URL.canParse(text)],
  ['ipv4', (text) => /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text)],
]);

/** Names of the formats that are checked; any other is an annotation. */
export const CHECKED_FORMATS: readonly string[] = [...FORMATS.keys()];

/** Tells whether a format is checked. */
export function isKnownFormat(name: string): boolean {
  return FORMATS.has(name);
}

/** Tells whether a text has a format; true for formats nobody checks. */
export function hasFormat(name: string, text: string): boolean {
  return FORMATS.get(name)?.(text) ?? true;
}

// RFC 3339, 5.6 full-date.
function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

// RFC 3339, 5.6 full-time; 60 is a leap second.
function isTime(text: string): boolean {
  return /^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d{1,12})?(?:z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i.test(text);
}

function isDateTime(text: string): boolean {
  return text.length <= 64 && /^.{10}[t ]/i.test(text) && isDate(text.slice(0, 10)) && isTime(text.slice(11));
}
