import { Resolver } from 'node:dns';

/** Time for one question to one name server, and how often it is asked. */
const QUESTION = { timeout: 1_500, tries: 2 } as const;

/** All addresses of a name. Rejects when there are none, and when `signal` aborts. */
export type ResolveName = (host: string, signal: AbortSignal) => Promise<readonly string[]>;

/**
 * Asks the DNS itself, not the system's resolver: no hosts file, no search domains, no mDNS, and none of the few threads on which
 * Node also reads files is held by a name server that does not answer. `servers`: `address:port`; default the system's.
 */
export function createDnsResolver(servers?: readonly string[]): ResolveName {
  return async (host, signal) => {
    const resolver = new Resolver(QUESTION);
    if (servers !== undefined) resolver.setServers(servers);
    const cancel = (): void => resolver.cancel();
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const [four, six] = await Promise.allSettled([
        question((done) => resolver.resolve4(host, done)),
        question((done) => resolver.resolve6(host, done)),
      ]);
      if (four.status === 'rejected' && six.status === 'rejected') throw four.reason;
      // IPv4 first: a machine without IPv6 would lose time on every other answer.
      return [four, six].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
}

function question(ask: (done: (error: Error | null, addresses: string[]) => void) => void): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    ask((error, addresses) => (error === null ? resolve(addresses) : reject(error)));
  });
}
