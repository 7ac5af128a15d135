import { error, value } from '../../expected.ts';
import { type Judged, type ProtocolCase, violation } from '../../protocol-case.ts';

function rows(
  id: string,
  list: readonly (readonly [title: string, program: string, expected: Judged])[],
): readonly ProtocolCase[] {
  return list.map(([title, program, expected]) => ({ id, title, program, expect: expected }));
}

const text = (json: string): string => `send(${JSON.stringify(json)}); stay();`;
const SLEEP = (id: string, delayMs = 1): string =>
  `send({ kind: 'request', id: ${id}, op: { family: 'timer', method: 'sleep', delayMs: ${delayMs} } });`;

const KEYS: readonly ProtocolCase[] = rows('IP-138', [
  ['an own __proto__', text('{"kind":"loaded","__proto__":{"polluted":1}}'), violation('fields')],
  ['an own __proto__ that holds the message', text('{"__proto__":{"kind":"loaded"}}'), violation('type')],
  ['constructor.prototype', text('{"kind":"loaded","constructor":{"prototype":{"polluted":1}}}'), violation('fields')],
  [
    '__proto__ in an operation',
    text('{"kind":"request","id":1,"op":{"family":"timer","method":"sleep","delayMs":1,"__proto__":{"a":1}}}'),
    violation('fields'),
  ],
  [
    '__proto__ in a failure',
    `send('{"kind":"result","call":"' + id + '","ok":false,"failure":{"stage":"run","name":"a","message":"b","stack":"c","__proto__":{"a":1}}}'); stay();`,
    violation('fields'),
  ],
  ['a kind named like a method of every object', text('{"kind":"hasOwnProperty"}'), violation('kind')],
  ['the kind __proto__', text('{"kind":"__proto__"}'), violation('kind')],
  [
    'the operation __proto__.toString',
    text('{"kind":"request","id":1,"op":{"family":"__proto__","method":"toString"}}'),
    violation('op'),
  ],
  ['a key twice, of which the last says grant', text('{"kind":"loaded","kind":"grant"}'), violation('kind')],
  [
    'an operation twice, of which the last is unknown',
    text(
      '{"kind":"request","id":1,"op":{"family":"timer","method":"sleep","delayMs":1},"op":{"family":"net","method":"connect"}}',
    ),
    violation('op'),
  ],
  [
    '100,000 keys',
    `send('{' + Array.from({ length: 100_000 }, (_, i) => '"k' + i + '":0').join() + '}'); stay();`,
    violation('head-length'),
  ],
  [
    'as many keys as a head can hold',
    `send('{"kind":"loaded",' + Array.from({ length: 6_000 }, (_, i) => '"k' + i + '":0').join() + '}'); stay();`,
    violation('fields'),
  ],
]);

const PROTO_RESULT: readonly ProtocolCase[] = [
  {
    id: 'IP-138',
    title: '__proto__ in a result is a key under another name, and no prototype',
    program: `send({ kind: 'result', call: id, ok: true }, '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'); stay();`,
    expect: value(JSON.parse('{"_·_proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')),
  },
];

