import type { ToolSchema } from '@carapace/manifest';
import type { ResultOutcome } from '../../result/outcome.ts';
import { parseOutput } from '../../result/parse-output.ts';

/** How many schema problems a result names: enough to fix a skill, too few to smuggle text through field names. */
const MAX_ISSUES = 5;

/** A value that does not fit the tool's own output schema is never passed on as a valid result (OU-295). */
export function checkOutput(json: string, schema: ToolSchema | undefined): ResultOutcome {
  if (schema === undefined) return { kind: 'value', json };
  const parsed = parseOutput(json);
  if (parsed.kind !== 'parsed') return { kind: 'value', json };
  const issues = schema.check(parsed.value);
  if (issues.length === 0) return { kind: 'value', json };
  const list = issues
    .slice(0, MAX_ISSUES)
    .map(({ pointer, message }) => `${pointer === '' ? '/' : pointer} ${message}`);
  return {
    kind: 'refused',
    code: 'ERR_CARAPACE_SKILL_BAD_OUTPUT',
    message: `The tool returned a value that its own output schema refuses: ${list.join('; ')}`,
  };
}
