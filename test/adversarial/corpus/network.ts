import type { NetCase } from '../net-case.ts';
import { BODY_CASES } from './network/encodings.ts';
import { ANSWER_CASES } from './network/protocol-answers.ts';
import { REDIRECT_CASES } from './network/redirects.ts';
import { REQUEST_CASES } from './network/requests.ts';
import { TARGET_CASES } from './network/targets.ts';
import { FORM_CASES } from './network/url-forms.ts';

/** Area NU of the threat model: which host, address and URL. */
export const ADDRESS_CASES: readonly NetCase[] = [...TARGET_CASES, ...FORM_CASES, ...REDIRECT_CASES];

/** Area NP of the threat model: headers, bodies, the protocol itself. */
export const HTTP_CASES: readonly NetCase[] = [...REQUEST_CASES, ...ANSWER_CASES, ...BODY_CASES];
