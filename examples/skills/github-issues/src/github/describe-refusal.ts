import { isFields } from './fields.ts';

const SENTENCE_BY_STATUS: ReadonlyMap<number, string> = new Map([
  [401, 'GitHub does not accept the token; the operator has to renew GITHUB_TOKEN'],
  [404, 'there is no such repository or issue, or the token may not see it'],
  [410, 'the repository has no issues, or this one was deleted'],
]);

/** The longest foreign sentence passed on to the model. */
const MAX_MESSAGE = 200;

/** Says in one clause why there is no answer, for the model. */
export function describeRefusal(response: Response, answer: unknown): string {
  const { status } = response;
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    return 'the repository was renamed or moved; ask the user for its new name';
  }
  if (status === 429 || (status === 403 && response.headers.get('x-ratelimit-remaining') === '0')) {
    return 'GitHub refuses more requests for the moment; try again later';
  }
  return SENTENCE_BY_STATUS.get(status) ?? `status ${status}: ${messageOf(answer)}`;
}

function messageOf(answer: unknown): string {
  if (!isFields(answer) || typeof answer['message'] !== 'string') return 'no reason given';
  const { message, errors } = answer;
  const fields = Array.isArray(errors)
    ? errors.filter(isFields).map(({ field, code }) => ` (${String(field)}: ${String(code)})`)
    : [];
  return `${message}${fields.join('')}`.slice(0, MAX_MESSAGE);
}
