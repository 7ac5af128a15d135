import { append, createList } from './collections.ts';
import {
  ArrayPrototypeJoin,
  ErrorOf,
  ReflectApply,
  ReflectGetOwnPropertyDescriptor,
  StringPrototypeIncludes,
  StringPrototypeIndexOf,
  StringPrototypeSlice,
} from './primordials.ts';

/** V8 gives each error an accessor of its own; the getter is one and the same function for all of them. */
export const stackGetter: unknown = ReflectGetOwnPropertyDescriptor(new ErrorOf(), 'stack')?.get;

/** The stack that V8 recorded, without the platform's frames; nothing if the skill put something else in its place. */
export function recordedStack(error: object): string | undefined {
  const descriptor = ReflectGetOwnPropertyDescriptor(error, 'stack');
  const value: unknown =
    typeof stackGetter === 'function' && descriptor?.get === stackGetter
      ? ReflectApply(stackGetter, error, [])
      : descriptor?.value;
  return typeof value === 'string' && value !== '' ? withoutPlatformFrames(value) : undefined;
}

function withoutPlatformFrames(stack: string): string {
  const kept = createList<string>();
  for (let from = 0; from <= stack.length; ) {
    const next = StringPrototypeIndexOf(stack, '\n', from);
    const end = next === -1 ? stack.length : next;
    const line = StringPrototypeSlice(stack, from, end);
    if (!StringPrototypeIncludes(line, 'carapace:platform')) append(kept, line);
    from = end + 1;
  }
  return ArrayPrototypeJoin(kept, '\n');
}
