import { createRequire } from 'node:module';

const manifest: { readonly version: string } = createRequire(import.meta.url)('@carapace/runtime/package.json');

/** Version of this package, which `engines.carapace` of a skill is held against. */
export const CARAPACE_VERSION: string = manifest.version;
