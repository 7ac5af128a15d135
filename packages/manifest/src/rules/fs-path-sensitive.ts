import { readScopePath } from '../path-scope.ts';
import { stringAt, stringsAt } from '../raw-manifest.ts';
import { sensitivePath } from '../sensitive-path.ts';
import type { Rule } from './rule.ts';

/** Credential stores, start-up files, whole homes: one file from there is worth more than the skill. */
export const fsPathSensitive: Rule = {
  id: 'fs-path-sensitive',
  message: 'Cannot ask for the directory: it is too broad or sensitive',
  fix: 'name the one folder the skill works in',
  overridable: true,
  check({ fs }, report) {
    for (const entry of fs) {
      const path = stringAt(entry, 'path');
      const reading = path === undefined ? undefined : readScopePath(path.value);
      if (path === undefined || reading === undefined || !reading.ok) continue;
      const own = sensitivePath(reading.path);
      if (own !== undefined) report(path.pointer, { message: `Cannot ask for the directory: it is ${own.reason}` });
      for (const glob of own === undefined ? stringsAt(entry, 'match') : []) {
        const target = sensitivePath(`${reading.path}/${plainPart(glob.value)}`);
        if (target !== undefined)
          report(glob.pointer, { message: `Cannot ask for the files: they are ${target.reason}` });
      }
    }
  },
};

/** The components of a glob without those that hold wildcards: `**` + `/.ssh/id_*` still names `.ssh`. */
function plainPart(glob: string): string {
  return glob
    .split('/')
    .filter((component) => !/[*?{}]/.test(component))
    .join('/');
}
