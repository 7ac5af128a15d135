import { ReflectDefineProperty, ReflectGetOwnPropertyDescriptor, ReflectOwnKeys } from './primordials.ts';

/** Web IDL §3.7.6: attributes and operations are enumerable, unlike members of a class in JavaScript. Answers the class. */
export function exposeMembers<Class extends { readonly prototype: object }>(type: Class): Class {
  makeEnumerable(type.prototype);
  makeEnumerable(type);
  return type;
}

function makeEnumerable(holder: object): void {
  const keys = ReflectOwnKeys(holder);
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index];
    // Names that every class and function has; they are not members of the interface.
    if (typeof key !== 'string' || key === 'constructor' || key === 'prototype' || key === 'length' || key === 'name')
      continue;
    const descriptor = ReflectGetOwnPropertyDescriptor(holder, key);
    if (descriptor === undefined) continue;
    descriptor.enumerable = true;
    ReflectDefineProperty(holder, key, descriptor);
  }
}
