/**
 * Bundles packages/runtime/src/worker/guest into one string that the worker evaluates inside each isolate. The result is
 * committed, so that tests and type checks need no build; `--check` fails when it is out of date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const worker = new URL('../packages/runtime/src/worker/', import.meta.url);
const target = new URL('generated/guest-platform.js', worker);

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL('guest/platform.ts', worker).pathname],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'platform',
    target: 'es2024',
    // Names stay, so that a stack trace of a platform error can be read; white space costs parsing time under jitless.
    minifyWhitespace: true,
    legalComments: 'inline',
    logLevel: 'warning',
  });
  // Strict mode hides the platform's functions from `arguments.callee` and from V8's call sites (IS-054).
  const body = `'use strict';${outputFiles[0]?.text ?? ''}return platform.receive;`;
  return `// Generated from packages/runtime/src/worker/guest by scripts/build-guest.ts; do not edit\nexport const GUEST_PLATFORM = ${JSON.stringify(body)};\n`;
}

const generated = await bundle();
if (process.argv.includes('--check')) {
  const current = await readFile(target, 'utf8').catch(() => '');
  if (current !== generated) {
    process.stderr.write(
      'Cannot use generated/guest-platform.js: it is out of date, run node scripts/build-guest.ts\n',
    );
    process.exitCode = 1;
  }
} else {
  await writeFile(target, generated);
}
