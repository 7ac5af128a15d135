import type { AttackCase } from '../attack-case.ts';
import { CALL_CASES } from './isolate/calls.ts';
import { ENTRY_CASES } from './isolate/entry.ts';
import { POISON_CASES } from './isolate/poison.ts';
import { REALM_CASES } from './isolate/realm.ts';

/** Area IS of the threat model: the surface of the isolate. */
export const ISOLATE_CASES: readonly AttackCase[] = [...REALM_CASES, ...POISON_CASES, ...ENTRY_CASES, ...CALL_CASES];
