import { ReflectDefineProperty } from './primordials.ts';

/** Web IDL §3.7.5: constants are on the class and on its prototype. They count up from `first`; an empty name leaves one out. */
export function defineConstants(type: { readonly prototype: object }, first: number, names: readonly string[]): void {
  for (let index = 0; index < names.length; index += 1) {
    const name = names[index] ?? '';
    if (name === '') continue;
    const descriptor = {
      __proto__: null,
      value: first + index,
      writable: false,
      enumerable: true,
      configurable: false,
    };
    ReflectDefineProperty(type, name, descriptor);
    ReflectDefineProperty(type.prototype, name, descriptor);
  }
}
