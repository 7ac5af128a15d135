import type { VaultRequest } from '../secret-vault.ts';

/** Where a placeholder stands in a request. */
export type Sighting = {
  readonly name: string;
  readonly placeholder: string;
} /** As the whole value of a query parameter. */ & (
  | { readonly where: 'query'; readonly parameter: string }
  /** Anywhere else in the URL. */
  | { readonly where: 'url' }
  | { readonly where: 'header'; readonly index: number; readonly header: string; readonly value: string }
  /** As the password of a basic authentication. */
  | { readonly where: 'basic'; readonly index: number; readonly username: string }
  | { readonly where: 'header-name' }
  | { readonly where: 'body' }
);

/**
 * Finds every place where a placeholder stands. Encoded spellings are not looked for, except the one that basic authentication
 * needs: a placeholder that is not seen is not replaced either, and means nothing to whoever gets it.
 */
export function findPlaceholders(
  { url, headers, body }: Pick<VaultRequest, 'url' | 'headers' | 'body'>,
  placeholders: Readonly<Record<string, string>>,
): readonly Sighting[] {
  const bytes = body === undefined ? undefined : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return Object.entries(placeholders).flatMap(([name, placeholder]) => {
    const found = { name, placeholder };
    return [
      ...inUrl(url, found),
      ...headers.flatMap(([header, value], index) => inHeader(header.toLowerCase(), value, index, found)),
      ...(bytes?.includes(placeholder) === true ? [{ ...found, where: 'body' } as const] : []),
    ];
  });
}

interface Found {
  readonly name: string;
  readonly placeholder: string;
}

function inUrl(url: URL, found: Found): readonly Sighting[] {
  const count = url.href.split(found.placeholder).length - 1;
  // As it is written: an encoded placeholder would be found in one parameter and replaced in another.
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair.endsWith(`=${found.placeholder}`));
  const parameters = pairs.flatMap((pair) => [...new URLSearchParams(pair)]);
  const known = parameters
    .filter(([, value]) => value === found.placeholder)
    .map(([parameter]) => ({ ...found, where: 'query', parameter }) as const);
  const others = Math.max(0, count - known.length);
  return [...known, ...Array.from({ length: others }, () => ({ ...found, where: 'url' }) as const)];
}

function inHeader(header: string, value: string, index: number, found: Found): readonly Sighting[] {
  const sightings: Sighting[] = [];
  if (header.includes(found.placeholder)) sightings.push({ ...found, where: 'header-name' });
  if (value.includes(found.placeholder)) sightings.push({ ...found, where: 'header', index, header, value });
  const username = header === 'authorization' ? basicUser(value, found.placeholder) : undefined;
  if (username !== undefined) sightings.push({ ...found, where: 'basic', index, username });
  return sightings;
}

/** The user name of `Basic base64(user:placeholder)` (RFC 7617). */
function basicUser(value: string, placeholder: string): string | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2})$/i.exec(value) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('latin1');
  const [username = '', ...password] = text.split(':');
  return password.join(':') === placeholder ? username : undefined;
}
