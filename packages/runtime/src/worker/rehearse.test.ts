import { describe, expect, it } from 'vitest';
import type { IsolateEngine, PreparedIsolate } from './isolate-engine.ts';
import { createIsolatedVmEngine } from './isolated-vm-engine.ts';
import { rehearse } from './rehearse.ts';

/** The real engine, with a note of what is asked of it and of every message. */
function watch(notes: unknown[]): IsolateEngine {
  const engine = createIsolatedVmEngine();
  return {
    prepare: (options): PreparedIsolate => {
      const prepared = engine.prepare(options);
      return {
        open: (load, port) =>
          prepared.open(load, {
            send: (message, body) => {
              notes.push([message.kind, Buffer.from(body ?? []).toString()]);
              port.send(message, body);
            },
            nextRequestId: () => port.nextRequestId(),
          }),
        dispose: () => {
          prepared.dispose();
          notes.push('disposed');
        },
      };
    },
  };
}

describe('rehearse', () => {
  it('runs a call to its result and throws the isolate away', () => {
    const notes: unknown[] = [];
    rehearse(watch(notes));
    expect(notes).toEqual([['loaded', ''], ['result', '{"input":{}}'], 'disposed']);
  });
});
