import { suggest } from '../did-you-mean.ts';
import { type RawManifest, stringAt, stringsAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

/** A tool can only hold part of what the skill holds; a name that refers to nothing is a typing mistake or a trick. */
export const toolPermissionDeclared: Rule = {
  id: 'tool-permission-declared',
  message: 'Cannot narrow the tool: the reference names no declared permission',
  fix: 'write "net:<host>", "fs:<mount>", "secret:<NAME>" or "data" of a permission declared above',
  check(manifest, report) {
    const declared = references(manifest);
    for (const tool of manifest.tools) {
      for (const reference of stringsAt(tool, 'permissions')) {
        if (declared.includes(reference.value)) continue;
        const near = suggest(reference.value, declared);
        report(reference.pointer, near === undefined ? {} : { fix: `did you mean "${near}"` });
      }
    }
  },
};

function references({ fs, net, secrets, data }: RawManifest): readonly string[] {
  return [
    ...fs.map((entry) => `fs:${stringAt(entry, 'mount')?.value ?? ''}`),
    ...net.map((entry) => `net:${stringAt(entry, 'host')?.value ?? ''}`),
    ...secrets.map((entry) => `secret:${stringAt(entry, 'name')?.value ?? ''}`),
    ...(data === undefined ? [] : ['data']),
  ];
}
