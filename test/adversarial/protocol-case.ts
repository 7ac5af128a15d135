import { assertNever } from '@carapace/manifest';
import { type CallOptions, RuntimeFailure, type SkillHandle, type ToolResult } from '@carapace/runtime';
import { expect } from 'vitest';
import { expectOutcome } from './attack-case.ts';
import type { Expected } from './expected.ts';
import { type Attack, grantOf, type Sandbox, skillOf } from './sandbox.ts';
import { callOptions, VARIANT } from './variant.ts';

/** What the host must make of a lying worker. */
export type Judged =
  | Expected
  /** The call rejects, and the audit trail names the rule that was broken. */
  | { readonly kind: 'violation'; readonly rule: string };

/** One row of area IP. `program` runs in the place of the worker, with what programs/hostile-worker.js has in scope. */
export interface ProtocolCase extends Omit<Attack, 'run' | 'module'> {
  readonly program: string;
  readonly expect: Judged;
  /** What the audit trail holds besides start, kill and end of the call, in order, each `<level> <text>` or `<op> <target> …`. */
  readonly recorded?: readonly string[];
}

export function violation(rule: string): Judged {
  return { kind: 'violation', rule };
}

const CALL_FRAME = ['call-start', 'call-end'];

/**
 * Runs one row against the real host. Whatever the worker says, the call ends once, with a reason of the host's own, no
 * prototype of the host has changed, and nothing is recorded after the end.
 */
export async function expectJudged(sandbox: Sandbox, row: ProtocolCase): Promise<void> {
  const callId = `call-${row.id}-${callNumber()}`;
  const prototypes = ownKeysOfPrototypes();
  const ended = await outcomeOf(sandbox, row, callId);
  expectFate(ended, row.expect);
  expect(ownKeysOfPrototypes()).toEqual(prototypes);
  const events = sandbox.audit.events({ call: callId });
  for (const kind of CALL_FRAME) expect(events.filter((event) => event.kind === kind)).toHaveLength(1);
  expect(events.at(-1)?.kind).toBe('call-end');
  const kills = events.filter(({ kind }) => kind === 'worker-killed').length;
  expect(kills).toBeLessThanOrEqual(1);
  // Only a worker that answered as the protocol says may live on, and only where a call is not a process.
  if (VARIANT.isolation === 'call' || ended.kind === 'rejected') expect(kills).toBe(1);
  const rules = events.flatMap((event) => (event.kind === 'protocol-violation' ? [event.violation] : []));
  expect(rules).toEqual(row.expect.kind === 'violation' ? [row.expect.rule] : []);
  const recorded = events.flatMap((event) => {
    if (event.kind === 'log') return [`${event.level} ${event.text}`];
    if (event.kind === 'broker-decision') return [`${event.op} ${event.target} ${event.code ?? event.decision}`];
    return [];
  });
  if (row.recorded !== undefined) expect(recorded).toEqual(row.recorded);
}

type Ended =
  | { readonly kind: 'result'; readonly result: ToolResult }
  | { readonly kind: 'rejected'; readonly error: unknown };

async function outcomeOf(sandbox: Sandbox, row: ProtocolCase, callId: string): Promise<Ended> {
  await using skill = await sandbox.runtime.load(skillOf({ ...row, module: row.program }), grantOf(row));
  return await endOf(skill, { ...callOptions(), callId }, row.input ?? {});
}

/** One call of a skill whose worker lies, and nothing else. */
export async function callAndJudge(skill: SkillHandle, options: CallOptions, judged: Judged): Promise<void> {
  expectFate(await endOf(skill, options, {}), judged);
}

async function endOf(skill: SkillHandle, options: CallOptions, input: unknown): Promise<Ended> {
  try {
    const result = await skill.call('attack', input, options);
    return { kind: 'result', result };
  } catch (error) {
    return { kind: 'rejected', error };
  }
}

function expectFate(ended: Ended, judged: Judged): void {
  if (judged.kind === 'violation') {
    expect(ended).toMatchObject({ kind: 'rejected', error: { code: 'ERR_CARAPACE_PROTOCOL_VIOLATION' } });
    expect(ended.kind === 'rejected' && ended.error instanceof RuntimeFailure).toBe(true);
    return;
  }
  switch (ended.kind) {
    case 'result':
      return expectOutcome(ended.result, judged);
    case 'rejected':
      throw ended.error;
    default:
      assertNever(ended);
  }
}

let calls = 0;
function callNumber(): number {
  calls += 1;
  return calls;
}

/** A worker that reached into the host would show here first. */
export function ownKeysOfPrototypes(): readonly (readonly PropertyKey[])[] {
  return [
    Object.prototype,
    Array.prototype,
    Function.prototype,
    String.prototype,
    Map.prototype,
    Promise.prototype,
  ].map((prototype) => Reflect.ownKeys(prototype));
}
