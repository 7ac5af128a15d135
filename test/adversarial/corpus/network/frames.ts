import { value } from '../../expected.ts';
import type { NetCase } from '../../net-case.ts';

/**
 * Requests for the network that a worker makes in the place of a skill: nothing of what the guest's `fetch` refuses by itself
 * has been refused yet. `ask(op, body)` sends one and resolves with `ok` or the code of the answer.
 */
const FRAMES_PRELUDE = `let requests = 0;
const ask = (op, body) => {
  requests += 1;
  send({ kind: 'request', id: requests, op: { family: 'net', method: 'fetch', url: 'https://api.example.com/', verb: 'GET', headers: [], redirect: 'follow', payload: 'none', ...op } }, body);
  for (;;) {
    const { head } = hear('reply');
    if (head.id === requests && head.more !== true) return head.ok ? 'ok ' + head.value?.status : head.code.replace('ERR_CARAPACE_', '');
  }
};
const each = (ops) => Object.fromEntries(Object.entries(ops).map(([name, op]) => [name, ask(op)]));
`;

function row(id: string, title: string, run: string, expected: unknown): NetCase {
  return { id, title, run: `${FRAMES_PRELUDE}${run}\nstay();`, expect: value(expected), after: () => undefined };
}

/** Rows whose code is the program of a hostile worker; see hostile-runtime.ts. */
export const FRAME_CASES: readonly NetCase[] = [
  row(
    'NU-198',
    'hosts that a URL parser would never let through',
    `done(each({
      nul: { url: 'https://api.example.com\\0.evil.test/' }, lf: { url: 'https://api.example.com\\n.evil.test/' }, tab: { url: 'https://evil.test\\t/' },
      backslash: { url: 'https://evil.test\\\\@api.example.com/' }, user: { url: 'https://api.example.com@evil.test/' }, relative: { url: '/path' },
      empty: { url: '' }, spaces: { url: ' https://evil.test/ ' }, half: { url: 'https://\\ud800.test/' }, upper: { url: 'HTTPS://EVIL.TEST/' },
    }));`,
    {
      nul: 'NET_BAD_URL',
      lf: 'NET_BAD_URL',
      tab: 'NET_BAD_URL',
      backslash: 'NET_BAD_URL',
      user: 'NET_BAD_URL',
      relative: 'NET_BAD_URL',
      empty: 'NET_BAD_URL',
      spaces: 'NET_BAD_URL',
      half: 'NET_BAD_URL',
      upper: 'NET_BAD_URL',
    },
  ),
  row(
    'NP-229',
    'header lines that would end early',
    `done(each({
      crlf: { headers: [['x-a', 'b\\r\\nx-c: d']] }, lf: { headers: [['x-a', 'b\\nc']] }, nul: { headers: [['x-a', 'b\\0']] }, name: { headers: [['x a', 'b']] },
      colon: { headers: [['x-a: b\\r\\nx', 'b']] }, empty: { headers: [['', 'b']] }, high: { headers: [['x-a', '\\u0142']] }, many: { headers: Array.from({ length: 100 }, (_, n) => ['x-' + n, '1']) },
      long: { headers: [['x-a', 'b'.repeat(20_000)]] },
    }));`,
    Object.fromEntries(
      ['crlf', 'lf', 'nul', 'name', 'colon', 'empty', 'high', 'many', 'long'].map((name) => [name, 'NET_BAD_HEADER']),
    ),
  ),
  row(
    'NP-231',
    'header names that a skill never sets',
    `const names = ['host', 'Host', 'connection', 'transfer-encoding', 'Content-Length', 'te', 'trailer', 'upgrade', 'expect', 'keep-alive', 'proxy-authorization', 'sec-fetch-mode', 'x-forwarded-for', 'forwarded', 'via', 'cookie', 'http2-settings'];
    done(names.filter((name) => ask({ verb: 'POST', payload: 'none', headers: [[name, '1']] }).startsWith('ok')));`,
    [],
  ),
  row(
    'NP-233',
    'methods that are none',
    `const verbs = ['CONNECT', 'TRACE', 'PURGE', 'get', 'Post', 'GET\\r\\n', 'GET /x', '', 'X'.repeat(60), 'PRI'];
    done(verbs.map((verb) => ask({ verb })).filter((code) => !/^(PERMISSION_NET_METHOD|NET_BAD_\\w+)$/.test(code)));`,
    [],
  ),
  row(
    'NP-234',
    'a body with a method that has none',
    "done([ask({ payload: 'inline' }, 'body'), ask({ verb: 'HEAD', payload: 'inline' }, 'body')]);",
    ['NET_BAD_BODY', 'NET_BAD_BODY'],
  ),
  row(
    'NU-226',
    'schemes and forms that lead to something else than a host',
    `const urls = ['unix:/run/docker.sock', 'file:///etc/passwd', 'data:,x', 'http://unix:/run/x', 'ftp://api.example.com/', 'ws://api.example.com/', 'https+unix://x/', 'javascript:1', 'blob:https://api.example.com/x'];
    done(urls.map((url) => ask({ url })).filter((code) => code.startsWith('ok')));`,
    [],
  ),
  row(
    'NU-196',
    'hosts that are not granted',
    `done([...new Set(['https://evil.test/', 'https://example.com/', 'https://api.example.com.evil.test/', 'https://127.0.0.1/', 'https://[::1]/', 'https://localhost/', 'https://2130706433/'].map((url) => ask({ url })))]);`,
    // The last is not how a URL parser writes it.
    ['PERMISSION_NET_HOST', 'NET_BAD_URL'],
  ),
];
