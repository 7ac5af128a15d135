import { value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { type RawAnswer, type RawRequest, reply } from '../../servers/raw-server.ts';

export const HOST_CODE: string = 'PERMISSION_NET_HOST';

/** Nothing has reached a server. */
export function none(seen: readonly RawRequest[]): void {
  if (seen.length > 0) throw new Error(`sent: ${seen[0]?.head}`);
}

export const ANSWERS: Readonly<Record<string, RawAnswer>> = { '/': reply(), '/a': reply('a') };

/** Every one of these is refused; with `codes`, by one of them. Nothing reaches a server. */
export function refused(id: string, title: string, urls: readonly string[], ...codes: readonly string[]): NetCase {
  return {
    id,
    title,
    answers: ANSWERS,
    input: { urls, codes },
    limits: { fetches: 200 },
    run: `const found = {};
      for (const url of input.urls) { const code = await get(url); if (!input.codes.includes(code)) found[url] = code; }
      return found;`,
    expect: value({}),
    after: none,
  };
}
