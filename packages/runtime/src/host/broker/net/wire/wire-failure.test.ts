import { describe, expect, it } from 'vitest';
import { NetFailure } from '../net-refusal.ts';
import { toWireFailure } from './wire-failure.ts';

const withCode = (code: unknown): Error => Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code });

describe('toWireFailure', () => {
  it.each([
    ['ECONNREFUSED', 'connect-failed'],
    ['ETIMEDOUT', 'connect-late'],
    ['UND_ERR_HEADERS_TIMEOUT', 'headers-late'],
    ['ECONNRESET', 'connection-closed'],
    ['UND_ERR_DESTROYED', 'broker-closed'],
    ['CERT_HAS_EXPIRED', 'tls-failed'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-failed'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['HPE_INVALID_CONSTANT', 'protocol-broken'],
    ['HPE_HEADER_OVERFLOW', 'response-header-size'],
    ['Z_DATA_ERROR', 'encoding-broken'],
    ['ERR_TRAILING_JUNK_AFTER_STREAM_END', 'encoding-broken'],
    ['SOMETHING_NEW', 'protocol-broken'],
    [undefined, 'protocol-broken'],
    [42, 'protocol-broken'],
  ])('takes %s for %s, and no word of the message along', (code, rule) => {
    const failure = toWireFailure(withCode(code));
    expect(failure.effectRefusal.rule).toBe(rule);
    expect(JSON.stringify(failure.effectRefusal) + failure.message).not.toMatch(/10\.0\.0\.1|ECONNREFUSED/);
  });

  it('leaves a failure of its own alone, and takes anything else that is thrown', () => {
    const own = NetFailure.of('wire-cap');
    expect(toWireFailure(own)).toBe(own);
    expect(toWireFailure('text').effectRefusal.rule).toBe('protocol-broken');
  });
});
