import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

/** What the cases of `fetch` talk to: a server on the loopback interface that does what the path says. */
export class FetchService implements AsyncDisposable {
  readonly origin: string;
  readonly #server: Server;

  private constructor(server: Server, port: number) {
    this.#server = server;
    this.origin = `http://127.0.0.1:${port}`;
  }

  static async start(): Promise<FetchService> {
    const gates = new Gates();
    const server = createServer((request, response) => {
      void answer(request, response, gates).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
    return new FetchService(server, address.port);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Responses that wait until another request lets them go on, so that no case depends on time. */
class Gates {
  readonly #gates = new Map<string, PromiseWithResolvers<void>>();

  at(name: string): PromiseWithResolvers<void> {
    const gate = this.#gates.get(name) ?? Promise.withResolvers<void>();
    this.#gates.set(name, gate);
    return gate;
  }
}

type Route = (response: ServerResponse, url: URL, request: IncomingMessage, gates: Gates) => void | Promise<void>;

const ROUTES: Readonly<Record<string, Route>> = {
  '/echo': async (response, url, request) => {
    const body = Buffer.concat(await request.toArray());
    const { method, headers } = request;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method, path: url.pathname + url.search, headers, body: body.toString('latin1') }));
  },
  '/status': (response, url) => {
    response.writeHead(Number(url.searchParams.get('code')), url.searchParams.get('text') ?? '');
    response.end();
  },
  '/redirect': (response, url) => {
    response.writeHead(Number(url.searchParams.get('code') ?? 302), { location: url.searchParams.get('to') ?? '' });
    response.end('moved');
  },
  '/headers': (response) => {
    response.writeHead(200, {
      'x-list': ['a', 'b'],
      'set-cookie': 'a=1',
      'X-Case': 'Kept',
      'content-type': 'text/plain',
    });
    response.end('headers');
  },
  '/gzip': (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'text/plain' });
    response.end(gzipSync('squeezed €'));
  },
  '/large': (response, url) => {
    response.end(Buffer.alloc(Number(url.searchParams.get('size')), 'x'));
  },
  /** The first half at once, the second when `/open` was asked for. */
  '/halves': async (response, url, _request, gates) => {
    response.write('first');
    await gates.at(url.search).promise;
    response.end('second');
  },
  '/open': (response, url, _request, gates) => {
    gates.at(url.search).resolve();
    response.end();
  },
  '/never': () => undefined,
  '/broken': (response) => {
    response.writeHead(200, { 'content-length': 100 });
    response.write('half', () => response.destroy());
  },
  '/gone': (response) => {
    response.destroy();
  },
};

async function answer(request: IncomingMessage, response: ServerResponse, gates: Gates): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://service');
  const route = ROUTES[url.pathname];
  if (route === undefined) response.writeHead(404).end('nothing here');
  else await route(response, url, request, gates);
}
