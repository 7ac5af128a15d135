import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeWorkerMessage, ProtocolViolation } from './decode.ts';

function ruleOf(head: unknown): string | undefined {
  try {
    decodeWorkerMessage(head);
    return undefined;
  } catch (error) {
    return error instanceof ProtocolViolation ? error.rule : String(error);
  }
}

const failure = { stage: 'run', name: 'Error', message: 'm', stack: 's' };
const request = (op: unknown): unknown => ({ kind: 'request', id: 1, op });

describe('decodeWorkerMessage', () => {
  it.each([
    [{ kind: 'ready', version: 1 }],
    [{ kind: 'loaded' }],
    [{ kind: 'renewed' }],
    [{ kind: 'engine-lost' }],
    [{ kind: 'cancel', id: 7 }],
    [{ kind: 'log', level: 'warn', text: 'x' }],
    [{ kind: 'progress', message: '' }],
    [{ kind: 'progress', progress: 0.5, total: 2 ** 53 - 1, message: 'half' }],
    [{ kind: 'partial', text: '\ud83d' }],
    [{ kind: 'result', call: 'c', ok: true }],
    [{ kind: 'result', call: 'c', ok: false, failure }],
    [request({ family: 'fs', method: 'readFile', path: '/docs/a' })],
    [request({ family: 'fs', method: 'readdir', path: '/docs' })],
    [request({ family: 'fs', method: 'stat', path: '/docs' })],
    [request({ family: 'fs', method: 'access', path: '/docs', mode: 'read' })],
    [request({ family: 'timer', method: 'sleep', delayMs: 0 })],
    [request({ family: 'skill', method: 'sourceMap' })],
  ])('accepts %j', (head) => {
    expect(decodeWorkerMessage(head)).toEqual(head);
  });

  it.each([
    ['not an object', 'ready', 'shape'],
    ['a list', [], 'shape'],
    ['IP-139 an unknown kind', { kind: 'grant-me' }, 'kind'],
    ['a missing kind', {}, 'type'],
    ['IP-139 an extra field', { kind: 'loaded', trust: 'trusted' }, 'fields'],
    ['IP-142 claims in the hello', { kind: 'ready', version: 1, skill: 'other' }, 'fields'],
    ['IP-143 metering', { kind: 'result', call: 'c', ok: true, cpuMs: 0 }, 'fields'],
    ['IP-138 an own __proto__', JSON.parse('{"kind":"loaded","__proto__":{"x":1}}'), 'fields'],
    ['IP-139 an id that is a string', { kind: 'cancel', id: '1' }, 'type'],
    ['IP-139 an id of 1e400', JSON.parse('{"kind":"cancel","id":1e400}'), 'type'],
    ['an id of zero', { kind: 'cancel', id: 0 }, 'range'],
    ['an unknown level', { kind: 'log', level: 'fatal', text: '' }, 'level'],
    ['a log line over 16 KiB', { kind: 'log', level: 'info', text: 'x'.repeat(16 * 1024 + 1) }, 'length'],
    ['a partial text over 16 KiB', { kind: 'partial', text: 'x'.repeat(16 * 1024 + 1) }, 'length'],
    ['a partial text that is a list', { kind: 'partial', text: ['x'] }, 'type'],
    ['a partial text for another call', { kind: 'partial', text: 'x', call: 'c' }, 'fields'],
    ['progress without a message', { kind: 'progress', progress: 1 }, 'type'],
    ['progress in a string', { kind: 'progress', progress: '1', message: '' }, 'type'],
    ['no progress but null', { kind: 'progress', progress: null, message: '' }, 'type'],
    ['IP-139 progress of 1e400', JSON.parse('{"kind":"progress","progress":1e400,"message":""}'), 'range'],
    ['progress below zero', { kind: 'progress', progress: -1, message: '' }, 'range'],
    ['a total above 2^53 - 1', { kind: 'progress', total: 2 ** 53, message: '' }, 'range'],
    ['a progress message over 4 KiB', { kind: 'progress', message: 'x'.repeat(4097) }, 'length'],
    ['an extra field in progress', { kind: 'progress', message: '', trust: 'trusted' }, 'fields'],
    ['an unknown stage', { kind: 'result', call: 'c', ok: false, failure: { ...failure, stage: 'host' } }, 'stage'],
    [
      'an extra field in a failure',
      { kind: 'result', call: 'c', ok: false, failure: { ...failure, code: 'x' } },
      'fields',
    ],
    ['ok that is no boolean', { kind: 'result', call: 'c', ok: 1 }, 'type'],
    ['an unknown family', request({ family: 'exec', method: 'run' }), 'op'],
    ['an inherited method name', request({ family: 'constructor', method: 'name' }), 'op'],
    ['an extra field in an op', request({ family: 'fs', method: 'stat', path: '/x', root: '/' }), 'fields'],
    ['an unknown access mode', request({ family: 'fs', method: 'access', path: '/x', mode: 'execute' }), 'mode'],
    ['a path over 8 KiB', request({ family: 'fs', method: 'stat', path: '/'.repeat(8 * 1024 + 1) }), 'length'],
    ['a negative delay', request({ family: 'timer', method: 'sleep', delayMs: -1 }), 'range'],
    [
      'a delay that setTimeout would turn into 1 ms',
      request({ family: 'timer', method: 'sleep', delayMs: 2 ** 31 }),
      'range',
    ],
  ])('refuses %s', (_name, head, rule) => {
    expect(ruleOf(head)).toBe(rule);
  });

  it('never throws anything but ProtocolViolation for arbitrary JSON, and returns plain own fields only', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (head) => {
        const rule = ruleOf(head);
        expect(rule === undefined || !rule.startsWith('TypeError')).toBe(true);
      }),
    );
  });
});
