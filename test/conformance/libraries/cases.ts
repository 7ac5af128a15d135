/** One library: what the skill of its name in `skills` is given, and what it has to answer. */
export interface LibraryCase {
  readonly name: string;
  /** What its skill does with it, for the page. */
  readonly does: string;
  /** What an author has to know to bundle or use it. */
  readonly note?: string;
  readonly input: object;
  readonly expected: unknown;
  /** What it is granted. */
  readonly grant?: 'files' | 'service';
}

/** Libraries that compute. */
const COMPUTING: readonly LibraryCase[] = [
  {
    name: 'zod',
    does: 'checks and converts data, makes a JSON schema',
    input: {
      good: {
        id: '7f1c1f0e-9f5b-4c3e-8a35-2f0f6f5d2b11',
        mail: 'anna@example.com',
        lines: [{ sku: 'AB123', count: '2' }],
        due: '2026-11-22',
      },
      bad: { id: 'x', mail: 'anna', lines: [], due: '2026-13-01' },
    },
    expected: {
      parsed: {
        id: '7f1c1f0e-9f5b-4c3e-8a35-2f0f6f5d2b11',
        mail: 'anna@example.com',
        lines: [{ sku: 'AB123', count: 2 }],
        due: 2026,
      },
      problems: ['id invalid_format', 'mail invalid_format', 'lines too_small', 'due invalid_format'],
      schema: ['city'],
    },
  },
  {
    name: 'cheerio',
    does: 'takes an HTML page apart and changes it',
    note: 'without `fromURL` and the streams of Node',
    input: {
      html: `<title>Stock</title><p>Hello <b>you</b></p><table id="stock"><tr><th>what<th>count</tr>
        <tr><td>Apple </td><td>3</td></tr><tr><td>Pear<td>5</table><a href="/x">x</a><a href="https://other.example/">y</a>`,
    },
    expected: {
      title: 'Stock',
      rows: [
        ['Apple', '3'],
        ['Pear', '5'],
      ],
      links: ['https://example.com/x', 'https://other.example/'],
      text: 'Hello you',
    },
  },
  {
    name: 'fast-xml-parser',
    does: 'reads a feed, writes and checks XML',
    input: {
      xml: '<rss version="2.0"><channel><title>News &amp; more</title><item><title>One</title><link>https://example.com/1</link></item></channel></rss>',
    },
    expected: {
      parsed: {
        rss: {
          '@_version': '2.0',
          channel: { title: 'News & more', item: [{ title: 'One', link: 'https://example.com/1' }] },
        },
      },
      built: '<note lang="de"><to>Anna &amp; Bob</to></note>',
      valid: false,
    },
  },
  {
    name: 'marked',
    does: 'turns Markdown into HTML',
    input: { markdown: '# Title\n\nText with *stress* and `code`.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n## Part' },
    expected: {
      html: `<h1>Title</h1>
<p>Text with <em>stress</em> and <code>code</code>.</p>
<table>
<thead>
<tr>
<th>a</th>
<th>b</th>
</tr>
</thead>
<tbody><tr>
<td>1</td>
<td>2</td>
</tr>
</tbody></table>
<h2>Part</h2>
`,
      headings: ['1 Title', '2 Part'],
    },
  },
  {
    name: 'date-fns',
    does: 'counts days, writes dates in German',
    input: { from: '2026-11-22', to: '2026-12-24' },
    expected: {
      days: 32,
      due: '2026-12-04',
      german: 'Sonntag, 22. November 2026',
      weeks: 6,
      distance: 'about 1 month',
    },
  },
  {
    name: 'dayjs',
    does: 'converts between time zones with its plug-ins',
    input: { at: '2026-11-22T18:30:00Z' },
    expected: { tokyo: '2026-11-23 03:30', zurich: '2026-03-29T01:30:00.000Z', parsed: true, month: '30 November' },
  },
  {
    name: 'papaparse',
    does: 'reads and writes CSV',
    note: 'from text; its workers and downloads need a browser',
    input: { csv: 'name,count\n"Müller, Anna",3\n"say ""hi""",4\n' },
    expected: {
      data: [
        { name: 'Müller, Anna', count: 3 },
        { name: 'say "hi"', count: 4 },
      ],
      errors: 0,
      delimiter: ',',
      again: 'name;count\nMüller, Anna;3\n"say ""hi""";4',
    },
  },
  {
    name: 'csv-parse',
    does: 'reads CSV with comments and conversions',
    note: 'imported as `csv-parse/browser/esm/sync`, which brings its own `Buffer`',
    input: { csv: '\ufeffname, count\n# comment\nAnna, 3\n"Bob ""B""", 4.5\n' },
    expected: {
      records: [
        { name: 'Anna', count: 3 },
        { name: 'Bob "B"', count: 4.5 },
      ],
      problem: 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH',
    },
  },
  {
    name: 'lodash-es',
    does: 'groups, sorts, merges, fills a template, waits',
    input: {
      sales: [
        { city: 'Bern', amount: 3 },
        { city: 'Basel', amount: 9 },
        { city: 'Bern', amount: 5 },
      ],
    },
    expected: {
      groups: { Bern: 2, Basel: 1 },
      order: [9, 5, 3],
      pages: 2,
      cities: 2,
      merged: { a: { b: 1, c: [2] } },
      name: 'grosse-des-hauses',
      text: '3 sales',
      equal: true,
      late: 'late',
    },
  },
  {
    name: 'yaml',
    does: 'reads anchors, changes a file and keeps its comments',
    input: { text: 'base: &base\n  a: 1\nservers:\n  - <<: *base\n    port: 80 # old\n' },
    expected: {
      parsed: { base: { a: 1 }, servers: [{ a: 1, port: 80 }] },
      changed: 'base: &base\n  a: 1\nservers:\n  - <<: *base\n    port: 9000 # old\n',
      written: 'a:\n  - 1\n  - two\nb: null\n',
    },
  },
  {
    name: 'handlebars',
    does: 'compiles a template to code and fills it',
    input: { names: ['Anna', 'Bob'] },
    expected: { text: 'ANNA, BOB & <b> &lt;i&gt;' },
  },
  {
    name: 'nanoid',
    does: 'makes random names',
    input: {},
    expected: { different: 1000, length: 12, digits: true },
  },
];

