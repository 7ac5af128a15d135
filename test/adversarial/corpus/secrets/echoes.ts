import { gzipSync } from 'node:zlib';
import { value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';
import { type RawAnswer, reply } from '../../servers/raw-server.ts';
import { SECRET } from './rows.ts';

const bytes = Buffer.from(SECRET, 'utf8');

/** The forms of a secret that are looked for, as a server would write them. */
const FORMS: Readonly<Record<string, string>> = {
  raw: SECRET,
  'base64 at offset 0': bytes.toString('base64'),
  'base64 at offset 1': Buffer.from(`x${SECRET}`).toString('base64'),
  'base64 at offset 2': Buffer.from(`xx${SECRET}`).toString('base64'),
  base64url: bytes.toString('base64url'),
  hex: bytes.toString('hex'),
  'upper-case hex': bytes.toString('hex').toUpperCase(),
  percent: encodeURIComponent(SECRET),
  'lower-case percent': encodeURIComponent(SECRET).replaceAll(/%[\dA-F]{2}/g, (one) => one.toLowerCase()),
  'JSON text': JSON.stringify(SECRET).slice(1, -1),
  'JSON escapes': Array.from(SECRET)
    .map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join(''),
  'HTML entities': SECRET.replaceAll('"', '&quot;')
    .replaceAll('+', '&#43;')
    .replaceAll('/', '&#x2F;')
    .replaceAll('=', '&#61;'),
  reversed: Array.from(SECRET).toReversed().join(''),
  'base64 in lines': bytes.toString('base64').replaceAll(/.{16}/g, '$&\r\n'),
};

const TOKEN = {
  name: 'TOKEN',
  description: 'Bait',
  host: 'api.example.com',
  in: { header: 'authorization', prefix: 'Bearer ' },
};
const ASK = "{ headers: { authorization: 'Bearer ' + ctx.secrets.TOKEN } }";

/** What of a form is left in a text, once the marker is taken out: nothing that could be a secret. */
const FOUND = `const names = Object.keys(input.paths), found = {};
const judge = (text) => text.includes('[redacted:TOKEN]') && text.length < 80;`;

function answered(answerOf: (form: string) => RawAnswer): Readonly<Record<string, RawAnswer>> {
  return Object.fromEntries(Object.values(FORMS).map((form, at) => [`/${at}`, answerOf(form)]));
}

const PATHS = Object.fromEntries(Object.keys(FORMS).map((name, at) => [name, `/${at}`]));

/** Sends a text in pieces of `size` bytes, each in a packet of its own as far as the kernel lets it. */
function inPieces(text: string, size: number): RawAnswer {
  return (socket) => {
    socket.setNoDelay(true);
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${text.length}\r\nconnection: close\r\n\r\n`);
    const pieces = text.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
    const timer = setInterval(() => {
      const piece = pieces.shift();
      if (piece === undefined) socket.end();
      else socket.write(piece);
    }, 1);
    socket.on('close', () => clearInterval(timer));
  };
}

function echoed(title: string, answers: Readonly<Record<string, RawAnswer>>, read: string): NetCase {
  return {
    id: 'SE-264',
    title,
    secrets: [TOKEN],
    answers,
    input: { paths: PATHS },
    limits: { fetches: 100 },
    run: `${FOUND}
      for (const name of names) { const text = await (${read})(await fetch(BASE + input.paths[name], ${ASK})); if (!judge(text)) found[name] = text.length; }
      return found;`,
    expect: value({}),
  };
}

export const ECHO_CASES: readonly NetCase[] = [
  echoed(
    'every listed form in a text',
    answered((form) => reply(`a ${form} b`)),
    '(response) => response.text()',
  ),
  echoed(
    'in a compressed body',
    answered((form) => reply(gzipSync(`a ${form} b`), ['content-encoding: gzip'])),
    '(response) => response.text()',
  ),
  echoed(
    'split over the pieces of a stream',
    answered((form) => inPieces(`a ${form} b`, 5)),
    "async (response) => { let text = ''; const decoder = new TextDecoder(); for await (const piece of response.body) text += decoder.decode(piece, { stream: true }); return text; }",
  ),
  {
    id: 'SE-264',
    title: 'in a header, a reason and an error page',
    secrets: [TOKEN],
    answers: {
      '/': (socket) =>
        socket.end(
          reply(
            `no: ${SECRET}`,
            [`etag: "${SECRET.replaceAll('"', '')}"`, `content-type: text/${bytes.toString('hex')}`],
            `401 Bad ${bytes.toString('hex')}`,
          ),
        ),
    },
    run: `const response = await fetch(BASE + '/', ${ASK});
      const text = [response.status, response.statusText, ...[...response.headers].flat(), await response.text()].join(' ');
      return [text.includes('63616e617279'), text.includes('canary/Se+cret="'), text.includes('[redacted:TOKEN]')];`,
    expect: value([false, false, true]),
  },
  {
    id: 'SE-274',
    title: 'a listed form that the skill returns, logs or throws is redacted once more',
    secrets: [TOKEN],
    answers: { '/': reply(`a ${SECRET} b`) },
    input: { shifted: Array.from(SECRET, (one) => one.charCodeAt(0) + 1) },
    run: `const secret = String.fromCharCode(...input.shifted.map((code) => code - 1));
      console.log('logged', secret, btoa(secret), encodeURIComponent(secret));
      return { raw: secret, base64: btoa(secret), percent: encodeURIComponent(secret), reversed: [...secret].reverse().join(''), key: { [secret]: 1 } };`,
    expect: value({
      raw: '[redacted:TOKEN]',
      base64: '[redacted:TOKEN]',
      percent: '[redacted:TOKEN]',
      reversed: '[redacted:TOKEN]',
      key: { '[redacted:TOKEN]': 1 },
    }),
  },
  {
    id: 'SE-274',
    title: 'a form that is not listed passes: what a skill and a server agree on can not be guessed',
    secrets: [TOKEN],
    answers: {
      '/': reply(
        Array.from(SECRET)
          .map((one) => one.charCodeAt(0) + 1)
          .join(' '),
      ),
    },
    run: `return (await get('/', ${ASK})).split(' ').length;`,
    expect: value(SECRET.length + 1),
  },
];
