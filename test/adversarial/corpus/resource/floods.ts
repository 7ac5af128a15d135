import type { AttackCase } from '../../attack-case.ts';
import { error } from '../../expected.ts';
import { rows } from './rows.ts';

const THREW = error('ERR_CARAPACE_SKILL_THREW');
const LOGS = error('ERR_CARAPACE_BUDGET_LOGS');
const BROKER_CALLS = error('ERR_CARAPACE_BUDGET_BROKER_CALLS');
const FILES = error('ERR_CARAPACE_BUDGET_FILES');
const FAR = { wallMs: 60_000, cpuMs: 60_000 };

/** Deep recursion, and floods towards the host. There is no fetch yet: files and timers stand for every request. */
export const FLOOD_CASES: readonly AttackCase[] = [
  ...rows('RS-081', undefined, THREW, [
    ['a function that calls itself', 'const f = () => f() + 1; return f();'],
    ['a Proxy that gets through itself', 'const p = new Proxy({}, { get: (t, k, r) => r[k] }); return p.x;'],
    ['a getter that gets itself', 'const o = { get a() { return this.a; } }; return o.a;'],
    ['a comparator that sorts', 'const cmp = () => [2, 1].sort(cmp).length; return [2, 1].sort(cmp);'],
    ['a replacer that replaces', 'const f = () => "a".replace(/a/, f); return f();'],
    ['a valueOf that adds', 'const o = { valueOf() { return o + 1; } }; return o + 1;'],
  ]),
  ...rows('RS-083', { ...FAR, logKiB: 64 }, LOGS, [
    ['64 KiB log lines without a pause', 'const s = "x".repeat(65536); for (;;) console.log(s);'],
    ['short lines without a pause', 'for (;;) console.error("x");'],
    ['empty lines without a pause', 'for (;;) console.debug("");'],
    [
      'lines from a hundred promises',
      'await Promise.all(Array.from({ length: 100 }, async () => { for (;;) { console.info("x".repeat(1000)); await 0; } }));',
    ],
  ]),
  ...rows('RS-084', { ...FAR, brokerCalls: 100 }, BROKER_CALLS, [
    [
      '10,000 timers at once',
      'await Promise.all(Array.from({ length: 10000 }, () => new Promise((r) => setTimeout(r, 1))));',
    ],
    [
      '10,000 timers one after the other',
      'for (let i = 0; i < 10000; i++) await new Promise((r) => setTimeout(r, 0));',
    ],
    [
      '101 timers, one more than the budget',
      'for (let i = 0; i < 101; i++) await new Promise((r) => setTimeout(r, 0)); return 1;',
    ],
  ]),
  ...rows(
    'RS-084',
    { ...FAR, brokerCalls: 100_000 },
    error('ERR_CARAPACE_SKILL_THREW', 'Error: Cannot set timer: too many timers are pending'),
    [
      [
        '10,000 timers at once within the budget',
        'await Promise.all(Array.from({ length: 10000 }, () => new Promise((r) => setTimeout(r, 60000))));',
      ],
    ],
  ),
];

/** The same through the file system; `docs` is a folder with one file, `a.txt`. */
export function fileFloodCases(docs: string): readonly AttackCase[] {
  const module = (body: string): string =>
    `import fs from 'node:fs/promises';\nexport default { tools: { attack: { async run() { ${body} } } } };`;
  const read = "fs.readFile('/docs/a.txt')";
  return [
    {
      id: 'RS-084',
      title: '10,000 reads at once',
      module: module(`await Promise.all(Array.from({ length: 10000 }, () => ${read}));`),
      limits: { ...FAR, brokerCalls: 100 },
      docs,
      expect: BROKER_CALLS,
    },
    {
      id: 'RS-084',
      title: '10,000 reads one after the other, within the requests but not the files',
      module: module(`for (let i = 0; i < 10000; i++) await ${read};`),
      limits: { ...FAR, brokerCalls: 100_000, files: 50 },
      docs,
      expect: FILES,
    },
    {
      id: 'RS-084',
      title: '10,000 questions about a file at once',
      module: module("await Promise.all(Array.from({ length: 10000 }, () => fs.stat('/docs/a.txt')));"),
      limits: { ...FAR, brokerCalls: 100 },
      docs,
      expect: BROKER_CALLS,
    },
  ];
}
