import type { Socket } from 'node:net';
import { error, value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { type RawAnswer, reply } from '../../servers/raw-server.ts';

const PROTOCOL = 'NET_PROTOCOL';
const CLOSED = 'NET_CLOSED';

/** Writes until the other side hangs up, as fast as it reads. */
function flood(piece: string | Buffer, first = ''): RawAnswer {
  return (socket) => {
    if (first !== '') socket.write(first, 'latin1');
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece));
    };
    socket.on('drain', more);
    more();
  };
}

function trickle(socket: Socket, piece: string): void {
  const timer = setInterval(() => socket.write(piece), 100);
  socket.on('close', () => clearInterval(timer));
}

/**
 * Answers under which no response may come about. Which of the codes it is depends on what is seen first, the broken
 * message or the end of its connection.
 */
function refusedAnswers(
  id: string,
  title: string,
  answers: Readonly<Record<string, RawAnswer>>,
  ...codes: readonly string[]
): NetCase {
  const paths = Object.keys(answers);
  return {
    id,
    title,
    answers,
    input: { paths, codes: codes.length > 0 ? codes : [PROTOCOL, CLOSED] },
    run: `const found = {};
      for (const path of input.paths) { const code = await get(path); if (!input.codes.includes(code)) found[path] = code; }
      return found;`,
    expect: value({}),
    after: (seen) => {
      if (seen.length !== paths.length) throw new Error(`asked ${seen.length} times`);
    },
  };
}

const head = (...lines: readonly string[]): string => `HTTP/1.1 200 OK\r\n${lines.join('\r\n')}\r\n\r\n`;

const HEADERS: readonly NetCase[] = [
  {
    id: 'NP-236',
    title: 'headers of 12 KiB are read',
    answers: { '/': reply('ok', [`x-long: ${'x'.repeat(12_000)}`]) },
    run: "return await get('/');",
    expect: value('200 ok'),
  },
  refusedAnswers(
    'NP-236',
    'more than 16 KiB, in one line, in 10,000, or in a megabyte',
    {
      '/17': reply('no', [`x-long: ${'x'.repeat(17_000)}`]),
      '/lines': reply(
        'no',
        Array.from({ length: 10_000 }, (_, n) => `x-${n}: 1`),
      ),
      '/megabyte': reply('no', [`x-long: ${'x'.repeat(2 ** 20)}`]),
      '/endless': flood('x-more: yes\r\n', 'HTTP/1.1 200 OK\r\n'),
    },
    'NET_RESPONSE_HEADERS',
  ),
];

