import { describe, expect, it } from 'vitest';
import { type ApprovalRequest, type Approve, askForApproval, denyAll } from './approval.ts';

const REQUEST: ApprovalRequest = {
  skill: 'sender',
  version: '1.0.0',
  digest: `sha256-${'0'.repeat(64)}`,
  tool: 'send',
  callId: 'toolu_01',
  inputJson: '{}',
  approval: 'once',
};
const NEVER = new AbortController().signal;

/** A person who does not answer. Remembers the signal, by which the question is taken back. */
function silence(): { readonly approve: Approve; readonly signals: readonly AbortSignal[] } {
  const signals: AbortSignal[] = [];
  const approve: Approve = (_request, signal) => {
    signals.push(signal);
    return new Promise(() => undefined);
  };
  return { approve, signals };
}

describe('askForApproval', () => {
  it('passes the request on as it is, and takes true for a yes', async () => {
    const asked: ApprovalRequest[] = [];
    const approve: Approve = async (request) => asked.push(request) > 0;
    expect(await askForApproval(approve, REQUEST, NEVER)).toBe(true);
    expect(asked).toEqual([REQUEST]);
  });

  it.each(['"yes"', '1', '{}', 'null', 'false'])('takes the answer %s for a no', async (json) => {
    expect(await askForApproval(() => Promise.resolve(JSON.parse(json)), REQUEST, NEVER)).toBe(false);
  });

  it.each<[string, Approve]>([
    ['rejection', () => Promise.reject(new Error('no terminal'))],
    [
      'exception',
      () => {
        throw new Error('no terminal');
      },
    ],
  ])('takes a %s for a no', async (_name, approve) => {
    expect(await askForApproval(approve, REQUEST, NEVER)).toBe(false);
  });

  it('takes silence for a no, and the question back', async () => {
    const { approve, signals } = silence();
    expect(await askForApproval(approve, REQUEST, NEVER, 1)).toBe(false);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('takes the abort of the call for a no, before and after the question', async () => {
    const { approve, signals } = silence();
    expect(await askForApproval(approve, REQUEST, AbortSignal.abort())).toBe(false);
    const caller = new AbortController();
    const answer = askForApproval(approve, REQUEST, caller.signal);
    caller.abort();
    expect(await answer).toBe(false);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('takes the question back once it is answered', async () => {
    let signal: AbortSignal | undefined;
    const approve: Approve = (_request, given) => {
      signal = given;
      return Promise.resolve(true);
    };
    expect(await askForApproval(approve, REQUEST, NEVER)).toBe(true);
    expect(signal?.aborted).toBe(true);
  });
});

describe('denyAll', () => {
  it('denies', async () => {
    expect(await askForApproval(denyAll, REQUEST, NEVER)).toBe(false);
  });
});
