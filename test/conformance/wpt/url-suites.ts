import { readWptCases, readWptData } from './wpt-data.ts';
import type { WptSuite } from './wpt-suite.ts';

const URL_FILES = ['urltestdata.json', 'urltestdata-javascript-only.json'];

const parsing: WptSuite = {
  title: 'URL parsing',
  tries: '`new URL()`, `URL.canParse`, `URL.parse`, every getter, the same URL again from its `href`; setting `href`',
  files: URL_FILES,
  read: () => URL_FILES.flatMap(readWptCases),
  program: `
    const base = item.base ?? undefined;
    same(URL.canParse(item.input, base), !item.failure, 'canParse');
    if (item.failure) {
      throws(TypeError, () => new URL(item.input, base));
      same(URL.parse(item.input, base), null, 'parse');
      if (base === undefined) throws(TypeError, () => { new URL('about:blank').href = item.input; });
      return;
    }
    const url = new URL(item.input, base);
    const parts = ['href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'];
    for (const part of parts) if (part in item) same(url[part], item[part], part);
    if ('searchParams' in item) same(url.searchParams.toString(), item.searchParams, 'searchParams');
    same(URL.parse(item.input, base).href, url.href, 'parse');
    same(new URL(url.href).href, url.href, 'href of href');
    const other = new URL('about:blank');
    other.href = url.href;
    same(other.href, url.href, 'href after setting it');`,
};

const setters: WptSuite = {
  title: 'URL setters',
  tries: 'every setter, and every getter after it',
  files: ['setters_tests.json'],
  read: () =>
    Object.entries(readWptData('setters_tests.json') ?? {})
      .filter(([part]) => part !== 'comment')
      .flatMap(([part, cases]: [string, unknown]) =>
        Array.isArray(cases) ? cases.map((item) => ({ part, item })) : [],
      ),
  program: `
    const { href, new_value, expected } = item.item;
    const url = new URL(href);
    const params = url.searchParams;
    url[item.part] = new_value;
    for (const [part, value] of Object.entries(expected)) same(url[part], value, part);
    same(params.toString(), new URL(url.href).searchParams.toString(), 'searchParams');`,
};

/** Characters that end a host are written as the URL parser would decode them. */
const HOSTS = `
    const host = item.input.replace(/[:/?#\\\\ ]/g, (character) => encodeURIComponent(character));
    const valid = item.output !== null && item.output !== '';
    if (valid) {
      const url = new URL('https://' + host + '/x');
      same([url.host, url.hostname, url.pathname, url.href], [item.output, item.output, '/x', 'https://' + item.output + '/x']);
    } else throws(TypeError, () => new URL('https://' + host + '/x'));
    for (const part of ['host', 'hostname']) {
      const url = new URL('https://before/x');
      url[part] = host;
      same(url[part], valid ? item.output : 'before', 'setting ' + part);
    }`;

/** An empty host is an invalid URL for another reason than its letters. */
const hasInput = (item: object): boolean => 'input' in item && item.input !== '';

const toAscii: WptSuite = {
  title: 'Hosts: domain to ASCII',
  tries: 'the host of a URL, and the setters of `host` and `hostname`',
  files: ['toascii.json'],
  read: () => readWptCases('toascii.json').filter(hasInput),
  program: HOSTS,
};

const idna: WptSuite = {
  title: 'Hosts: Unicode IDNA test file',
  tries: 'the same',
  files: ['IdnaTestV2.json'],
  read: () => readWptCases('IdnaTestV2.json').filter(hasInput),
  program: HOSTS,
};

const percentEncoding: WptSuite = {
  title: 'Percent-encoding of queries and fragments',
  tries: 'as UTF-8; a page in another encoding does not exist',
  files: ['percent-encoding.json'],
  read: () => readWptCases('percent-encoding.json'),
  program: `
    const url = new URL('https://a/?' + item.input + '#' + item.input);
    same(url.search, '?' + item.output['utf-8'], 'search');
    same(url.hash, '#' + item.output['utf-8'], 'hash');`,
};

/** What is said of `URL` in public data. */
export const URL_SUITES: readonly WptSuite[] = [parsing, setters, toAscii, idna, percentEncoding];
