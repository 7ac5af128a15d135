import { type LocatedTool, objectAt, type RawManifest, stringAt, stringsAt, valueAt } from '../raw-manifest.ts';
import type { Rule } from './rule.ts';

const CHANGES: readonly string[] = ['write', 'create', 'delete'];

/**
 * "Read only" spares a tool the approval; a tool that may change files must not be able to claim it. The private directory
 * does not count: what the skill notes there is nobody else's, so a tool that keeps a cache stays read-only.
 */
export const toolReadOnlyWrites: Rule = {
  id: 'tool-read-only-writes',
  message: 'Cannot call the tool read-only: its permissions let it change files',
  fix: 'list only reading permissions in the tool\'s "permissions", or set "readOnly" to false',
  check(manifest, report) {
    for (const tool of manifest.tools) {
      const annotations = objectAt(tool, 'annotations');
      const readOnly = annotations === undefined ? undefined : valueAt(annotations, 'readOnly');
      if (readOnly?.value === true && mayChangeFiles(manifest, tool)) report(readOnly.pointer);
    }
  },
};

function mayChangeFiles({ fs }: RawManifest, tool: LocatedTool): boolean {
  const narrowed =
    valueAt(tool, 'permissions') === undefined ? undefined : stringsAt(tool, 'permissions').map((item) => item.value);
  return fs.some((entry) => {
    const held = narrowed === undefined || narrowed.includes(`fs:${stringAt(entry, 'mount')?.value ?? ''}`);
    return held && stringsAt(entry, 'access').some((word) => CHANGES.includes(word.value));
  });
}
