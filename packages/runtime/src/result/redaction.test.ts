import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UpdateStream } from './call-update.ts';
import { type Redaction, TextRedaction } from './redaction.ts';
import { createToolResult } from './tool-result.ts';

const SECRET = 'correct-horse-battery';

/** Finds one value in text, and in bytes once the run has ended. */
const redaction: Redaction = {
  redactText: (text) => ({ text: text.replaceAll(SECRET, '[gone]'), count: text.split(SECRET).length - 1 }),
  openScan: () => {
    const held: Uint8Array[] = [];
    return {
      transform: (chunk) => {
        held.push(chunk);
        return new Uint8Array(0);
      },
      end: () => Buffer.from(Buffer.concat(held).toString('utf8').replaceAll(SECRET, '[gone]')),
    };
  },
};

const facts = { skill: 's', version: '1.0.0', digest: 'd', tool: 't', callId: 'c' };
const context = {
  ...facts,
  protection: { level: 'jailed', isolation: 'call', layers: [] },
  mounts: [],
  hosts: [],
  usage: {
    wallMs: 0,
    cpuMs: 0,
    peakMemoryMiB: 0,
    brokerCalls: 0,
    files: 0,
    fsReadBytes: 0,
    fsWriteBytes: 0,
    fetches: 0,
    bytesIn: 0,
    bytesOut: 0,
    outputBytes: 0,
    logBytes: 0,
  },
  receiptId: 'r',
  redaction,
};
const hidden = SECRET.replace('horse', 'ho\u200brse');

describe('redaction of what leaves the host', () => {
  it.each([SECRET, hidden])('takes %j out of a value, its keys and the text made of it', (text) => {
    const result = createToolResult({ kind: 'value', json: JSON.stringify({ a: [text], [text]: 1 }) }, context);
    expect(JSON.stringify(result)).not.toContain(SECRET);
    expect(result.toText()).toContain('[gone]');
    expect(result.removed.secret).toBeGreaterThanOrEqual(2);
  });

  it('takes it out of every part of a failure, and before a part is cut', () => {
    const outcome = { kind: 'failure', code: 'ERR_CARAPACE_SKILL_THREW', stage: 'run' } as const;
    const texts = { name: 'n'.repeat(120) + SECRET, message: 'm'.repeat(4_090) + SECRET, stack: hidden };
    const result = createToolResult({ ...outcome, ...texts }, context);
    expect(JSON.stringify(result)).not.toContain(SECRET.slice(0, 4));
  });

  it('takes it out of log lines, and before they are cut', () => {
    const limits = { logs: { maxLines: 10, maxCharacters: 30 } };
    const logs = [{ level: 'info' as const, text: `twenty characters...${SECRET}` }];
    const result = createToolResult({ kind: 'value', json: 'null' }, { ...context, limits, logs });
    expect(JSON.stringify(result.logs)).not.toContain('correct');
  });

  it('takes it out of progress and partial text', () => {
    const stream = new UpdateStream(facts, redaction);
    expect(stream.progress({ message: `at ${SECRET}` }).message).toBe('at [gone]');
    const pieces = hidden.split('').map((piece) => stream.partial(piece)?.text ?? '');
    expect([...pieces, stream.end()?.text].join('')).toBe('[gone]');
  });

  it('passes text on unchanged however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 6 }), (pieces) => {
        const text = new TextRedaction(redaction);
        const out = pieces.map((piece) => text.push(piece)).join('') + text.end();
        expect(out).toBe(pieces.join('').toWellFormed());
      }),
    );
  });
});
