import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const node = (...args: readonly string[]): string =>
  execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

describe('generated files', () => {
  it.each(['scripts/generate.ts', 'scripts/generate-docs.ts'])('are what %s makes of their source', (script) => {
    expect(node(script, '--check')).toBe('');
  });

  it('let a manifest be parsed where code generation from strings is disallowed', () => {
    const program = `
      import { parseManifest } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)};
      try { new Function('return 1'); process.exit(3); } catch {}
      const tools = { a: { description: 'd', input: { type: 'object', properties: { x: { pattern: '^a+$' } } } } };
      const manifest = parseManifest({ manifestVersion: 1, name: 'a', version: '1.0.0', description: 'd', main: 'a.js', tools });
      try { parseManifest({}); } catch (error) { console.log(manifest.name, error.code); }`;
    expect(node('--disallow-code-generation-from-strings', '--input-type=module', '-e', program)).toBe(
      'a ERR_CARAPACE_MANIFEST_SCHEMA\n',
    );
  });
});

describe('the package', () => {
  it('uses nothing of Node.js, so that it also runs in a browser', async () => {
    const files = (await readdir(new URL('.', import.meta.url), { recursive: true })).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    expect(files.length).toBeGreaterThan(50);
    for (const name of files) {
      const text = await readFile(new URL(name, import.meta.url), 'utf8');
      expect(text, name).not.toMatch(/from '(?:node:|fs|path|crypto|url|buffer|process)/);
      expect(text, name).not.toMatch(/\b(?:process|Buffer|require|__dirname)\b[.(]/);
    }
  });
});
