import {
  BigIntPrototypeValueOf,
  BooleanPrototypeValueOf,
  DateOf,
  DatePrototypeGetTime,
  NumberPrototypeValueOf,
  RegExpOf,
  RegExpPrototypeGetFlags,
  RegExpPrototypeGetSource,
  StringPrototypeValueOf,
} from './primordials.ts';

type Copy = (value: object) => object;

const COPIES: readonly Copy[] = [
  (value) => new DateOf(DatePrototypeGetTime(value)),
  (value) => {
    // Flags first: on RegExp.prototype itself only the source getter answers instead of throwing.
    const flags = RegExpPrototypeGetFlags(value);
    return new RegExpOf(RegExpPrototypeGetSource(value), flags);
  },
  (value) => Object(NumberPrototypeValueOf(value)),
  (value) => Object(StringPrototypeValueOf(value)),
  (value) => Object(BooleanPrototypeValueOf(value)),
  (value) => Object(BigIntPrototypeValueOf(value)),
];

/** A copy of a Date, RegExp or boxed primitive; nothing for any other object. The slot decides, not the prototype. */
export function cloneBoxed(value: object): object | undefined {
  for (let index = 0; index < COPIES.length; index += 1) {
    try {
      return COPIES[index]?.(value);
    } catch {
      // Not of this kind: the method refused its receiver.
    }
  }
  return undefined;
}
