import { describe, expect, it } from 'vitest';
import { QuietTimer } from './quiet-timer.ts';

const holding = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('QuietTimer', () => {
  it('fires once for however often it is set, and can be set again after that', async () => {
    let fired = 0;
    const twice = new Promise<void>((resolve) => {
      const timer = new QuietTimer(() => {
        fired += 1;
        if (fired === 1) timer.arm(1);
        else resolve();
      });
      timer.arm(1);
      timer.arm(1);
    });
    const keepAlive = setTimeout(() => undefined, 20_000);
    await twice;
    clearTimeout(keepAlive);
    expect(fired).toBe(2);
  });

  it('keeps no program alive, and does not fire when it is cleared', async () => {
    const before = holding();
    let fired = false;
    const timer = new QuietTimer(() => {
      fired = true;
    });
    timer.arm(1);
    expect(holding()).toBe(before);
    timer.clear();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(fired).toBe(false);
  });
});
