import { createServer, type IncomingMessage } from 'node:http';

/** What a service saw of one request, as it came off the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

export interface Reply {
  /** Default 200. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Anything but text and bytes is sent as JSON. */
  readonly body: unknown;
}

/** A service on 127.0.0.1 that stands in for one that is somewhere else. Disposing it ends every connection. */
export interface LoopbackService extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  readonly origin: string;
  /** In the order they came. */
  readonly requests: readonly SeenRequest[];
}

/** Starts a service on a free port of the loopback interface. An answer that throws becomes a 500. */
export async function startService(answer: (request: SeenRequest) => Reply): Promise<LoopbackService> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    void readRequest(incoming)
      .then((seen) => {
        requests.push(seen);
        return answer(seen);
      })
      .catch((error: unknown): Reply => ({ status: 500, body: String(error) }))
      .then(({ status = 200, headers = {}, body }) => {
        const json = typeof body !== 'string' && !(body instanceof Uint8Array);
        outgoing.writeHead(status, {
          'content-type': json ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8',
          ...headers,
        });
        outgoing.end(json ? JSON.stringify(body) : body);
      });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') {
    throw new Error('Cannot start the service: it has no port');
  }
  return {
    origin: `http://127.0.0.1:${address.port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

async function readRequest(incoming: IncomingMessage): Promise<SeenRequest> {
  const pieces: Uint8Array[] = [];
  for await (const piece of incoming) {
    if (piece instanceof Uint8Array) pieces.push(piece);
  }
  return {
    method: incoming.method ?? 'GET',
    url: new URL(incoming.url ?? '/', 'http://service.invalid'),
    headers: incoming.headers,
    body: Buffer.concat(pieces).toString('utf8'),
  };
}
