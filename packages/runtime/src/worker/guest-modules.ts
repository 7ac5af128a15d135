/** Modules of ours inside the isolate. `carapace:` ones can be imported by ours only. */
export type GuestModuleName = 'carapace:internals' | 'carapace:entry' | 'node:fs/promises' | 'node:fs';

const SOURCES: ReadonlyMap<GuestModuleName, string> = new Map([
  [
    'carapace:internals',
    // The platform leaves its internals under a symbol-like name; this module takes them before any skill code exists.
    `const internals = globalThis['carapace:internals'];
delete globalThis['carapace:internals'];
export const { registerSkill, fsPromises } = internals;`,
  ],
  [
    'carapace:entry',
    `import { registerSkill } from 'carapace:internals';
import * as skill from 'carapace:skill';
registerSkill(skill);`,
  ],
  [
    'node:fs/promises',
    `import { fsPromises } from 'carapace:internals';
export const { access, constants, readFile, readdir, stat } = fsPromises;
export default fsPromises;`,
  ],
  [
    'node:fs',
    `import { fsPromises } from 'carapace:internals';
export const promises = fsPromises;
export const { constants } = fsPromises;
export default { promises, constants };`,
  ],
]);

export function endowmentModuleSource(name: GuestModuleName): string {
  return SOURCES.get(name) ?? '';
}
