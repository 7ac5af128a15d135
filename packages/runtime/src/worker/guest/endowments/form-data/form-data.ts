import { append, createList, type List, toArray } from '../../collections.ts';
import type { Endowment } from '../../endowment.ts';
import { needArguments } from '../../idl-arguments.ts';
import { definePairIterators, type PairIterator } from '../../pair-iterator.ts';
import {
  ReflectApply,
  ReflectDefineProperty,
  ReflectGet,
  StringOf,
  StringPrototypeToWellFormed,
  SymbolIterator,
  TypeErrorOf,
} from '../../primordials.ts';
import { blobLink } from '../blob.ts';
import { type File, fileLink } from '../file.ts';

export interface FormEntry {
  readonly name: string;
  readonly value: string | File;
}

/** What code of ours does with forms and a skill cannot. */
export interface FormDataLink {
  create(entries: List<FormEntry>): FormData;
  is(value: unknown): value is FormData;
  entriesOf(form: FormData): List<FormEntry>;
}
export let formDataLink: FormDataLink;
let iterate: (form: FormData, part: 'pair' | 'name' | 'value') => PairIterator<unknown>;

/** XMLHttpRequest Standard §4.3, without HTML forms. */
export class FormData {
  #entries: List<FormEntry> = createList();

  static {
    formDataLink = {
      create: (entries) => {
        const form = new FormData();
        form.#entries = entries;
        return form;
      },
      is: (value): value is FormData => typeof value === 'object' && value !== null && #entries in value,
      entriesOf: (form) => form.#entries,
    };
    iterate = definePairIterators('FormData', (form: FormData, index) => {
      const entry = form.#entries[index];
      return entry === undefined ? undefined : [entry.name, entry.value];
    });
  }

  constructor(form?: unknown) {
    if (form !== undefined) throw new TypeErrorOf('Cannot create FormData: there are no HTML forms here');
  }

  append(...args: readonly unknown[]): void {
    needArguments(args, 2, 'append to FormData');
    append(this.#entries, toEntry(args[0], args[1], args[2]));
  }
  delete(...args: readonly unknown[]): void {
    needArguments(args, 1, 'delete from FormData');
    const key = toUsv(args[0]);
    this.#keep((entry) => entry.name !== key);
  }
  get(...args: readonly unknown[]): string | File | null {
    needArguments(args, 1, 'get from FormData');
    return this.#find(toUsv(args[0]))?.value ?? null;
  }
  getAll(...args: readonly unknown[]): (string | File)[] {
    needArguments(args, 1, 'get from FormData');
    const key = toUsv(args[0]);
    const found = createList<string | File>();
    for (let index = 0; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      if (entry?.name === key) append(found, entry.value);
    }
    return toArray(found);
  }
  has(...args: readonly unknown[]): boolean {
    needArguments(args, 1, 'look into FormData');
    return this.#find(toUsv(args[0])) !== undefined;
  }
  set(...args: readonly unknown[]): void {
    needArguments(args, 2, 'set in FormData');
    const entry = toEntry(args[0], args[1], args[2]);
    const first = this.#find(entry.name);
    const changed = createList<FormEntry>();
    for (let index = 0; index < this.#entries.length; index += 1) {
      const present = this.#entries[index];
      if (present === first && present !== undefined) append(changed, entry);
      else if (present !== undefined && present.name !== entry.name) append(changed, present);
    }
    if (first === undefined) append(changed, entry);
    this.#entries = changed;
  }
  forEach(callback: (value: string | File, name: string, form: FormData) => void, self?: unknown): void {
    if (typeof callback !== 'function') throw new TypeErrorOf('Cannot iterate: the callback is not a function');
    for (let index = 0; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      if (entry !== undefined) ReflectApply(callback, self, [entry.value, entry.name, this]);
    }
  }
  entries(): PairIterator<unknown> {
    return iterate(this, 'pair');
  }
  keys(): PairIterator<unknown> {
    return iterate(this, 'name');
  }
  values(): PairIterator<unknown> {
    return iterate(this, 'value');
  }
  get [Symbol.toStringTag](): string {
    return 'FormData';
  }

  #find(name: string): FormEntry | undefined {
    for (let index = 0; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      if (entry?.name === name) return entry;
    }
    return undefined;
  }
  #keep(wanted: (entry: FormEntry) => boolean): void {
    const kept = createList<FormEntry>();
    for (let index = 0; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      if (entry !== undefined && wanted(entry)) append(kept, entry);
    }
    this.#entries = kept;
  }
}

ReflectDefineProperty(FormData.prototype, SymbolIterator, {
  value: ReflectGet(FormData.prototype, 'entries'),
  writable: true,
  configurable: true,
});

function toUsv(value: unknown): string {
  return StringPrototypeToWellFormed(StringOf(value));
}

/** Blobs become files, everything else text. */
function toEntry(name: unknown, value: unknown, filename: unknown): FormEntry {
  const key = toUsv(name);
  if (blobLink.is(value)) {
    return { name: key, value: fileLink.of(value, filename === undefined ? undefined : toUsv(filename)) };
  }
  if (filename !== undefined) throw new TypeErrorOf('Cannot add to FormData: a text has no file name');
  return { name: key, value: toUsv(value) };
}

export const formData: Endowment = {
  names: ['FormData'],
  install: () => ({ FormData }),
};
