import { append, createList, type List } from '../../collections.ts';
import { ArrayPrototypeSort } from '../../primordials.ts';

/** One field line; the name in lower case. */
export interface HeaderLine {
  readonly name: string;
  readonly value: string;
}
export type HeaderList = List<HeaderLine>;

/** All values of a name as one, or nothing. */
export function combined(list: HeaderList, name: string): string | undefined {
  let value: string | undefined;
  for (let index = 0; index < list.length; index += 1) {
    const line = list[index];
    if (line?.name === name) value = value === undefined ? line.value : `${value}, ${line.value}`;
  }
  return value;
}

export function copyList(list: HeaderList): HeaderList {
  return without(list, '');
}

export function without(list: HeaderList, name: string): HeaderList {
  const kept: HeaderList = createList();
  for (let index = 0; index < list.length; index += 1) {
    const line = list[index];
    if (line !== undefined && line.name !== name) append(kept, line);
  }
  return kept;
}

/** Fetch Standard, "sort and combine": by name, otherwise as below. */
export function sortAndCombine(list: HeaderList): HeaderList {
  const result = combine(list);
  // Stable, so cookies stay in the order in which they came.
  ArrayPrototypeSort(result, (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return result;
}

/** The values of one name joined where it first stands, `set-cookie` one by one. */
export function combine(list: HeaderList): HeaderList {
  const result: HeaderList = createList();
  for (let index = 0; index < list.length; index += 1) {
    const line = list[index];
    if (line === undefined) continue;
    if (line.name === 'set-cookie') append(result, line);
    else if (!hasEarlier(list, line.name, index)) {
      append(result, { name: line.name, value: combined(list, line.name) ?? '' });
    }
  }
  return result;
}

function hasEarlier(list: HeaderList, name: string, end: number): boolean {
  for (let index = 0; index < end; index += 1) if (list[index]?.name === name) return true;
  return false;
}

/** Adds a line unless the name is there already. */
export function appendMissing(list: HeaderList, name: string, value: string | undefined): void {
  if (value !== undefined && combined(list, name) === undefined) append(list, { name, value });
}
