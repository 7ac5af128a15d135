import { assertNever } from '@carapace/manifest';
import type { CallOptions, SkillHandle, ToolResult } from '@carapace/runtime';
import { expect } from 'vitest';
import { type Expected, meets, textOf } from './expected.ts';
import { type Attack, grantOf, type Sandbox, skillOf } from './sandbox.ts';
import { callOptions } from './variant.ts';

/** One row of the corpus. */
export interface AttackCase extends Attack {
  readonly expect: Expected;
  /** Calls before it, on the same loaded skill. */
  readonly earlier?: readonly { readonly input: unknown; readonly expect: Expected }[];
  /** Every log line of the call in order, each `<level> <text>`. */
  readonly logs?: readonly string[];
  /** Every decision of the broker in order, each `<op> <target> <allow or code>`. */
  readonly decisions?: readonly string[];
}

/** A failing result must not be a way to flood the model: 4 KiB of message, 8 KiB of stack, the host's own fields; logs apart. */
const MAX_FAILURE_LENGTH = 20_000;

/**
 * Runs one row in the real worker, compares everything the row names, then checks that nothing is left behind. That the
 * next call works is shown by the row that follows, and after the last row by `expectUnharmed`.
 */
export async function expectStopped(sandbox: Sandbox, row: AttackCase): Promise<ToolResult> {
  await sandbox.expectReady();
  const last = await callAll(sandbox, row);
  expectOutcome(last, row.expect);
  const events = sandbox.audit.events({ call: last.provenance.callId });
  const end = events.findIndex(({ kind }) => kind === 'call-end');
  expect(end, 'nothing is recorded, and so nothing was done, after the end of a call').toBe(events.length - 1);
  if (row.logs !== undefined) {
    const logs = events.flatMap((event) => (event.kind === 'log' ? [`${event.level} ${event.text}`] : []));
    expect(logs).toEqual(row.logs);
  }
  if (row.decisions !== undefined) {
    const decisions = events.flatMap((event) =>
      event.kind === 'broker-decision' ? [`${event.op} ${event.target} ${event.code ?? event.decision}`] : [],
    );
    expect(decisions).toEqual(row.decisions);
  }
  await sandbox.expectSettled();
  return last;
}

async function callAll(sandbox: Sandbox, row: AttackCase): Promise<ToolResult> {
  await using skill = await sandbox.runtime.load(skillOf(row), grantOf(row));
  const options = callOptions();
  for (const call of row.earlier ?? []) expectOutcome(await attack(skill, call.input, options), call.expect);
  return await attack(skill, row.input ?? {}, options);
}

function attack(skill: SkillHandle, input: unknown, options: CallOptions): Promise<ToolResult> {
  return skill.call('attack', input, options);
}

export function expectOutcome(result: ToolResult, expected: Expected): void {
  if (result.isError) {
    expect(JSON.stringify({ ...result.toJSON(), logs: [] }).length).toBeLessThan(MAX_FAILURE_LENGTH);
  }
  switch (expected.kind) {
    case 'value':
      expect({ code: result.code, text: result.isError ? textOf(result) : '', value: result.structured }).toEqual({
        code: undefined,
        text: '',
        value: expected.value,
      });
      return;
    case 'error':
      expect({ code: result.code, value: result.structured }).toEqual({ code: expected.code, value: undefined });
      if (expected.text !== undefined) expect(textOf(result)).toBe(expected.text);
      return;
    case 'one-of': {
      const met = expected.of.some((one) => meets(result, one));
      if (!met) expect(result.toJSON(), expected.because).toEqual(expected.of);
      return;
    }
    default:
      assertNever(expected);
  }
}
