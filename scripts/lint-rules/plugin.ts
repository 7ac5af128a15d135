import { fileNames } from './file-names.ts';
import { noHostReferenceInIsolate } from './no-host-reference-in-isolate.ts';
import { noRawProcess } from './no-raw-process.ts';
import { reasonForDisable } from './reason-for-disable.ts';
import type { Rule } from './rule.ts';

/** The house rules. .oxlintrc.json says where each applies; test/house-rules proves that each one bites. */
const plugin: { readonly meta: { readonly name: string }; readonly rules: Readonly<Record<string, Rule>> } = {
  meta: { name: 'carapace' },
  rules: {
    'file-names': fileNames,
    'no-host-reference-in-isolate': noHostReferenceInIsolate,
    'no-raw-process': noRawProcess,
    'reason-for-disable': reasonForDisable,
  },
};

export default plugin;