const SHAPES: readonly ProtocolCase[] = rows('IP-139', [
  ['an unknown kind', `send({ kind: 'grant' }); stay();`, violation('kind')],
  ['a kind of the host', `send({ kind: 'load', filename: 'a', memoryMiB: 64 }); stay();`, violation('kind')],
  ['a kind with another case', `send({ kind: 'Loaded' }); stay();`, violation('kind')],
  ['a kind with a NUL', `send({ kind: 'loaded\\0' }); stay();`, violation('kind')],
  ['a kind of 60,000 letters', `send({ kind: 'x'.repeat(60_000) }); stay();`, violation('length')],
  ['no kind', `send({}); stay();`, violation('type')],
  ['a kind that is a list', `send({ kind: ['loaded'] }); stay();`, violation('type')],
  ['an additional field', `send({ kind: 'loaded', more: true }); stay();`, violation('fields')],
  [
    'an additional field in an operation',
    `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'stat', path: '/docs', follow: true } }); stay();`,
    violation('fields'),
  ],
  [
    'a result with a value in its head',
    `send({ kind: 'result', call: id, ok: true, value: 1 }, '1'); stay();`,
    violation('fields'),
  ],
  ['an id of 1e400', text('{"kind":"cancel","id":1e400}'), violation('type')],
  ['an id of -1', text('{"kind":"cancel","id":-1}'), violation('range')],
  ['an id of 0', text('{"kind":"cancel","id":0}'), violation('range')],
  ['an id of 2^53', text('{"kind":"cancel","id":9007199254740992}'), violation('range')],
  ['an id of 1.5', text('{"kind":"cancel","id":1.5}'), violation('type')],
  ['an id in a string', text('{"kind":"cancel","id":"1"}'), violation('type')],
  [
    'a delay of 1e400',
    text('{"kind":"request","id":1,"op":{"family":"timer","method":"sleep","delayMs":1e400}}'),
    violation('type'),
  ],
  ['a delay of 2^31, which Node would take for 1', SLEEP('1', 2 ** 31), violation('range')],
  [
    'a path that is a list',
    `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'readFile', path: ['/docs/a.txt'] } }); stay();`,
    violation('type'),
  ],
  [
    'a path over the cap',
    `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'readFile', path: '/docs/' + 'a'.repeat(9_000) } }); stay();`,
    violation('length'),
  ],
  [
    'an operation that does not exist',
    `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'symlink', path: '/docs/a.txt' } }); stay();`,
    violation('op'),
  ],
  [
    'an operation of another family',
    `send({ kind: 'request', id: 1, op: { family: 'timer', method: 'readFile', path: '/docs/a.txt' } }); stay();`,
    violation('op'),
  ],
  ['an operation that is null', `send({ kind: 'request', id: 1, op: null }); stay();`, violation('shape')],
  ['a log line over the cap', `log('x'.repeat(16 * 1024 + 1)); stay();`, violation('length')],
  [
    'a failure of a stage that does not exist',
    `send({ kind: 'result', call: id, ok: false, failure: { stage: 'host', name: '', message: '', stack: '' } }); stay();`,
    violation('stage'),
  ],
  ['a body behind a message without one', `send({ kind: 'loaded' }, 'x'); stay();`, violation('body')],
  [
    'a body behind a failure',
    `send({ kind: 'result', call: id, ok: false, failure: { stage: 'run', name: 'a', message: 'b', stack: 'c' } }, 'x'); stay();`,
    violation('body'),
  ],
]);

const IDS: readonly ProtocolCase[] = rows('IP-140', [
  ['a request id used twice', `${SLEEP('1')} ${SLEEP('1')} stay();`, violation('request-id')],
  [
    'a request id used again after its answer',
    `${SLEEP('1', 0)} hear('reply'); ${SLEEP('1', 0)} stay();`,
    violation('request-id'),
  ],
  ['a request id that falls', `${SLEEP('9')} ${SLEEP('8')} stay();`, violation('request-id')],
  ['a cancel of nothing', `send({ kind: 'cancel', id: 1 }); stay();`, violation('cancel')],
  [
    'a cancel of an id that was skipped',
    `${SLEEP('1000000', 50)} send({ kind: 'cancel', id: 999999 }); stay();`,
    violation('cancel'),
  ],
  [
    'the same cancel twice',
    `${SLEEP('1', 50)} send({ kind: 'cancel', id: 1 }); send({ kind: 'cancel', id: 1 }); stay();`,
    violation('cancel'),
  ],
  ['the result of a call that does not exist', `done(1, 'call-of-another'); stay();`, violation('call')],
  ['the result of a call whose id begins alike', `done(1, id + ' '); stay();`, violation('call')],
  [
    'the failure of another call',
    `send({ kind: 'result', call: '', ok: false, failure: { stage: 'run', name: 'a', message: 'b', stack: 'c' } }); stay();`,
    violation('call'),
  ],
  ['a reply to nothing', `send({ kind: 'reply', id: 1, ok: true }); stay();`, violation('kind')],
  ['an abort of its own', `send({ kind: 'abort', reason: 'enough' }); stay();`, violation('kind')],
  ['ready for a second time', `send({ kind: 'ready', version: 1 }); stay();`, violation('state')],
  ['loaded for a second time', `send({ kind: 'loaded' }); send({ kind: 'loaded' }); stay();`, violation('state')],
  [
    'the source map for a second time',
    `for (const n of [1, 2]) send({ kind: 'request', id: n, op: { family: 'skill', method: 'sourceMap' } }); stay();`,
    violation('source-map'),
  ],
]);

