import type { StandardSection } from './section.ts';

const url: StandardSection = {
  title: 'URL §6.1 URL',
  cases: {
    'parts, string tag and JSON': `
      const url = new URL('https://u:p@a.b:8080/c?d#e'); same([url.origin, url.host, url.port, url.pathname, url.search, url.hash], ['https://a.b:8080', 'a.b:8080', '8080', '/c', '?d', '#e']);
      same([String(url), JSON.stringify(url), Object.prototype.toString.call(url)], [url.href, JSON.stringify(url.href), '[object URL]']);`,
    'an invalid one is a TypeError, through href as well, and the old one stays': `const url = new URL('https://a.b/'); throws(TypeError, () => new URL('::')); throws(TypeError, () => { url.href = 'x'; }); same(url.href, 'https://a.b/');`,
    'a missing argument is a TypeError':
      'throws(TypeError, () => new URL()); throws(TypeError, () => URL.canParse()); throws(TypeError, () => URL.parse());',
    'arguments are made text, undefined as base is none': `same(new URL(new URL('https://a.b/c')).href, 'https://a.b/c'); same(new URL('d', { toString: () => 'https://a.b/c' }).href, 'https://a.b/d'); same(new URL('https://a.b', undefined).host, 'a.b'); throws(TypeError, () => new URL('https://a.b', null));`,
    'origin and searchParams cannot be assigned': `const url = new URL('https://a.b/?c=1'); const params = url.searchParams; throws(TypeError, () => { url.origin = 'x'; }); throws(TypeError, () => { url.searchParams = ''; }); ok(url.searchParams === params);`,
    'the default port disappears': `same([new URL('https://a.b:443/').port, new URL('http://a.b:443/').port], ['', '443']);`,
    'IPv4 and IPv6 addresses are canonical': `same([new URL('http://0x7f.1/').host, new URL('http://2130706433/').host, new URL('http://[0:0::1]/').host, new URL('http://[::ffff:1.2.3.4]/').host], ['127.0.0.1', '127.0.0.1', '[::1]', '[::ffff:102:304]']);`,
    'members are enumerable': `const keys = []; for (const key in new URL('https://a.b')) keys.push(key); ok(keys.includes('href') && keys.includes('searchParams') && keys.includes('toJSON'), 'enumerable: ' + keys);`,
  },
  notSupported: { 'URL.createObjectURL, URL.revokeObjectURL': 'there is no store of objects that a URL could name' },
};

