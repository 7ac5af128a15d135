import { promises as systemDns } from 'node:dns';
import { connect as connectTcp, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { connect as connectTls, createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { buildConnector, Dispatcher } from 'undici';
import { type AddressVerdict, judgeAddress } from './address/judge-address.ts';
import { createDnsResolver, type ResolveName } from './dns-powers.ts';
import type { NetLimits } from './net-limits.ts';
import type { NetworkPolicy } from './network-policy.ts';

export interface ConnectTarget {
  /** Always an address. */
  readonly address: string;
  readonly port: number;
  readonly tls: boolean;
  /** For SNI and the certificate; absent when the host is an address. */
  readonly servername: string | undefined;
}

/** Everything the fetch broker may do to the machine and the network. */
export interface NetPowers {
  readonly resolve: ResolveName;
  /** By the system's resolver, with its hosts file: for hosts and routes that the operator named. */
  readonly resolveLocal: ResolveName;
  readonly judge: (address: string, own: readonly string[]) => AddressVerdict;
  /** Addresses of this machine's interfaces. */
  readonly ownAddresses: () => readonly string[];
  readonly connect: (target: ConnectTarget, signal: AbortSignal) => Promise<Socket>;
  /** Begins TLS on a connection that leads through a proxy. */
  readonly secure: (socket: Socket, servername: string | undefined, signal: AbortSignal) => Promise<Socket>;
  readonly createAgent: (limits: NetLimits, connect: buildConnector.connector) => Dispatcher;
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /** Runs `tick` every `milliseconds` until the returned function is called; keeps no process alive. */
  readonly every: (milliseconds: number, tick: () => void) => () => void;
}

/**
 * The real network. Loads undici, so it is to be called with the first skill that has a host granted. Nothing here follows the
 * environment: no proxy variable, no file of certificates, no switch that turns verification off.
 */
export async function openNetPowers({ ca }: Pick<NetworkPolicy, 'ca'>): Promise<NetPowers> {
  const { Agent } = await import('undici');
  let context: SecureContext | undefined;
  const secured = (to: TlsTarget, servername: string | undefined, signal: AbortSignal): Promise<Socket> => {
    // The list is given always: Node's own default would also hold what NODE_EXTRA_CA_CERTS and SSL_CERT_FILE name. Reading it
    // takes about 10 ms, so it is read once.
    context ??= createSecureContext({ ca: [...(ca ?? rootCertificates)], minVersion: 'TLSv1.2' });
    return whenConnected(openTls(to, servername, context), 'secureConnect', signal);
  };
  return {
    resolve: createDnsResolver(),
    resolveLocal: async (host) =>
      (await systemDns.lookup(host, { all: true, order: 'ipv4first' })).map(({ address }) => address),
    judge: judgeAddress,
    ownAddresses: () =>
      Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address)),
    connect: ({ address, port, tls, servername }, signal) => {
      const to = { host: address, port };
      return tls ? secured(to, servername, signal) : whenConnected(connectTcp(to), 'connect', signal);
    },
    secure: (socket, servername, signal) => secured({ socket }, servername, signal),
    createAgent: (limits, connect) =>
      new Agent({
        connect,
        allowH2: false,
        pipelining: 1,
        connections: limits.maxExchanges,
        // One host may be granted over https and http.
        maxOrigins: 2 * limits.maxHosts,
        keepAliveTimeout: 1_000,
        keepAliveMaxTimeout: 1_000,
        headersTimeout: limits.headersTimeoutMs,
        // The rate floor watches bodies; between two chunks of a paused body any time may pass.
        bodyTimeout: 0,
        maxHeaderSize: limits.maxResponseHeaderBytes,
        strictContentLength: true,
      }),
    now: () => performance.now(),
    every: (milliseconds, tick) => {
      const timer = setInterval(tick, milliseconds).unref();
      return () => clearInterval(timer);
    },
  };
}

function whenConnected(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const abort = (): void => {
    socket.destroy(Object.assign(new Error('the connection takes too long'), { code: 'UND_ERR_CONNECT_TIMEOUT' }));
  };
  signal.addEventListener('abort', abort, { once: true });
  socket.setNoDelay(true);
  // Stays until undici listens: an error that nobody hears would end the host.
  socket.on('error', (error) => {
    signal.removeEventListener('abort', abort);
    reject(error);
  });
  socket.once(event, () => {
    signal.removeEventListener('abort', abort);
    resolve(socket);
  });
  return promise;
}

type TlsTarget = { readonly host: string; readonly port: number } | { readonly socket: Socket };

/** `host`: the address, against which the certificate is checked where there is no server name. */
function openTls(to: TlsTarget, servername: string | undefined, secureContext: SecureContext): Socket {
  return connectTls({
    ...to,
    secureContext,
    ALPNProtocols: ['http/1.1'],
    // Said aloud: left out, NODE_TLS_REJECT_UNAUTHORIZED=0 would decide.
    rejectUnauthorized: true,
    ...(servername === undefined ? {} : { servername }),
  });
}
