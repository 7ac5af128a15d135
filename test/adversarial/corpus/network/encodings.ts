import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { error, value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { reply } from '../../servers/raw-server.ts';

const ENCODING = 'NET_ENCODING';
const ZEROES = Buffer.alloc(64 * 2 ** 20);

const BOMBS: readonly NetCase[] = (
  [
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const
).map(([coding, compress]) => ({
  id: 'NP-243',
  title: `64 MiB of nothing in ${coding} are cut off at the budget`,
  answers: { '/': reply(compress(ZEROES), [`content-encoding: ${coding}`]) },
  limits: { bytesInMiB: 2 },
  run: "return await get('/');",
  expect: error('ERR_CARAPACE_BUDGET_BYTES_IN'),
}));

function refusedCodings(id: string, title: string, codings: Readonly<Record<string, Buffer>>): NetCase {
  const names = Object.keys(codings);
  return {
    id,
    title,
    answers: Object.fromEntries(
      names.map((name, at) => [`/${at}`, reply(codings[name], [`content-encoding: ${name}`])]),
    ),
    input: { names },
    run: "const found = {}; for (const [at, name] of input.names.entries()) found[name] = await get('/' + at); return found;",
    expect: value(Object.fromEntries(names.map((name) => [name, ENCODING]))),
  };
}

const nested = (levels: number): Buffer =>
  Array.from({ length: levels }).reduce<Buffer>((bytes) => gzipSync(bytes), Buffer.from('deep'));

const CODINGS: readonly NetCase[] = [
  refusedCodings('NP-243', 'an encoding in an encoding is refused unread', {
    'gzip, gzip': nested(2),
    'gzip, gzip, gzip, gzip, gzip': nested(5),
  }),
  refusedCodings('NP-245', 'stacked and unknown encodings are refused unread', {
    'gzip, gzip, gzip, gzip, gzip, gzip': nested(6),
    'br, gzip': gzipSync(brotliCompressSync('both')),
    compress: Buffer.from('old'),
    zstd: zstdCompressSync('new'),
    deflate: deflateSync('two forms'),
    'made-up': Buffer.from('unknown'),
    'gzip;q=1': nested(1),
  }),
  {
    id: 'NP-245',
    title: 'an encoding that lies is an error',
    answers: {
      '/gzip': reply('not gzip at all', ['content-encoding: gzip']),
      '/br': reply(gzipSync('gzip, not brotli'), ['content-encoding: br']),
      '/twice': reply(nested(2), ['content-encoding: gzip']),
      '/identity': reply('plain', ['content-encoding: identity']),
      '/nothing': reply(nested(1), ['content-encoding: identity, gzip']),
    },
    run: "const [twice] = (await get('/twice')).split(' '); return [await get('/gzip'), await get('/br'), twice, await get('/identity'), await get('/nothing')];",
    expect: value(['NET_ENCODING', 'NET_ENCODING', '200', '200 plain', '200 deep']),
  },
  {
    id: 'NP-247',
    title: 'gzip that is cut off, goes on, or has a wrong sum is an error and no part of an answer',
    answers: {
      '/cut': reply(gzipSync('x'.repeat(1_000)).subarray(0, -9), ['content-encoding: gzip']),
      '/sum': reply(withWrongSum(gzipSync('checked')), ['content-encoding: gzip']),
      '/garbage': reply(Buffer.concat([gzipSync('first'), Buffer.from('garbage')]), ['content-encoding: gzip']),
      '/br': reply(brotliCompressSync('x'.repeat(1_000)).subarray(0, -3), ['content-encoding: br']),
    },
    run: "return [await get('/cut'), await get('/sum'), await get('/garbage'), await get('/br')];",
    expect: value([ENCODING, ENCODING, ENCODING, ENCODING]),
  },
];

function withWrongSum(gzip: Buffer): Buffer {
  gzip.writeUInt32LE((gzip.readUInt32LE(gzip.length - 8) ^ 1) >>> 0, gzip.length - 8);
  return gzip;
}

const CHARSETS: readonly NetCase[] = [
  {
    id: 'NP-248',
    title: 'text is UTF-8 whatever the other side calls it, with replacement characters for what is none',
    answers: {
      '/7': reply('+ADw-script+AD4-', ['content-type: text/html; charset=utf-7']),
      '/16': reply(Buffer.from('hi', 'utf16le'), ['content-type: text/plain; charset=utf-16']),
      '/bad': reply(Buffer.from([0x61, 0xff, 0xc3, 0x28]), ['content-type: text/plain; charset=utf-8']),
      '/bom': reply(Buffer.from([0xef, 0xbb, 0xbf, 0x61])),
    },
    run: "const codes = (text) => [...text].map((one) => one.codePointAt(0)); return [await get('/7'), codes(await get('/16')), codes(await get('/bad')), await get('/bom')];",
    expect: value([
      '200 +ADw-script+AD4-',
      [50, 48, 48, 32, 104, 0, 105, 0],
      [50, 48, 48, 32, 97, 0xfffd, 0xfffd, 40],
      '200 a',
    ]),
  },
];

const TEXTS: readonly NetCase[] = [
  {
    id: 'NP-252',
    title: 'a page with scripts, a file name and a redirect of its own is text',
    answers: {
      '/': reply('<meta http-equiv="refresh" content="0; url=/planted"><script src="/planted"></script>', [
        'content-type: text/html',
        'content-disposition: attachment; filename="../../etc/cron.d/x"',
        'refresh: 0; url=/planted',
      ]),
    },
    run: "const response = await fetch(BASE + '/'); return [response.url, (await response.text()).length];",
    expect: value(['https://api.example.com/', 85]),
    after: (seen) => {
      if (seen.length !== 1) throw new Error('something was followed');
    },
  },
  {
    id: 'NP-253',
    title: 'what header values hold is cleaned where it is shown',
    answers: { '/': reply('ok', ['content-type: a\u001b[31mred\u0085b', 'etag: "\u001b]0;title\u0007"']) },
    run: "return await outcome(async () => { const { headers } = await fetch(BASE + '/'); return headers.get('content-type') + headers.get('etag'); });",
    expect: value('NET_PROTOCOL'),
  },
];

export const BODY_CASES: readonly NetCase[] = [...BOMBS, ...CODINGS, ...CHARSETS, ...TEXTS];
