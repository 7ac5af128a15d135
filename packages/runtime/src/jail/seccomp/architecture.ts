/** The processors that carapace has a system-call table for, by Node's names. */
export type Architecture = 'x64' | 'arm64';

/** What the kernel calls the architecture of a system call in `seccomp_data.arch` (linux/audit.h). */
export const AUDIT_ARCHITECTURE = { x64: 0xc000003e, arm64: 0xc00000b7 } as const;

/** `processor` as in `process.arch`; undefined for one without a table. */
export function architectureOf(processor: string): Architecture | undefined {
  return processor === 'x64' || processor === 'arm64' ? processor : undefined;
}

/** @throws RangeError on a processor without a table: a guessed number would be another call. */
export function thisArchitecture(): Architecture {
  const architecture = architectureOf(process.arch);
  if (architecture === undefined)
    throw new RangeError(`Cannot name a system call on "${process.arch}": there is no table of its numbers`);
  return architecture;
}
