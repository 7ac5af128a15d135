import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import ivm from 'isolated-vm';
import { expect, it } from 'vitest';
import { GUEST_PLATFORM } from './generated/guest-platform.js';

it('generated/guest-platform.js is what the sources of the platform give', () => {
  const script = fileURLToPath(new URL('../../../../scripts/build-guest.ts', import.meta.url));
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
});

it('IS-035 lets nothing through of an exception that the bridge should never have thrown', () => {
  const isolate = new ivm.Isolate({ memoryLimit: 16 });
  const context = isolate.createContextSync();
  const bridge = new ivm.Callback(() => {
    throw new Error('text of the worker');
  });
  context.evalClosureSync(`(() => { ${GUEST_PLATFORM} })();`, [bridge]);
  const seen: unknown = context.evalSync(`
    try { crypto.randomUUID(); } catch (error) { error.message + error.stack; }`);
  isolate.dispose();
  expect(seen).toContain('Cannot reach the host: the worker failed');
  expect(seen).not.toMatch(/text of the worker|guest-platform\.test/u);
});
