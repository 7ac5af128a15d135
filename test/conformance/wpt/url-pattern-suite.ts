import { readWptCases } from './wpt-data.ts';
import type { WptSuite } from './wpt-suite.ts';

/**
 * What the data leaves out follows from rules: a component that is not mentioned is what the pattern said; else `*` when a
 * component before it was said; else that of the base URL; else `*`. A match of a component that is not mentioned is empty.
 */
const PROGRAM = `
    const NAMES = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
    const BEFORE = {
      protocol: [], username: [], password: [], hostname: ['protocol'], port: ['protocol', 'hostname'],
      pathname: ['protocol', 'hostname', 'port'], search: ['protocol', 'hostname', 'port', 'pathname'],
      hash: ['protocol', 'hostname', 'port', 'pathname', 'search'],
    };
    const { pattern: args, inputs = [], expected_obj: shown, expected_match: wanted } = item;
    if (shown === 'error') { throws(TypeError, () => new URLPattern(...args)); return; }
    const pattern = new URLPattern(...args);
    const [first, second] = args;
    const said = typeof first === 'object' ? first : {};
    const baseText = said.baseURL ?? (typeof second === 'string' ? second : undefined);
    const base = baseText === undefined ? undefined : new URL(baseText);
    const isEmpty = (name) => item.exactly_empty_components?.includes(name) ?? false;
    const fromBase = (name) => name === 'protocol' ? base.protocol.slice(0, -1) : name === 'search' || name === 'hash' ? base[name].slice(1) : base[name];
    const expectedOf = (name) => {
      if (shown?.[name] !== undefined) return shown[name];
      if (isEmpty(name)) return '';
      if (said[name]) return said[name];
      if (BEFORE[name].some((earlier) => earlier in said)) return '*';
      return base !== undefined && name !== 'username' && name !== 'password' ? fromBase(name) : '*';
    };
    for (const name of NAMES) same(pattern[name], expectedOf(name), name);
    if (wanted === 'error') {
      throws(TypeError, () => pattern.test(...inputs));
      throws(TypeError, () => pattern.exec(...inputs));
      return;
    }
    same(pattern.test(...inputs), Boolean(wanted), 'test()');
    const found = pattern.exec(...inputs);
    if (!wanted) { same(found, null, 'exec()'); return; }
    same(found.inputs, wanted.inputs ?? inputs, 'inputs');
    const groupsOf = (groups) => Object.entries(groups).map(([name, value]) => [name, value ?? undefined]).sort();
    for (const name of NAMES) {
      const result = wanted[name] ?? { input: '', groups: isEmpty(name) ? {} : { 0: '' } };
      same(found[name].input, result.input, 'input of ' + name);
      same(groupsOf(found[name].groups), groupsOf(result.groups), 'groups of ' + name);
    }`;

/** What is said of `URLPattern` in public data. */
export const URL_PATTERN_SUITE: WptSuite = {
  title: 'URL patterns',
  tries: '`new URLPattern()`, every component, `test` and `exec`',
  files: ['urlpatterntestdata.json'],
  read: () => readWptCases('urlpatterntestdata.json'),
  program: PROGRAM,
};
