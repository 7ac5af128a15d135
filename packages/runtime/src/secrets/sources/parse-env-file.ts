const LINE = /^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/;
const QUOTED = /^(["'`])(.*)\1(?:\s+#.*)?$/;

/**
 * Reads `NAME=value` lines: blank lines and lines that begin with `#` are skipped, `export` before the name is allowed, a value may
 * stand in quotes, and outside quotes ` #` begins a comment. Nothing is expanded and no line continues. The last of equal
 * names counts. Lines of any other form are given back by number: to skip them silently would be to lose a secret.
 */
export function parseEnvFile(text: string): {
  readonly values: ReadonlyMap<string, string>;
  readonly badLines: readonly number[];
} {
  const values = new Map<string, string>();
  const badLines: number[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [, name, raw] = LINE.exec(line) ?? [];
    if (name === undefined || raw === undefined) badLines.push(index + 1);
    else values.set(name, plainValue(raw));
  }
  return { values, badLines };
}

function plainValue(raw: string): string {
  const quoted = QUOTED.exec(raw)?.[2];
  return quoted ?? raw.replace(/(?:^|\s+)#.*$/, '');
}