/** Libraries that work on files. */
const FILING: readonly LibraryCase[] = [
  {
    name: 'jszip',
    grant: 'files',
    does: 'packs an archive into a file and reads it back',
    note: 'each of its `setImmediate` is a timer and counts against `brokerCalls`',
    input: { text: 'one line of text\n' },
    expected: { names: ['notes/', 'notes/long.txt', 'data.bin'], smaller: true, same: true, data: [0, 255, 128] },
  },
  {
    name: 'unpdf',
    grant: 'files',
    does: 'takes the text out of a PDF file',
    note: '2.3 MiB of bundle',
    input: {},
    expected: {
      totalPages: 4,
      words: true,
      start: 'Annual report 2025\nHarbour Lane Tool Lib',
      title: 'Harbour Lane Tool Library: annual report 2025',
    },
  },
];

const TALKED = (skill: string): object => ({
  found: { method: 'GET', query: 'q=a+b', skill, type: null, body: '' },
  sent: { method: 'POST', query: '', skill, type: 'application/json', body: '{"count":1}' },
  retried: 'third time lucky',
  status: 404,
});

/** Libraries that talk to a service. */
const TALKING: readonly LibraryCase[] = [
  {
    name: 'ky',
    grant: 'service',
    does: 'queries and posts JSON, tries again after 503',
    input: { origin: 'https://api.example.com' },
    expected: TALKED('ky'),
  },
  {
    name: 'ofetch',
    grant: 'service',
    does: 'queries and posts JSON, tries again after 503',
    input: { origin: 'https://api.example.com' },
    expected: TALKED('ofetch'),
  },
];

export const LIBRARY_CASES: readonly LibraryCase[] = [...COMPUTING, ...FILING, ...TALKING];
