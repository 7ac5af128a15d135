import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Architecture, architectureOf, thisArchitecture } from './architecture.ts';
import { SYSCALL_NAMES, syscallNumber } from './syscall-numbers.ts';

/** The kernel's own lists, where the headers of libc are installed. They are younger or older than ours by some calls. */
const HEADERS: Readonly<Record<Architecture, string>> = {
  x64: '/usr/include/x86_64-linux-gnu/asm/unistd_64.h',
  arm64: '/usr/include/asm-generic/unistd.h',
};

describe.each(['x64', 'arm64'] as const)('system-call numbers of %s', (architecture) => {
  it('has no number twice', () => {
    const numbers = SYSCALL_NAMES.map((name) => syscallNumber(name, architecture)).filter(
      (number) => number !== undefined,
    );
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it.runIf(existsSync(HEADERS[architecture]))('agrees with the header of the kernel', () => {
    const text = readFileSync(HEADERS[architecture], 'utf8');
    const defined = new Map(
      [...text.matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)$/gm)].map(([, name = '', number]) => [
        name,
        Number(number),
      ]),
    );
    const known = SYSCALL_NAMES.filter((name) => defined.has(headerName(name)));
    expect(known.length).toBeGreaterThan(100);
    for (const name of known)
      expect([name, syscallNumber(name, architecture)]).toEqual([name, defined.get(headerName(name))]);
  });

  /** Generic headers define one call under the name of its 32-bit form and rename it below. */
  function headerName(name: string): string {
    return architecture === 'arm64' && name === 'newfstatat' ? 'fstatat' : name;
  }
});

it('has no number on arm64 for calls that arm64 does not have', () => {
  for (const name of [
    'open',
    'stat',
    'lstat',
    'access',
    'readlink',
    'fork',
    'vfork',
    'poll',
    'epoll_wait',
    'arch_prctl',
  ] as const)
    expect(syscallNumber(name, 'arm64')).toBeUndefined();
});

it('knows the processors that have a table, and names no call on another', () => {
  expect(['x64', 'arm64', 'ia32', 'arm', 'riscv64', 'x32', ''].map(architectureOf)).toEqual([
    'x64',
    'arm64',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(thisArchitecture()).toBe(process.arch);
});
