/**
 * Paths at and below which the granted directory is not looked at any more: what a skill removed or replaced. They stay
 * for the life of the overlay, so that a directory that was removed and made again starts empty.
 */
export class HiddenPaths {
  readonly #paths: Set<string> = new Set();

  hide(components: readonly string[]): void {
    this.#paths.add(components.join('/'));
  }

  covers(components: readonly string[]): boolean {
    let path = '';
    for (const component of components) {
      path = path === '' ? component : `${path}/${component}`;
      if (this.#paths.has(path)) return true;
    }
    return false;
  }

  /** Shortest first. */
  list(): readonly (readonly string[])[] {
    return [...this.#paths].map((path) => path.split('/')).toSorted((a, b) => a.length - b.length);
  }

  clear(): void {
    this.#paths.clear();
  }
}
