import type { GuestFailure } from '../protocol/messages.ts';
import { WIRE_LIMITS } from './guest-wire.ts';
import { cutUtf8 } from './parse-guest-json.ts';

/** What isolated-vm appends to an error of the compiler that has no place in the source. */
const NO_PLACE = ' [<isolated-vm>:0:0]';

/** A value the engine threw, as a failure. It is the engine's copy of what the skill threw: strings and nothing else. */
export function describeThrown(stage: GuestFailure['stage'], thrown: unknown): GuestFailure {
  const error = thrown instanceof Error ? thrown : undefined;
  return {
    stage,
    name: cutUtf8(error === undefined ? 'Error' : error.name, WIRE_LIMITS.failureNameBytes),
    message: cutUtf8(
      error?.message.replace(NO_PLACE, '') ?? `The skill threw ${primitiveText(thrown)}`,
      WIRE_LIMITS.failureMessageBytes,
    ),
    stack: cutUtf8(error?.stack?.replace(NO_PLACE, '') ?? '', 2 * WIRE_LIMITS.failureStackBytes),
  };
}

/** One log line for a rejection that nobody handled. */
export function describeRejection(thrown: unknown): string {
  const { name, message } = describeThrown('run', thrown);
  return `Unhandled rejection: ${name}: ${message}`;
}

function primitiveText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, WIRE_LIMITS.failureMessageBytes));
  return typeof value === 'bigint' ? 'a BigInt' : String(value);
}
