import { createServer, type Server, type Socket } from 'node:net';

/** What one connection has been asked so far. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Header lines as they came, in their order, names in lower case. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes of the body that had come by the time the request was judged complete. */
  readonly body: Buffer;
  /** Request line and headers as they came. */
  readonly head: string;
  /** Which connection it came on, from 1. */
  readonly connection: number;
}

/** Answers one request, in any bytes and at any time. Text is sent as Latin-1 and ends the connection. */
export type RawAnswer = string | Buffer | ((socket: Socket, request: RawRequest) => void);

export interface RawServer extends AsyncDisposable {
  readonly port: number;
  /** Scheme, address and port. */
  readonly origin: string;
  /** Everything that was asked, in its order. */
  readonly requests: readonly RawRequest[];
  /** Connections that are open now. */
  readonly open: number;
  /** How many of those after the first `count` are open. */
  openAfter(count: number): number;
  /** Connections there have been. */
  readonly connections: number;
}

export interface RawServerOptions {
  /** Answer as soon as the headers are there. Default false. */
  readonly early?: boolean;
  /** A plain server or one of TLS. Default plain. */
  readonly server?: Server;
  /** Address and port to listen on. Default 127.0.0.1 and a free port. */
  readonly host?: string;
  readonly port?: number;
}

/**
 * A server on loopback that speaks whatever it likes: `answerOf` is asked once for every request that has come whole. With
 * `early` it is asked as soon as the headers are there, and the body is left where it is.
 */
export async function startRawServer(
  answerOf: (request: RawRequest) => RawAnswer,
  { early = false, server = createServer(), host = '127.0.0.1', port = 0 }: RawServerOptions = {},
): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const sockets = new Map<Socket, number>();
  let connections = 0;
  const serve = (socket: Socket): void => {
    connections += 1;
    const connection = connections;
    sockets.set(socket, connection);
    socket.on('close', () => sockets.delete(socket));
    // The other side may hang up at any moment: that is what is tested.
    socket.on('error', () => undefined);
    let pending: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      for (
        let taken = take(pending, connection, early);
        taken !== undefined;
        taken = take(pending, connection, early)
      ) {
        pending = taken.rest;
        requests.push(taken.request);
        give(socket, taken.request, answerOf(taken.request));
      }
    });
  };
  server.on('connection', (socket) => !isSecure(server) && serve(socket));
  server.on('secureConnection', serve);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    origin: `http://${host}:${address.port}`,
    requests,
    get open() {
      return sockets.size;
    },
    openAfter: (count) => [...sockets.values()].filter((number) => number > count).length,
    get connections() {
      return connections;
    },
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets.keys()) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A TLS server hears of plain connections too, before their handshake. */
function isSecure(server: Server): boolean {
  return 'setSecureContext' in server;
}

function give(socket: Socket, request: RawRequest, answer: RawAnswer): void {
  if (typeof answer === 'function') answer(socket, request);
  else socket.end(typeof answer === 'string' ? Buffer.from(answer, 'latin1') : answer);
}

function take(
  bytes: Buffer,
  connection: number,
  early: boolean,
): { readonly request: RawRequest; readonly rest: Buffer } | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const [line = '', ...lines] = head.split('\r\n');
  const [method = '', path = ''] = line.split(' ');
  const headers = lines.map((one): readonly [string, string] => {
    const colon = one.indexOf(':');
    return [one.slice(0, colon).toLowerCase(), one.slice(colon + 1).trim()];
  });
  const rest = bytes.subarray(end + 4);
  const body = early ? { bytes: Buffer.alloc(0), rest: Buffer.alloc(0) } : bodyOf(new Map(headers), rest);
  if (body === undefined) return undefined;
  return { request: { method, path, headers, body: body.bytes, head, connection }, rest: body.rest };
}

function bodyOf(
  headers: ReadonlyMap<string, string>,
  rest: Buffer,
): { readonly bytes: Buffer; readonly rest: Buffer } | undefined {
  if (headers.get('transfer-encoding') === 'chunked') return chunkedBody(rest);
  const length = Number(headers.get('content-length') ?? 0);
  return rest.length < length ? undefined : { bytes: rest.subarray(0, length), rest: rest.subarray(length) };
}

function chunkedBody(rest: Buffer): { readonly bytes: Buffer; readonly rest: Buffer } | undefined {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at);
    if (line === -1) return undefined;
    const size = Number.parseInt(rest.toString('latin1', at, line), 16);
    const next = line + 2 + size + 2;
    if (rest.length < next) return undefined;
    if (size === 0) return { bytes: Buffer.concat(chunks), rest: rest.subarray(next) };
    chunks.push(rest.subarray(line + 2, line + 2 + size));
    at = next;
  }
}

/** A whole answer. `content-length` and `connection: close` are added where the headers do not speak of a length. */
export function reply(body: string | Buffer = 'ok', headers: readonly string[] = [], status = '200 OK'): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const framed = headers.some((line) => /^(content-length|transfer-encoding):/i.test(line));
  const lines = [
    `HTTP/1.1 ${status}`,
    ...headers,
    ...(framed ? [] : [`content-length: ${bytes.length}`]),
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}

/** A redirect to `location`, each in a header line of its own. */
export function redirect(status: number, ...locations: readonly string[]): Buffer {
  return reply(
    'elsewhere',
    locations.map((location) => `location: ${location}`),
    `${status} Found`,
  );
}
