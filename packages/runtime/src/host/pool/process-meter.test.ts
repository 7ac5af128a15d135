import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { nodePoolPowers } from './pool-powers.ts';
import { openProcessMeter, parseStat } from './process-meter.ts';

const STAT = '4711 (no) de) S 1 4711 4711 0 -1 4194304 5 0 0 0 7 3 0 0 20 0 11 0 100 900000 25600 18446744073709551615';

describe('parseStat', () => {
  it('counts behind the last bracket, because a command name may hold brackets and spaces', () => {
    expect(parseStat(STAT, 4096)).toEqual({
      cpuMs: 100,
      residentBytes: 25600 * 4096,
      threads: 11,
      sizeHidden: false,
    });
  });

  it('sees threads that outlive the first one, and goes on with their processor time', () => {
    expect(parseStat(STAT.replace(') S ', ') Z '), 4096)).toMatchObject({ cpuMs: 100, threads: 11, sizeHidden: true });
  });

  it('takes no measure from a zombie or from nothing', () => {
    expect(parseStat(STAT.replace(') S ', ') Z ').replace(' 0 11 0 100', ' 0 1 0 100'), 4096)).toBeUndefined();
    expect(parseStat(undefined, 4096)).toBeUndefined();
    expect(parseStat('', 4096)).toBeUndefined();
  });
});

describe('openProcessMeter', () => {
  it('IP-151 keeps the last figures of a process that is gone and never reads another one', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const meter = openProcessMeter(nodePoolPowers, child.pid ?? 0);
    await expect.poll(() => meter.read().residentBytes).toBeGreaterThan(2 ** 20);
    expect(meter.readPeak()).toBeGreaterThan(2 ** 20);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const after = meter.read();
    expect(after.residentBytes).toBeGreaterThan(2 ** 20);
    expect(meter.readPeak()).toBe(0);
    meter.close();
    expect(meter.read()).toEqual(after);
  });
});
