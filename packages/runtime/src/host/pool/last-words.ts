/** The line of stderr that says most: Node prints the error in the middle and its own version last. */
export function lastWords(stderrTail: string): string {
  const lines = stderrTail
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const line = lines.find((candidate) => /Error:|Fatal|FATAL/.test(candidate)) ?? lines.at(-1) ?? '';
  return line === '' ? '' : `(${line.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200)})`;
}
