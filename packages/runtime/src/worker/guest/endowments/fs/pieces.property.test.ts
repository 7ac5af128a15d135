import { array, assert, integer, property, string, tuple, uint8Array } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeFiles } from '../../../fixtures/fake-files.ts';
import { openSkill } from '../../../fixtures/run-skill.ts';

const SOURCE = `import fs from 'node:fs/promises'; import { createReadStream } from 'node:fs';
export const tools = {
  async lines({ size }) { const all = []; const f = await fs.open('/m/a'); for await (const line of f.readLines({ highWaterMark: size })) all.push(line); return all; },
  async text({ size }) { let all = ''; for await (const piece of createReadStream('/m/a', { encoding: 'utf8', highWaterMark: size })) all += piece; return all; },
  async bytes({ size, start, end }) { const all = []; for await (const piece of createReadStream('/m/a', { highWaterMark: size, start, end })) all.push(...piece); return all; },
  async write({ text, times }) { await fs.writeFile('/m/b', text.repeat(times)); return (await fs.open('/m/b')).readFile('hex').then((hex) => hex.length / 2); },
};`;

const text = string({ unit: 'grapheme', maxLength: 40 });

function withSkill(check: (host: FakeFiles, call: (tool: string, input: object) => unknown) => void): void {
  const host = new FakeFiles();
  const { session, call } = openSkill(SOURCE, { answer: host.answer });
  try {
    check(host, (tool, input) => {
      const made = call(tool, input);
      expect(made.failure).toBeUndefined();
      return made.value;
    });
  } finally {
    session.dispose();
  }
}

describe('pieces that are cut anywhere', () => {
  it('give the lines of the whole', () => {
    withSkill((host, call) => {
      const lines = array(
        text.map((line) => line.replaceAll(/[\r\n]/g, '')),
        { maxLength: 6 },
      );
      assert(
        property(lines, integer({ min: 1, max: 9 }), (expected, size) => {
          host.files.set('/m/a', Buffer.from(expected.map((line) => `${line}\r\n`).join('')));
          expect(call('lines', { size })).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });
  });

  it('give the text of the whole', () => {
    withSkill((host, call) => {
      assert(
        property(text, integer({ min: 1, max: 9 }), (expected, size) => {
          host.files.set('/m/a', Buffer.from(expected));
          expect(call('text', { size })).toBe(expected);
        }),
        { numRuns: 60 },
      );
    });
  });

  it('give the bytes of the range', () => {
    withSkill((host, call) => {
      const range = tuple(integer({ min: 0, max: 30 }), integer({ min: 0, max: 30 }));
      assert(
        property(uint8Array({ maxLength: 30 }), range, integer({ min: 1, max: 9 }), (bytes, [start, end], size) => {
          host.files.set('/m/a', Buffer.from(bytes));
          expect(call('bytes', { size, start, end })).toEqual(Array.from(bytes.slice(start, end + 1)));
        }),
        { numRuns: 60 },
      );
    });
  });

  it('write the text as a whole, however long', () => {
    withSkill((host, call) => {
      assert(
        property(text, (unit) => {
          const times = Math.ceil(100_000 / (unit.length + 1));
          expect(call('write', { text: unit, times })).toBe(Buffer.byteLength(unit) * times);
          expect(host.files.get('/m/b')?.equals(Buffer.from(unit.repeat(times)))).toBe(true);
        }),
        { numRuns: 30 },
      );
    });
  });
});
