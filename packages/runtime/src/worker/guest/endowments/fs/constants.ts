import { ObjectFreeze } from '../../primordials.ts';

type Name = 'F_OK' | 'R_OK' | 'W_OK' | 'X_OK' | 'COPYFILE_EXCL' | 'COPYFILE_FICLONE' | 'COPYFILE_FICLONE_FORCE';

/** `fs.constants` as far as functions here take them. The same numbers on every platform. */
export const constants: Readonly<Record<Name, number>> = ObjectFreeze({
  F_OK: 0,
  R_OK: 4,
  W_OK: 2,
  X_OK: 1,
  COPYFILE_EXCL: 1,
  COPYFILE_FICLONE: 2,
  COPYFILE_FICLONE_FORCE: 4,
});