const params: StandardSection = {
  title: 'URL §6.2 URLSearchParams',
  cases: {
    'from text, with and without a question mark': `same([...new URLSearchParams('?a=1&b=2')], [['a', '1'], ['b', '2']]); same(String(new URLSearchParams('??a')), '%3Fa=');`,
    'from pairs, records, maps and another': `same(String(new URLSearchParams([['a', 1], ['b', 2]])), 'a=1&b=2'); same(String(new URLSearchParams({ a: 1, b: null })), 'a=1&b=null'); same(String(new URLSearchParams(new Map([['x', 'y']]))), 'x=y'); const one = new URLSearchParams('q=1'); const two = new URLSearchParams(one); two.append('r', 2); same([String(one), String(two)], ['q=1', 'q=1&r=2']);`,
    'from undefined it is empty, from null it is a name': `same(String(new URLSearchParams(undefined)), ''); same(String(new URLSearchParams(null)), 'null=');`,
    'an entry that is no pair is a TypeError': `throws(TypeError, () => new URLSearchParams([['a']])); throws(TypeError, () => new URLSearchParams([['a', 'b', 'c']])); throws(TypeError, () => new URLSearchParams([1])); throws(TypeError, () => new URLSearchParams(['ab']));`,
    'a record with the same name twice after making it text has it once': `same([...new URLSearchParams({ '\\ud835x': '1', '\\ufffdx': '2', xx: '3' })], [['\\ufffdx', '2'], ['xx', '3']]);`,
    'plus is a space, escapes are UTF-8, wrong ones stay': `same([...new URLSearchParams('a+b=%E2%82%AC&c=%zz&d=%ff&&=x&y')], [['a b', '€'], ['c', '%zz'], ['d', '\\ufffd'], ['', 'x'], ['y', '']]);`,
    'serialises as a form does': `same(String(new URLSearchParams({ 'a b': "!'()*-._~ +é" })), 'a+b=%21%27%28%29*-._%7E+%2B%C3%A9');`,
    'get, getAll, has with and without value, size': `const p = new URLSearchParams('a=1&a=2&b'); same([p.get('a'), p.getAll('a'), p.get('z'), p.getAll('z'), p.has('a', '2'), p.has('a', '3'), p.has('a', undefined), p.size], ['1', ['1', '2'], null, [], true, false, true, 3]);`,
    'set replaces the first and takes the others away': `const p = new URLSearchParams('a=1&b=2&a=3'); p.set('a', 9); same(String(p), 'a=9&b=2'); p.set('c', ''); same(String(p), 'a=9&b=2&c=');`,
    'delete with and without value': `const p = new URLSearchParams('a=1&a=2&a=3'); p.delete('a', '2'); same(String(p), 'a=1&a=3'); p.delete('a'); same(String(p), '');`,
    'sort is stable and by code units': `const p = new URLSearchParams('z=b&\\ufffd=1&a=b&\\ud83c\\udf08=2&z=a&a=a'); p.sort(); same([...p.keys()], ['a', 'a', 'z', 'z', '🌈', '\\ufffd']); same(p.getAll('z'), ['b', 'a']);`,
    'iterates its entries, keys and values; what changes meanwhile is seen': `const p = new URLSearchParams('a=1&b=2'); same([...p.keys(), ...p.values()], ['a', 'b', '1', '2']); ok(p[Symbol.iterator] === p.entries); const seen = []; for (const [key] of p) { seen.push(key); if (key === 'a') p.append('c', 3); } same(seen, ['a', 'b', 'c']);`,
    'forEach gives value, name and itself': `const p = new URLSearchParams('a=1'); p.forEach(function (value, name, all) { same([value, name, all === p, this.self], ['1', 'a', true, 1]); }, { self: 1 }); throws(TypeError, () => p.forEach());`,
    'iterators have their prototype': `const it = new URLSearchParams('a=1')[Symbol.iterator](); same(Object.prototype.toString.call(it), '[object URLSearchParams Iterator]'); ok(typeof it.next === 'function' && it[Symbol.iterator]() === it);`,
    'missing arguments are TypeErrors': `const p = new URLSearchParams(); for (const act of [() => p.append('a'), () => p.set('a'), () => p.get(), () => p.has(), () => p.delete(), () => p.getAll()]) throws(TypeError, act, String(act));`,
    'changes show in the URL it belongs to, and back': `const url = new URL('https://a.b/?x=1#h'); url.searchParams.append('y', ' '); same(url.href, 'https://a.b/?x=1&y=+#h'); url.search = '?z'; same([...url.searchParams], [['z', '']]); url.searchParams.delete('z'); same(url.href, 'https://a.b/#h');`,
    'a URL without searchParams changes keeps the text of its query': `same(new URL('https://a.b/?a=~').search, '?a=~'); const url = new URL('https://a.b/?a=~'); url.searchParams.sort(); same(url.search, '?a=%7E');`,
  },
};

const pattern: StandardSection = {
  title: 'URL Pattern §1 URLPattern',
  cases: {
    'components, groups and matches': `
      const p = new URLPattern({ hostname: '*.example.com', pathname: '/books/:id(\\\\d+)' }); same([p.hostname, p.pathname, p.protocol, p.hasRegExpGroups], ['*.example.com', '/books/:id(\\\\d+)', '*', true]);
      const found = p.exec('https://api.example.com/books/12'); same([found.pathname.groups, found.hostname.groups[0], p.test('https://example.com/books/12'), p.exec('https://a.example.com/books/x')], [{ id: '12' }, 'api', false, null]);`,
    'a constructor string takes apart what belongs together': `const p = new URLPattern('https://*.a.b/x?q=*#h'); same([p.protocol, p.hostname, p.pathname, p.search, p.hash], ['https', '*.a.b', '/x', 'q=*', 'h']);`,
    ignoreCase: `same([new URLPattern({ pathname: '/A' }, { ignoreCase: true }).test({ pathname: '/a' }), new URLPattern({ pathname: '/A' }).test({ pathname: '/a' })], [true, false]);`,
    'an invalid one is a TypeError': `for (const text of ['/x', '(', 'https://a.b/:']) throws(TypeError, () => new URLPattern(text), text);`,
    'a group that took no part is undefined': `const { groups } = new URLPattern({ pathname: '/a/:b?' }).exec({ pathname: '/a' }).pathname; ok('b' in groups); same(groups.b, undefined);`,
    'a relative text without base matches nothing': `same(new URLPattern().test('x'), false); same(new URLPattern().exec('x'), null);`,
  },
};

export const URL_SECTIONS: readonly StandardSection[] = [url, params, pattern];
