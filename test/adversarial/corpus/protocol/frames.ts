import { error, value } from '../../expected.ts';
import { type Judged, type ProtocolCase, violation } from '../../protocol-case.ts';

const HEAD_CAP = 64 * 1024;
/** What one request may carry: more than the result budget of 1 KiB in the rows below. */
const BODY_CAP = 256 * 1024;

const LENGTHS: readonly (readonly [title: string, bytes: string, expected: Judged])[] = [
  ['a length of 2^32-1 with a small head', 'prefix(0xffffffff, 2)', violation('body-length')],
  ['a length and a head of 2^32-1', 'prefix(0xffffffff, 0xffffffff)', violation('length')],
  ['a head of 2^32-5 that fits into a length of 2^32-1', 'prefix(0xffffffff, 0xfffffffb)', violation('head-length')],
  ['a length of zero', 'prefix(0, 0)', violation('length')],
  ['a length of zero with a head', 'prefix(0, 2)', violation('length')],
  ['a head of zero', 'prefix(4, 0)', violation('length')],
  ['a length that is negative when it is signed', 'prefix(0x80000000, 2)', violation('body-length')],
  ['a head that is negative when it is signed', 'prefix(0x80000010, 0x80000000)', violation('head-length')],
  ['a head one byte longer than its frame', 'prefix(5, 2)', violation('length')],
  ['a head one byte over the cap', `prefix(4 + ${HEAD_CAP + 1}, ${HEAD_CAP + 1})`, violation('head-length')],
  ['a body one byte over the cap', `prefix(4 + 2 + ${BODY_CAP + 1}, 2)`, violation('body-length')],
];

const CLAIMS: readonly ProtocolCase[] = [
  ...LENGTHS.map(
    ([title, bytes, expected]): ProtocolCase => ({
      id: 'IP-134',
      title,
      program: `raw(${bytes}); stay();`,
      limits: { outputKiB: 1 },
      expect: expected,
    }),
  ),
  {
    id: 'IP-134',
    title: 'a head of exactly the cap, of which the last byte never comes',
    program: `raw(prefix(4 + ${HEAD_CAP}, ${HEAD_CAP})); raw(Buffer.alloc(${HEAD_CAP - 1}, 32)); stay();`,
    limits: { wallMs: 400 },
    expect: error('ERR_CARAPACE_BUDGET_WALL'),
  },
  {
    id: 'IP-134',
    title: 'a prefix byte by byte',
    program: `for (const byte of frame({ kind: 'log', level: 'info', text: 'slow' })) raw(Buffer.from([byte])); done('slow');`,
    expect: value('slow'),
    recorded: ['info slow'],
  },
];

const bytes = (list: string): string => `raw(frame(Buffer.from([${list}]))); stay();`;
const LOADED = `Buffer.from('{"kind":"loaded"}')`;

const TEXTS: readonly (readonly [title: string, program: string, expected: Judged])[] = [
  ['an overlong encoding', bytes('0x22, 0xc0, 0xaf, 0x22'), violation('head-json')],
  ['a cut sequence', bytes('0x22, 0xe2, 0x82, 0x22'), violation('head-json')],
  ['an encoded surrogate', bytes('0x22, 0xed, 0xa0, 0x80, 0x22'), violation('head-json')],
  ['a code point beyond Unicode', bytes('0x22, 0xf4, 0x90, 0x80, 0x80, 0x22'), violation('head-json')],
  ['UTF-16', `send(Buffer.from('{"kind":"loaded"}', 'utf16le')); stay();`, violation('head-json')],
  [
    'a byte order mark',
    `send(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), ${LOADED}])); stay();`,
    violation('head-json'),
  ],
  ['a NUL behind the object', `send(Buffer.concat([${LOADED}, Buffer.alloc(1)])); stay();`, violation('head-json')],
  ['a NUL in a string', `send(Buffer.from([34, 0, 34])); stay();`, violation('head-json')],
  ['two values', `send('{"kind":"loaded"}{"kind":"loaded"}'); stay();`, violation('head-json')],
  ['NaN', `send('NaN'); stay();`, violation('head-json')],
  ['nothing but spaces', `send(' '.repeat(1000)); stay();`, violation('head-json')],
  ['an array', `send('[{"kind":"loaded"}]'); stay();`, violation('shape')],
  ['null', `send('null'); stay();`, violation('shape')],
  ['a number', `send('1'); stay();`, violation('shape')],
  ['a list 200,000 deep', `send('['.repeat(200_000)); stay();`, violation('head-length')],
  ['a list as deep as a head is long', `send('['.repeat(60_000)); stay();`, violation('head-depth')],
  ['an object as deep as a head is long', `send('{"a":'.repeat(10_000)); stay();`, violation('head-depth')],
  ['depth behind brackets in a string', `send('["]]]]\\\\"]]",' + '['.repeat(20)); stay();`, violation('head-depth')],
];

const SPELLINGS: readonly ProtocolCase[] = [
  ...TEXTS.map(
    ([title, program, expected]): ProtocolCase => ({
      id: 'IP-137',
      title: `a head with ${title}`,
      program,
      expect: expected,
    }),
  ),
  {
    id: 'IP-137',
    title: 'unpaired surrogates in a log line become replacement characters',
    program: String.raw`send('{"kind":"log","level":"info","text":"a\\ud800b\\udc00"}'); done('said');`,
    expect: value('said'),
    recorded: ['info a�b�'],
  },
  {
    id: 'IP-137',
    title: 'unpaired surrogates in a result become replacement characters',
    program: String.raw`send({ kind: 'result', call: id, ok: true }, '"a\\ud800b"'); stay();`,
    expect: value('a�b'),
  },
  {
    id: 'IP-137',
    title: 'a result that is not UTF-8 has replacement characters',
    program: `send({ kind: 'result', call: id, ok: true }, Buffer.from([0x22, 0xff, 0xfe, 0x22])); stay();`,
    expect: value('��'),
  },
  {
    id: 'IP-137',
    title: 'a result 200,000 deep is refused',
    program: `send({ kind: 'result', call: id, ok: true }, '['.repeat(200_000) + ']'.repeat(200_000)); stay();`,
    limits: { outputKiB: 512 },
    expect: error('ERR_CARAPACE_SKILL_BAD_OUTPUT'),
  },
  {
    id: 'IP-137',
    title: 'a result that is no JSON is refused',
    program: `send({ kind: 'result', call: id, ok: true }, 'undefined'); stay();`,
    expect: error('ERR_CARAPACE_SKILL_BAD_OUTPUT'),
  },
];

export const FRAME_CASES: readonly ProtocolCase[] = [...CLAIMS, ...SPELLINGS];
