import { describe, expect, it } from 'vitest';
import { markdownParagraphs, textParagraphs } from '../src/find/paragraphs.ts';
import { cutToLength } from '../src/find/passage.ts';

describe('markdownParagraphs', () => {
  it('names the heading each paragraph stands under', () => {
    const text = 'before\n# One #\nfirst\nparagraph\n\nsecond\n\n## Two\n';

    expect([...markdownParagraphs(text)]).toEqual([
      { text: 'before', unit: 'line', start: 1 },
      { text: 'One', unit: 'line', start: 2, section: 'One' },
      { text: 'first\nparagraph', unit: 'line', start: 3, section: 'One' },
      { text: 'second', unit: 'line', start: 6, section: 'One' },
      { text: 'Two', unit: 'line', start: 8, section: 'Two' },
    ]);
  });

  it('does not take a comment in a code block for a heading', () => {
    const sections = [...markdownParagraphs('# Real\n```sh\n# comment\n```\nafter')].map((passage) => passage.section);

    expect(sections).toEqual(['Real', 'Real']);
  });
});

describe('textParagraphs', () => {
  it('has no headings and cuts at blank lines, whatever ends the lines', () => {
    expect([...textParagraphs('# a\r\nb\r\n \r\nc\rd')]).toEqual([
      { text: '# a\nb', unit: 'line', start: 1 },
      { text: 'c\nd', unit: 'line', start: 4 },
    ]);
  });

  it('cuts a block of many lines and loses none of them', () => {
    const lines = Array.from({ length: 45 }, (_, index) => `entry ${index + 1}`);
    const passages = [...textParagraphs(lines.join('\n'))];

    expect(passages.map((passage) => passage.start)).toEqual([1, 21, 41]);
    expect(passages.flatMap((passage) => passage.text.split('\n'))).toEqual(lines);
  });

  it('has nothing for a file of blank lines', () => {
    expect([...textParagraphs('\n \n\n')]).toEqual([]);
  });
});

describe('cutToLength', () => {
  it('cuts an overlong passage into pieces that know their line', () => {
    const text = `${'x'.repeat(7_999)}\n${'y'.repeat(10)}`;

    expect(
      [...cutToLength({ text, unit: 'line', start: 5 })].map(({ start, text: { length } }) => ({ start, length })),
    ).toEqual([
      { start: 5, length: 8_000 },
      { start: 6, length: 10 },
    ]);
  });
});
