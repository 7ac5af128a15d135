import type { JsonObject } from '../json.ts';
import { type Located, objectAt, type RawManifest } from '../raw-manifest.ts';
import { inspectToolSchema } from '../tool-schema/inspect-tool-schema.ts';
import type { Rule } from './rule.ts';

/** Schemas come from an adversary and are compiled in the host: only what can be checked in bounded time gets that far. */
export const schemaSupported: Rule = {
  id: 'schema-supported',
  message: 'Cannot use the JSON Schema: it holds something carapace does not check in bounded time',
  fix: 'use the keywords of the manifest reference, local "#/$defs/…" references and RE2 patterns',
  check(manifest, report) {
    for (const schema of schemas(manifest)) {
      for (const issue of inspectToolSchema(schema.value)) {
        report(`${schema.pointer}${issue.pointer}`, {
          message: issue.message,
          ...(issue.fix === undefined ? {} : { fix: issue.fix }),
        });
      }
    }
  },
};

function schemas({ root, tools }: RawManifest): readonly Located<JsonObject>[] {
  const found = [
    ...tools.flatMap((tool) => [objectAt(tool, 'input'), objectAt(tool, 'output')]),
    objectAt(root, 'config'),
  ];
  return found.filter((schema) => schema !== undefined);
}
