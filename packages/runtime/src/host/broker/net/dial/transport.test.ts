import { Agent, type buildConnector } from 'undici';
import { describe, expect, it } from 'vitest';
import { DEFAULT_NET_LIMITS } from '../net-limits.ts';
import { openNetPowers } from '../net-powers.ts';
import { Transport } from './transport.ts';

describe('Transport', () => {
  it('NU-228 connects to no origin for which no request was judged, whoever asks', async () => {
    let connect: buildConnector.connector | undefined;
    let dialled = 0;
    const powers = {
      ...(await openNetPowers({ ca: undefined })),
      createAgent: (_limits: unknown, connector: buildConnector.connector) => {
        connect = connector;
        return new Agent();
      },
      resolve: () => {
        dialled += 1;
        return Promise.resolve([]);
      },
    };
    await using transport = new Transport(powers, DEFAULT_NET_LIMITS);
    const options = { hostname: 'evil.test', host: 'evil.test', protocol: 'https:', port: '443' };
    const error = await new Promise((resolve) => connect?.(options, (...[failure]) => resolve(failure)));
    expect(error).toMatchObject({ effectRefusal: { rule: 'host-not-declared' } });
    expect(dialled).toBe(0);
    expect(transport.bytesRead).toBe(0);
  });
});
