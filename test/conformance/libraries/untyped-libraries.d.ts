/** What the skills here use of libraries that bring no types. */
declare module 'lodash-es' {
  export function chunk<Item>(items: readonly Item[], size: number): Item[][];
  export function debounce<Value>(call: (value: Value) => void, waitMs: number): (value: Value) => void;
  export function groupBy<Item>(items: readonly Item[], key: keyof Item): Record<string, Item[]>;
  export function isEqual(one: unknown, other: unknown): boolean;
  export function kebabCase(text: string): string;
  export function merge(target: object, source: object): object;
  export function orderBy<Item>(
    items: readonly Item[],
    keys: readonly (keyof Item)[],
    orders: readonly string[],
  ): Item[];
  export function template(text: string): (values: object) => string;
  export function uniqBy<Item>(items: readonly Item[], key: keyof Item): Item[];
}

declare module 'papaparse' {
  interface Parsed {
    readonly data: readonly object[];
    readonly errors: readonly unknown[];
    readonly meta: { readonly delimiter: string };
  }
  const papaparse: {
    parse(text: string, options: object): Parsed;
    unparse(data: readonly object[], options: object): string;
  };
  export default papaparse;
}
