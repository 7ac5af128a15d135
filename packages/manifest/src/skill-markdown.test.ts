import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManifestInvalid } from './errors.ts';
import { parseSkillMarkdown } from './skill-markdown.ts';

const file = (yaml: string, body = 'Use it.'): string => `---\n${yaml}\n---\n${body}`;
const GOOD = 'name: weather\ndescription: Tells the weather';

function found(text: string, folder = 'weather'): readonly string[] {
  try {
    parseSkillMarkdown(text, folder);
    return [];
  } catch (error) {
    if (!(error instanceof ManifestInvalid)) throw error;
    for (const issue of error.issues) expect(issue.fix).toMatch(/\S/);
    return error.issues.map(({ rule, pointer }) => `${rule} ${pointer}`);
  }
}

describe('parseSkillMarkdown', () => {
  it('reads every field of Agent Skills and the body', () => {
    const yaml = `${GOOD}\nlicense: MIT\ncompatibility: Needs carapace\nallowed-tools: weather__current, weather__x\nmetadata:\n  carapace: "1"\n  carapace.manifest: skill.json`;
    const { frontmatter, body } = parseSkillMarkdown(file(yaml, '# Weather\n---\nmore'), 'weather');
    expect(frontmatter).toEqual({
      name: 'weather',
      description: 'Tells the weather',
      license: 'MIT',
      compatibility: 'Needs carapace',
      metadata: { carapace: '1', 'carapace.manifest': 'skill.json' },
      allowedTools: ['weather__current', 'weather__x'],
    });
    expect(Object.getPrototypeOf(frontmatter.metadata)).toBeNull();
    expect(body).toBe('# Weather\n---\nmore');
  });

  it('takes Windows line ends, an absent body and fields of other hosts', () => {
    expect(found(file(GOOD).replaceAll('\n', '\r\n'))).toEqual([]);
    expect(parseSkillMarkdown(`---\n${GOOD}\n---`, 'weather').body).toBe('');
    expect(found(file(`${GOOD}\nuser-invocable: true`))).toEqual([]);
  });

  it.each([
    ['no frontmatter', 'hello', 'frontmatter-missing '],
    ['open frontmatter', `---\n${GOOD}\n`, 'frontmatter-missing '],
    ['a byte order mark', `\ufeff${file(GOOD)}`, 'frontmatter-missing '],
    ['long frontmatter', file(`${GOOD}\n#${'x'.repeat(16_400)}`), 'frontmatter-missing '],
    ['a long file', file(GOOD, 'x'.repeat(262_144)), 'too-large '],
    ['a missing name', file('description: d'), 'frontmatter-field /name'],
    ['a missing description', file('name: weather'), 'frontmatter-field /description'],
    ['an empty description', file('name: weather\ndescription: " "'), 'frontmatter-field /description'],
    ['a long description', file(`name: weather\ndescription: ${'x'.repeat(1_025)}`), 'frontmatter-field /description'],
    ['a hidden character', file('name: weather\ndescription: "a\\u202eb"'), 'frontmatter-field /description'],
    ['a name that is no name', file('name: Weather\ndescription: d'), 'frontmatter-name /name'],
    ['a double hyphen', file('name: a--b\ndescription: d'), 'frontmatter-name /name'],
    ['another folder', file('name: wetter\ndescription: d'), 'frontmatter-name-folder /name'],
    ['a long compatibility', file(`${GOOD}\ncompatibility: ${'x'.repeat(501)}`), 'frontmatter-field /compatibility'],
    ['a number', file(`${GOOD}\nlicense: 1`), 'frontmatter-field /license'],
    ['a list of tools', file(`${GOOD}\nallowed-tools: [a]`), 'frontmatter-field /allowed-tools'],
    ['empty metadata', file(`${GOOD}\nmetadata:`), 'frontmatter-metadata /metadata'],
    ['nested metadata', file(`${GOOD}\nmetadata: {a: {b: c}}`), 'frontmatter-metadata /metadata/a'],
    ['a number in metadata', file(`${GOOD}\nmetadata: {v: 1}`), 'frontmatter-metadata /metadata/v'],
    [
      'much metadata',
      file(`${GOOD}\nmetadata: {${Array.from({ length: 65 }, (_, at) => `k${at}: v`).join(', ')}}`),
      'frontmatter-metadata /metadata',
    ],
    ['a key twice', file(`${GOOD}\nname: other`), 'frontmatter-syntax '],
    ['an anchor', file(`${GOOD}\nx: &a 1`), 'frontmatter-syntax '],
    ['an alias', file('name: &a weather\ndescription: *a'), 'frontmatter-syntax '],
    ['a tag', file(`${GOOD}\nx: !!binary aGk=`), 'frontmatter-syntax '],
    ['a custom tag', file(`${GOOD}\nx: !js/function a`), 'frontmatter-syntax '],
    ['a key that is a list', file(`${GOOD}\n? [a]\n: b`), 'frontmatter-syntax '],
    ['a list', file('- a'), 'frontmatter-syntax '],
    ['a text', file('a'), 'frontmatter-syntax '],
    ['nothing', file(''), 'frontmatter-syntax '],
    ['__proto__', file(`${GOOD}\n__proto__: {a: 1}`), 'forbidden-key /__proto__'],
    ['many brackets', file(`x: ${'['.repeat(8_000)}`), 'frontmatter-syntax '],
    ['many dashes', file(`${'- '.repeat(8_000)}a`), 'frontmatter-syntax '],
    ['deep blocks', file(Array.from({ length: 170 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')), 'too-large '],
  ])('refuses %s', (_name, text, expected) => {
    expect(found(text).map((issue) => (expected === 'too-large ' ? `${issue.split(' ')[0]} ` : issue))).toContain(
      expected,
    );
  });

  it('says where', () => {
    try {
      parseSkillMarkdown(file(`${GOOD}\nmetadata:\n  v: 1`), 'weather');
    } catch (error) {
      expect(error instanceof ManifestInvalid && error.issues[0]).toMatchObject({ line: 5, column: 6 });
    }
    expect.assertions(1);
  });

  it('throws nothing but ManifestInvalid for any text', () => {
    const yaml = fc.array(
      fc.constantFrom(
        'name: weather',
        'description: d',
        '- ',
        '[',
        '{',
        '&a ',
        '*a',
        '!!x ',
        '? ',
        ': ',
        '"',
        "'",
        '|',
        '>',
        '#',
        '%',
        '\t',
        '  ',
        '\n',
        'metadata:',
        '---',
        '...',
        '@',
        '`',
        '\u0000',
        '\u2028',
      ),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(yaml, (parts) => void found(file(parts.join('')))),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void found(file(text))),
      { numRuns: 1_000 },
    );
  });
});
