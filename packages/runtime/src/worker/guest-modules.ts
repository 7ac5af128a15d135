import { MODULE_EXPORTS } from './permits.ts';

/** Modules of ours inside the isolate. `carapace:` ones can be imported by ours only. */
export type GuestModuleName = 'carapace:internals' | 'carapace:entry' | 'node:fs/promises' | 'node:fs';

const SOURCES: ReadonlyMap<GuestModuleName, string> = new Map([
  [
    'carapace:internals',
    // The platform leaves its internals under a symbol-like name; this module takes them before any skill code exists.
    `const internals = globalThis['carapace:internals'];
delete globalThis['carapace:internals'];
export const { registerSkill, fsPromises, nodeFs } = internals;`,
  ],
  [
    'carapace:entry',
    `import { registerSkill } from 'carapace:internals';
import * as skill from 'carapace:skill';
registerSkill(skill);`,
  ],
  ['node:fs/promises', reexport('node:fs/promises', 'fsPromises')],
  ['node:fs', reexport('node:fs', 'nodeFs')],
]);

/** Each member under its own name, and all of them as the default. */
function reexport(module: string, source: string): string {
  const names = (MODULE_EXPORTS[module] ?? []).filter((name) => name !== 'default');
  return `import { ${source} } from 'carapace:internals';
export const { ${names.join(', ')} } = ${source};
export default ${source};`;
}

export function endowmentModuleSource(name: GuestModuleName): string {
  return SOURCES.get(name) ?? '';
}
