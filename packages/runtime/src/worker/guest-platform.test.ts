import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('generated/guest-platform.js is what the sources of the platform give', () => {
  const script = fileURLToPath(new URL('../../../../scripts/build-guest.ts', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});
