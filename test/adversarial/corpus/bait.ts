import { join } from 'node:path';

/** The directory behind the mount `docs` of every case that needs a working file system. */
export const BAIT: string = join(import.meta.dirname, '../bait');

/** A module whose tool `attack` runs `body` with `fs`, `input` and `ctx` in scope. */
export function withFs(body: string): string {
  return `import fs from 'node:fs/promises';
export default { tools: { attack: { async run(input, ctx) {
${body}
} } } };`;
}
