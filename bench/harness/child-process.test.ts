import { describe, expect, it } from 'vitest';
import { runChild } from './child-process.ts';

describe('runChild', () => {
  it('hands back what a program printed and how it ended', async () => {
    const program = "process.stdout.write('out'); process.stderr.write('err'); process.exitCode = 3;";
    expect(await runChild(process.execPath, ['-e', program])).toEqual({ stdout: 'out', stderr: 'err', code: 3 });
  });

  it('gives it no environment but the one it is told', async () => {
    const program = 'process.stdout.write(JSON.stringify(process.env));';
    const { stdout } = await runChild(process.execPath, ['-e', program], { env: { ONE: '1' } });
    expect(JSON.parse(stdout)).toEqual({ ONE: '1' });
  });

  it('kills a program that takes too long, and what it started', async () => {
    const program = "require('node:child_process').spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'inherit' });";
    const { code } = await runChild(process.execPath, ['-e', `${program} for (;;);`], { timeoutMs: 300 });
    expect(code).toBeNull();
  });

  it('rejects when there is no such program', async () => {
    await expect(runChild('/no/such/program', [])).rejects.toThrow('ENOENT');
  });
});
