import type { RequestedLimits } from '@carapace/manifest';
import { error, oneOf, value } from '../../expected.ts';
import { type Judged, violation } from '../../protocol-case.ts';

/** A worker that lives on after its call, and what it does then. */
export interface KeptCase {
  readonly id: string;
  readonly title: string;
  /**
   * The worker answers its first call with 1, and goes on with this. `renewed()` does what an honest
   * one does between calls, `later()` waits until the host has seen it.
   */
  readonly then: string;
  /** What becomes of the second call. A fresh worker answers it with 1 as well, because it is that worker's first. */
  readonly second: Judged;
  readonly limits?: RequestedLimits;
}

const SLEEP = (id: number): string =>
  `send({ kind: 'request', id: ${id}, op: { family: 'timer', method: 'sleep', delayMs: 0 } }); hear('reply');`;

/** In the second call, to which the worker has come as an honest one. */
export const IN_SECOND_CALL: readonly KeptCase[] = [
  {
    id: 'IP-140',
    title: 'gives the result of the call before',
    then: 'renewed(); takeCall(); done(2); stay();',
    second: violation('call'),
  },
  {
    id: 'IP-140',
    title: 'fails the call before',
    then: `renewed(); takeCall(); send({ kind: 'result', call: id, ok: false, failure: { stage: 'run', name: '', message: '', stack: '' } }); stay();`,
    second: violation('call'),
  },
  {
    id: 'IP-140',
    title: 'uses a request id of the call before',
    then: `renewed(); takeCall(); ${SLEEP(1)} stay();`,
    second: violation('request-id'),
  },
  {
    id: 'IP-140',
    title: 'cancels a request of the call before that nobody made',
    then: `renewed(); takeCall(); send({ kind: 'cancel', id: 7 }); stay();`,
    second: violation('cancel'),
  },
  {
    id: 'IP-140',
    title: 'is clean once more, unasked',
    then: `renewed(); takeCall(); send({ kind: 'renewed' }); stay();`,
    second: violation('state'),
  },
  {
    id: 'IP-140',
    title: 'is ready once more',
    then: `renewed(); takeCall(); send({ kind: 'ready', version: 1 }); stay();`,
    second: violation('state'),
  },
  {
    id: 'IP-140',
    title: 'answers as it should',
    then: `renewed(); const second = takeCall(); done(2, second.id); stay();`,
    second: value(2),
  },
];

const NOTICED_EARLY_OR_LATE = oneOf(
  'the kernel may tell of an exit before the second call is sent or after it',
  value(1),
  error('ERR_CARAPACE_SKILL_CRASHED'),
);

/** Between two calls, when nobody has asked for anything, or for something else. */
export const BETWEEN_CALLS: readonly KeptCase[] = [
  { id: 'IP-140', title: 'gives a second result', then: 'renewed(); later(); done(2); stay();', second: value(1) },
  {
    id: 'IP-143',
    title: 'says something for the record',
    then: `renewed(); later(); log('between'); stay();`,
    second: value(1),
  },
  {
    id: 'IP-140',
    title: 'asks for something',
    then: `renewed(); later(); send({ kind: 'request', id: 50, op: { family: 'timer', method: 'sleep', delayMs: 0 } }); stay();`,
    second: value(1),
  },
  {
    id: 'IP-134',
    title: 'sends what is no frame',
    then: 'renewed(); later(); raw(prefix(0xffffffff, 2)); stay();',
    second: value(1),
  },
  { id: 'IP-144', title: 'exits', then: 'renewed(); process.reallyExit(0);', second: NOTICED_EARLY_OR_LATE },
  {
    id: 'IP-144',
    title: 'closes its end and stays',
    then: 'renewed(); closeSync(3); linger();',
    second: value(1),
  },
];

/** Where the host asks for a clean isolate between calls. */
export const RENEWAL: readonly KeptCase[] = [
  { id: 'IP-148', title: 'never says that it is clean', then: `hear('renew'); stay();`, second: value(1) },
  {
    id: 'IP-139',
    title: 'answers with something else',
    then: `hear('renew'); send({ kind: 'loaded' }); stay();`,
    second: value(1),
  },
  {
    id: 'IP-139',
    title: 'answers with a body',
    then: `hear('renew'); send({ kind: 'renewed' }, 'x'); stay();`,
    second: value(1),
  },
  {
    id: 'IP-140',
    title: 'says something more in the same breath',
    then: `hear('renew'); raw(Buffer.concat([frame({ kind: 'renewed' }), frame({ kind: 'loaded' })])); stay();`,
    second: value(1),
  },
  { id: 'IP-144', title: 'exits instead', then: `hear('renew'); process.reallyExit(0);`, second: value(1) },
];
