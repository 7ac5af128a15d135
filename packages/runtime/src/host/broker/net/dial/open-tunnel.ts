import type { Socket } from 'node:net';
import { NetFailure } from '../net-refusal.ts';

const MAX_REPLY_BYTES = 8 * 1024;
const END = '\r\n\r\n';

/** Where a tunnel leads, and who asks for it. */
export interface TunnelTarget {
  readonly host: string;
  readonly port: number;
  /** Value of `Proxy-Authorization`. It goes to the proxy and to nobody else. */
  readonly authorization: string | undefined;
}

/**
 * Asks an HTTP proxy for a tunnel (RFC 9110, section 9.3.6). Nothing of the skill's request is sent before the proxy has agreed.
 *
 * @throws NetFailure `proxy-refused`, `connect-late`
 */
export async function openTunnel(
  socket: Socket,
  { host, port, authorization }: TunnelTarget,
  signal: AbortSignal,
): Promise<void> {
  const lines = [`CONNECT ${host}:${port} HTTP/1.1`, `host: ${host}:${port}`];
  if (authorization !== undefined) lines.push(`proxy-authorization: ${authorization}`);
  socket.write(lines.join('\r\n') + END);
  const reply = await readReply(socket, signal);
  // Bytes behind the reply would be taken for the server's: whoever sends them before we have asked for anything is not it.
  if (!/^HTTP\/1\.[01] 200(?: |\r)/.test(reply) || reply.indexOf(END) !== reply.length - END.length)
    throw NetFailure.of('proxy-refused');
}

async function readReply(socket: Socket, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let reply = '';
  const onReadable = (): void => {
    for (let chunk: unknown = socket.read(); chunk instanceof Uint8Array; chunk = socket.read()) {
      reply += Buffer.from(chunk).toString('latin1');
    }
    if (reply.includes(END)) resolve(reply);
    else if (reply.length > MAX_REPLY_BYTES) reject(NetFailure.of('proxy-refused'));
  };
  const onEnd = (): void => reject(NetFailure.of('proxy-refused'));
  const onAbort = (): void => reject(NetFailure.of('connect-late'));
  socket.on('readable', onReadable).once('end', onEnd).once('close', onEnd);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await promise;
  } finally {
    socket.off('readable', onReadable).off('end', onEnd).off('close', onEnd);
    signal.removeEventListener('abort', onAbort);
  }
}
