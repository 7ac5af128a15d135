/** A file that could not be used, and why. The other files are not affected. */
export interface Problem {
  readonly file: string;
  readonly problem: string;
}

const SENTENCE_BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'the operator has not allowed it'],
  ['EFBIG', 'it is larger than the host lets a skill read'],
  ['EDQUOT', 'this call has read as much as it may'],
]);

/** The longest foreign message passed on: what a parser says about a hostile file can be of any length. */
const MAX_MESSAGE = 200;

/** Says in one clause what went wrong, for the model. */
export function describeProblem(error: unknown): string {
  const known = SENTENCE_BY_CODE.get(codeOf(error) ?? '');
  if (known !== undefined) {
    return known;
  }
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, MAX_MESSAGE);
}

/** True when the host will refuse every further read of this call as well. */
export function isBudgetSpent(error: unknown): boolean {
  return codeOf(error) === 'EDQUOT';
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
