import type { OpenDirectory } from './open-directory.ts';
import type { OpenFile } from './open-file.ts';

/** What a guest has opened and may use by the id of the request that opened it. */
export type NamedHandle = OpenFile | OpenDirectory;
