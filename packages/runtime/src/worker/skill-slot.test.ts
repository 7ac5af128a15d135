import { describe, expect, it } from 'vitest';
import type { WorkerToHost } from '../protocol/messages.ts';
import { createIsolatedVmEngine } from './isolated-vm-engine.ts';
import { SkillSlot } from './skill-slot.ts';

const COUNTER = `let count = 0; globalThis.seen ??= 0;
export const tools = { t: () => { count += 1; globalThis.seen += 1; Array.prototype.extra = 'left'; return [count, globalThis.seen, [].extra]; } };`;

function slotOf(source: string): { readonly slot: SkillSlot; readonly values: unknown[]; readonly kinds: string[] } {
  const values: unknown[] = [];
  const kinds: string[] = [];
  const port = {
    send: (message: WorkerToHost, body?: Uint8Array) => {
      kinds.push(message.kind);
      if (body !== undefined) values.push(JSON.parse(Buffer.from(body).toString()));
    },
    nextRequestId: () => 1,
  };
  const slot = new SkillSlot(createIsolatedVmEngine(), port, 16);
  const limits = { outputBytes: 1000, logBytes: 1000, requests: 2 };
  slot.load({ source, filename: 'dist/skill.js', memoryMiB: 16, limits, endowments: { fs: false, net: false } });
  return { slot, values, kinds };
}

describe('SkillSlot', () => {
  it('evaluates a skill when it is loaded, once', () => {
    const { slot, values, kinds } = slotOf(COUNTER);
    expect(kinds).toEqual(['loaded']);
    slot.open().call('c1', 't', '{}');
    slot.open().call('c2', 't', '{}');
    expect(values).toEqual([
      [1, 1, 'left'],
      [2, 2, 'left'],
    ]);
    expect(kinds).toEqual(['loaded', 'result', 'result']);
  });

  it('leaves nothing of a call behind when it is renewed: module state, globals, prototypes', () => {
    const { slot, values } = slotOf(COUNTER);
    slot.open().call('c1', 't', '{}');
    slot.renew();
    slot.open().call('c2', 't', '{}');
    expect(values).toEqual([
      [1, 1, 'left'],
      [1, 1, 'left'],
    ]);
  });

  it('evaluates the skill after a renewal only when a call needs it, never for an answer that comes late', () => {
    const { slot, kinds } = slotOf(COUNTER);
    slot.renew();
    expect(slot.current).toBeUndefined();
    slot.current?.abort('late');
    expect(kinds).toEqual(['loaded']);
    slot.open();
    expect(kinds).toEqual(['loaded', 'loaded']);
  });
});
