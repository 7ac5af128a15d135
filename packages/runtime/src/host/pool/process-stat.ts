/** Positions in /proc/PID/stat counted behind the closing bracket of the command name, which may hold anything. */
export const STAT = {
  state: 0,
  parent: 1,
  userTime: 11,
  systemTime: 12,
  threads: 17,
  startTime: 19,
  residentPages: 21,
} as const;

/** The fields of a text of /proc/PID/stat from the state on. */
export function statFields(text: string | undefined): readonly string[] | undefined {
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** One letter: R runs, S sleeps, T is stopped, Z is a zombie. */
export function parseState(text: string | undefined): string | undefined {
  return statFields(text)?.[STAT.state];
}

/** Number of the parent. */
export function parseParent(text: string | undefined): number | undefined {
  const parent = statFields(text)?.[STAT.parent];
  return parent === undefined ? undefined : Number(parent);
}

/** When the process was started, in the kernel's own words: with its number it names one process for good. */
export function parseStartTime(text: string | undefined): string | undefined {
  return statFields(text)?.[STAT.startTime];
}
