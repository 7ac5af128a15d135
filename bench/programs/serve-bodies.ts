/** A service on the loopback interface, in a process of its own: `/small` answers 1 KiB of JSON, `/large` 10 MiB. Tells its port. */
import { createServer } from 'node:http';

const SMALL = JSON.stringify({ text: 'x'.repeat(1_000) });
const LARGE = Buffer.alloc(10 * 2 ** 20, 'carapace ');

const server = createServer((request, response) => {
  request.resume();
  const body = request.url === '/large' ? LARGE : SMALL;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address !== 'string') process.stdout.write(`${address.port}\n`);
});
