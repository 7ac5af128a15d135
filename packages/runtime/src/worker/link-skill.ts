import type ivm from 'isolated-vm';
import { endowmentModuleSource, type GuestModuleName } from './guest-modules.ts';
import type { LoadOptions } from './isolate-engine.ts';

export interface LinkedSkill {
  /** Evaluates the skill. Throws whatever rejection is left unhandled, not necessarily the skill's own. */
  evaluate(): void;
  /**
   * Throws what the skill's module failed with, if it has failed. V8 remembers that in the module, so evaluating
   * another module that imports it tells a failed load from an unrelated rejection, which the library does not.
   */
  probe(): void;
}

/** What a skill may import, and under which grant. */
const FS_MODULES: ReadonlyMap<string, GuestModuleName> = new Map([
  ['node:fs/promises', 'node:fs/promises'],
  ['fs/promises', 'node:fs/promises'],
  ['node:fs', 'node:fs'],
  ['fs', 'node:fs'],
]);

/**
 * Compiles and links a bundle.
 *
 * @throws the syntax error of the bundle, or a sentence about an import that does not exist here (IS-040).
 */
export function linkSkill(
  isolate: ivm.Isolate,
  context: ivm.Context,
  internals: ivm.Module,
  load: LoadOptions,
): LinkedSkill {
  const skill = isolate.compileModuleSync(load.source, { filename: load.filename });
  const compiled = new Map<GuestModuleName, ivm.Module>();
  const compile = (name: GuestModuleName): ivm.Module =>
    isolate.compileModuleSync(endowmentModuleSource(name), { filename: name });

  const resolve = (specifier: string, referrer: ivm.Module): ivm.Module => {
    if (referrer !== skill) return specifier === 'carapace:skill' ? skill : internals;
    const name = FS_MODULES.get(specifier);
    if (name === undefined) throw refusal(specifier, 'only modules in the bundle and granted platform modules exist');
    if (!load.endowments.fs) throw refusal(specifier, 'the skill was granted no directory');
    const known = compiled.get(name) ?? compile(name);
    compiled.set(name, known);
    return known;
  };
  const link = (): ivm.Module => {
    const entry = compile('carapace:entry');
    entry.instantiateSync(context, resolve);
    return entry;
  };
  const entry = link();
  return {
    evaluate: () => void entry.evaluateSync(),
    probe: () => void link().evaluateSync(),
  };
}

function refusal(specifier: string, reason: string): Error {
  const error = new Error(`Cannot import "${specifier.slice(0, 200)}": ${reason}`);
  error.stack = '';
  return error;
}
