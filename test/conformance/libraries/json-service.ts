import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

/** A JSON service on the loopback interface: `/echo` tells what was asked, `/flaky` fails twice for each skill. */
export class JsonService implements AsyncDisposable {
  readonly origin: string;
  readonly #close: () => Promise<void>;

  private constructor(origin: string, close: () => Promise<void>) {
    this.origin = origin;
    this.#close = close;
  }

  static async start(): Promise<JsonService> {
    const tries = new Map<string, number>();
    const server = createServer((request, response) => void answer(request, response, tries));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return new JsonService(`http://127.0.0.1:${port}`, async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#close();
  }
}

async function answer(request: IncomingMessage, response: ServerResponse, tries: Map<string, number>): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://service');
  const skill = String(request.headers['x-skill'] ?? '');
  const body = await text(request);
  if (url.pathname === '/echo') {
    const type = request.headers['content-type'] ?? null;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ method: request.method, query: url.search.slice(1), skill, type, body }));
    return;
  }
  if (url.pathname === '/flaky') {
    const count = (tries.get(skill) ?? 0) + 1;
    tries.set(skill, count);
    if (count === 3) {
      response.end('third time lucky');
      return;
    }
    response.writeHead(503).end();
    return;
  }
  response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":"no such thing"}');
}
