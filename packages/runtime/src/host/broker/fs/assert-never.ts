/** Closes a switch over a union. Reached only by a value the types rule out. */
export function assertNever(value: never): never {
  throw new TypeError(`Cannot handle "${JSON.stringify(value)}": not a member of its union`);
}