const INTERIM: readonly NetCase[] = [
  {
    id: 'NP-237',
    title: 'interim answers without end are no way to wait: a few are taken, and then no more',
    answers: { '/': flood('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1_000)) },
    run: "const code = await get('/'); return code === 'NET_PROTOCOL' || code === 'NET_CLOSED';",
    expect: value(true),
  },
  {
    id: 'NP-237',
    title: 'early hints are no answer and are not acted on',
    answers: {
      '/': Buffer.concat([
        Buffer.from(`HTTP/1.1 103 Early Hints\r\n${'link: </planted>; rel=preload\r\n'.repeat(50)}\r\n`),
        reply('ok'),
      ]),
    },
    run: "return await get('/');",
    expect: value('200 ok'),
    after: (seen) => {
      if (seen.length !== 1) throw new Error('a hint was followed');
    },
  },
  refusedAnswers('NP-238', 'answers of other protocols', {
    '/switch': 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
    '/h2c':
      'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '/preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    '/settings': Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
    '/ancient': '<html>no status line</html>',
    '/ssh': 'SSH-2.0-OpenSSH_9.9\r\n',
    '/future': 'HTTP/9.9 200 OK\r\n\r\nok',
    '/nothing': '',
  }),
];

const FRAMING: readonly NetCase[] = [
  refusedAnswers('NP-239', 'lengths that say two things or nothing', {
    '/twice': `${head('content-length: 2', 'content-length: 3')}okk`,
    '/same': `${head('content-length: 2', 'Content-Length: 2')}ok`,
    '/both': `${head('content-length: 2', 'transfer-encoding: chunked')}2\r\nok\r\n0\r\n\r\n`,
    '/negative': `${head('content-length: -2')}ok`,
    '/plus': `${head('content-length: +2')}ok`,
    '/list': `${head('content-length: 2, 2')}ok`,
    '/hex': `${head('content-length: 0x2')}ok`,
    '/huge': `${head('content-length: 99999999999999999999999')}ok`,
  }),
  refusedAnswers('NP-240', 'chunks that are none', {
    '/size': `${head('transfer-encoding: chunked')}zz\r\nok\r\n0\r\n\r\n`,
    '/overflow': `${head('transfer-encoding: chunked')}fffffffffffffffff\r\nok\r\n0\r\n\r\n`,
    '/short': `${head('transfer-encoding: chunked')}5\r\nok`,
  }),
  {
    id: 'NP-240',
    title: 'chunk extensions and trailers are bounded',
    answers: {
      '/extensions': flood(`1;${'x'.repeat(16_384)}\r\na\r\n`, head('transfer-encoding: chunked')),
      '/trailers': flood('x-trailer: yes\r\n'.repeat(100), `${head('transfer-encoding: chunked')}1\r\na\r\n0\r\n`),
    },
    run: "return [await get('/extensions'), await get('/trailers')];",
    expect: value(['NET_WIRE', 'NET_RESPONSE_HEADERS']),
  },
];

const SLOW_ANSWERS: readonly (readonly [title: string, answer: RawAnswer])[] = [
  [
    'a body of one byte at a time',
    (socket) => {
      socket.write(head('content-length: 1000'));
      trickle(socket, 'x');
    },
  ],
  [
    'headers of one byte at a time',
    (socket) => {
      socket.write('HTTP/1.1 200 OK\r\nx-long: ');
      trickle(socket, 'x');
    },
  ],
  ['nothing at all', () => undefined],
  ['headers and then nothing', (socket) => socket.write(head('content-length: 5'))],
];

const SLOW: readonly NetCase[] = SLOW_ANSWERS.map(([title, answer]) => ({
  id: 'NP-242',
  title: `${title} ends with the deadline of the call`,
  answers: { '/': answer },
  limits: { wallMs: 500 },
  run: "return await get('/');",
  expect: error('ERR_CARAPACE_BUDGET_WALL'),
}));

const ENDS: readonly NetCase[] = [
  refusedAnswers('NP-251', 'a body that ends early is an error, and is not asked for again', {
    '/close': `${head('content-length: 10')}short`,
    '/reset': (socket) => {
      socket.write(`${head('content-length: 10')}short`);
      setTimeout(() => socket.resetAndDestroy(), 20);
    },
    '/half': (socket) => socket.end(`${head('content-length: 10')}short`),
    '/chunk': `${head('transfer-encoding: chunked')}5\r\nshort\r\n`,
    '/before': (socket) => socket.resetAndDestroy(),
  }),
  {
    id: 'NP-249',
    title: 'a body of 10 GiB is cut off at the budget',
    answers: { '/': flood(Buffer.alloc(65_536, 'x'), head(`content-length: ${10 * 2 ** 30}`)) },
    limits: { bytesInMiB: 1 },
    run: "return await get('/');",
    expect: error('ERR_CARAPACE_BUDGET_BYTES_IN'),
  },
  {
    id: 'NP-249',
    title: 'so is one without a length, read piece by piece',
    answers: { '/': flood(Buffer.alloc(65_536, 'x'), head('connection: close')) },
    limits: { bytesInMiB: 1 },
    run: "const { body } = await fetch(BASE + '/'); let read = 0; for await (const piece of body) read += piece.length; return read;",
    expect: error('ERR_CARAPACE_BUDGET_BYTES_IN'),
  },
];

export const ANSWER_CASES: readonly NetCase[] = [...HEADERS, ...INTERIM, ...FRAMING, ...SLOW, ...ENDS];
