import { describe, expect, it } from 'vitest';
import type { EffectAnswer } from '../effect.ts';
import { bytesOf, headOf, openGrant, openNetCall } from './fixtures/net-call.ts';
import { always, type RawServer, response, startRawServer } from './fixtures/raw-server.ts';
import { NetGate } from './net-gate.ts';

const MIB = 1024 * 1024;
const at = (server: RawServer): string => `http://api.example.com:${server.port}/`;

describe('many requests at once', () => {
  it('NP-254 lets eight of a call’s hundred be under way, and all of another skill’s', async () => {
    await using slow = await startRawServer(() => undefined);
    await using quick = await startRawServer(always(response('200 OK', [], 'ok')));
    const gate = new NetGate();
    const greedy = await openNetCall({ net: openGrant([slow.port]), gate, skill: 'greedy' });
    const answers = Array.from({ length: 100 }, () => greedy.fetch(at(slow)));
    await expect.poll(slow.connections).toBe(8);
    expect(gate.open).toBe(8);
    await using other = await openNetCall({ net: openGrant([quick.port]), gate, skill: 'other' });
    expect(await other.text(at(quick))).toBe('ok');
    expect(greedy.spent.fetches).toBe(8);
    await greedy[Symbol.asyncDispose]();
    const rules = await Promise.all(answers.map(async (answer) => ruleOf(await answer)));
    expect(new Set(rules)).toEqual(new Set(['broker-closed']));
    expect(gate.open).toBe(0);
    expect(slow.connections()).toBe(8);
  });

  it('gives the place back when a body was read, was closed, or could not be had', async () => {
    await using server = await startRawServer((socket, head) => {
      if (head.startsWith('POST')) socket.end('not HTTP\r\n\r\n');
      else socket.write(response('200 OK', [], 'x'.repeat(200_000)));
    });
    const gate = new NetGate({ perCall: 1, perSkill: 1, total: 1 });
    await using call = await openNetCall({ net: openGrant([server.port]), gate });
    for (let index = 0; index < 3; index += 1) {
      await call.text(at(server));
      expect(gate.open).toBe(0);
      headOf(await call.fetch(at(server)));
      expect(gate.open).toBe(1);
      await call.ask({ family: 'net', method: 'close', exchange: call.lastId() });
      expect(gate.open).toBe(0);
      expect(await call.fetch(at(server), { verb: 'POST', body: 'x' })).toMatchObject({ kind: 'refused' });
      expect(await call.fetch('https://evil.test/')).toMatchObject({ rule: 'host-not-declared' });
      expect(gate.open).toBe(0);
    }
  });

  it('holds little of 64 long responses that nobody reads, and all of each arrives in the end', async () => {
    const size = 2 * MIB;
    const body = Buffer.alloc(size, 'x');
    await using server = await startRawServer(always(`HTTP/1.1 200 OK\r\ncontent-length: ${size}\r\n\r\n`, body));
    const gate = new NetGate({ perCall: 8, perSkill: 64, total: 64 });
    const calls = await Promise.all(
      Array.from({ length: 8 }, () => openNetCall({ net: openGrant([server.port]), gate })),
    );
    const external = (): number => process.memoryUsage().arrayBuffers;
    const before = external();
    const exchanges = await Promise.all(
      calls.flatMap((call) =>
        Array.from({ length: 8 }, async () => {
          const answer = call.fetch(at(server));
          const exchange = call.lastId();
          headOf(await answer);
          return { call, exchange };
        }),
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    // 128 KiB each is the bound; the sockets' own buffers come on top.
    expect(external() - before).toBeLessThan(64 * 512 * 1024);
    for (const { call, exchange } of exchanges) {
      let bytes = 0;
      for (;;) {
        const piece = bytesOf(await call.ask({ family: 'net', method: 'read', exchange }));
        if (piece.byteLength === 0) break;
        bytes += piece.byteLength;
      }
      expect(bytes).toBe(size);
    }
    expect(gate.open).toBe(0);
    await Promise.all(calls.map((call) => call[Symbol.asyncDispose]()));
  });
});

function ruleOf(answer: EffectAnswer): string {
  return answer.kind === 'refused' ? answer.rule : 'done';
}
