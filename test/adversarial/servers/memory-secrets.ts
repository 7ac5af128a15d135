import type { SecretSource } from '@carapace/runtime';

/** A source whose values a test holds and may change: then its revision is another. */
export interface MemorySecrets extends SecretSource {
  put(name: string, value: string): void;
}

export function createMemorySecrets(values: Readonly<Record<string, string>>): MemorySecrets {
  const held = new Map(Object.entries(values));
  let changes = 0;
  return {
    kind: 'memory',
    names: () => Promise.resolve([...held.keys()]),
    read: (name) => {
      const value = held.get(name);
      return Promise.resolve(value === undefined ? undefined : { value });
    },
    revision: () => Promise.resolve(String(changes)),
    put: (name, value) => {
      held.set(name, value);
      changes += 1;
    },
  };
}