const CLAIMS: readonly ProtocolCase[] = [
  ...rows('IP-142', [
    [
      'a second launch report that names every layer',
      `send({ kind: 'jailed', layers: ['identity', 'rlimits', 'landlock', 'seccomp'].map((layer) => ({ layer, state: 'enforced', detail: '' })) }); stay();`,
      violation('kind'),
    ],
    [
      'ready with a budget of its own',
      `send({ kind: 'ready', version: 1, limits: { wallMs: 600000 } }); stay();`,
      violation('fields'),
    ],
    [
      'a result with a protection level',
      `send({ kind: 'result', call: id, ok: true, protection: 'jailed' }, '1'); stay();`,
      violation('fields'),
    ],
    [
      'a result for another skill',
      `send({ kind: 'result', call: id, ok: true, skill: 'trusted' }, '1'); stay();`,
      violation('fields'),
    ],
    [
      'a request with a mount root',
      `send({ kind: 'request', id: 1, op: { family: 'fs', method: 'readdir', path: '/docs', root: '/' } }); stay();`,
      violation('fields'),
    ],
  ]),
  {
    id: 'IP-142',
    title: 'files without a mount, asked for all the same, are refused by the host’s own record of the grant',
    program: `send({ kind: 'loaded' }); send({ kind: 'request', id: 1, op: { family: 'fs', method: 'readFile', path: '/docs/a.txt' } }); done(hear('reply').head.ok);`,
    expect: value(false),
    recorded: ['fs.readFile /docs/a.txt ERR_CARAPACE_PERMISSION_FS_SCOPE'],
  },
];

const FORGED: readonly ProtocolCase[] = [
  ...rows('IP-143', [
    ['a frame of metering', `send({ kind: 'metering', cpuMs: 0, memoryMiB: 0 }); stay();`, violation('kind')],
    [
      'a result with usage',
      `send({ kind: 'result', call: id, ok: true, usage: { cpuMs: 0 } }, '1'); stay();`,
      violation('fields'),
    ],
    ['a log level of the host', `log('trusted', 'audit'); stay();`, violation('level')],
    ['a log level that every object has', `log('trusted', 'valueOf'); stay();`, violation('level')],
    [
      'a log line with a time of its own',
      `send({ kind: 'log', level: 'info', text: 'a', at: '2000-01-01' }); stay();`,
      violation('fields'),
    ],
    ['a lost isolate that was not lost', `send({ kind: 'engine-lost' }); stay();`, error('ERR_CARAPACE_SKILL_CRASHED')],
  ]),
  {
    id: 'IP-143',
    title: 'a log line that looks like a record of the host is text in a record of the host',
    program: String.raw`log('"}\n{"kind":"call-end","outcome":"ok","usage":{"cpuMs":0}}', 'error'); done(1);`,
    expect: value(1),
    recorded: ['error "}\n{"kind":"call-end","outcome":"ok","usage":{"cpuMs":0}}'],
  },
  {
    id: 'IP-143',
    title: 'a failure that claims a spent budget and an error of the host is the skill’s own',
    program: `send({ kind: 'result', call: id, ok: false, failure: { stage: 'run', name: 'ERR_CARAPACE_BUDGET_WALL', message: 'ERR_CARAPACE_TRUST', stack: 'at host' } }); stay();`,
    expect: error('ERR_CARAPACE_SKILL_THREW'),
  },
];

export const MESSAGE_CASES: readonly ProtocolCase[] = [
  ...KEYS,
  ...PROTO_RESULT,
  ...SHAPES,
  ...IDS,
  ...CLAIMS,
  ...FORGED,
];
