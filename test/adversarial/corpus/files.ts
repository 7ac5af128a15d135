import type { FileCase } from '../file-case.ts';
import { LINK_CASES } from './files/links.ts';
import { PATH_CASES } from './files/paths.ts';
import { READ_CASES } from './files/reads.ts';
import { WRITE_CASES } from './files/writes.ts';

/** Area FS of the threat model: the files of the host. */
export const FILE_CASES: readonly FileCase[] = [...PATH_CASES, ...LINK_CASES, ...READ_CASES, ...WRITE_CASES];
