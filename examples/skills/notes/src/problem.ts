const SENTENCE_BY_CODE: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such note; use list to see which there are'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'the operator has not allowed it'],
  ['EFBIG', 'it is larger than the host allows'],
  ['EDQUOT', 'this call has used up what it may read or write'],
  ['ENOSPC', 'the disk is full'],
]);

/** Says in one clause what went wrong, for the model. */
export function describeProblem(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return SENTENCE_BY_CODE.get(code) ?? error.message;
}
