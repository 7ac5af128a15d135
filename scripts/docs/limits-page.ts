import { LIMIT_NAMES, LIMITS, type LimitName, MANIFEST_BOUNDS } from '@carapace/manifest';
import { CHECKED_VALUE_BOUNDS, TOOL_SCHEMA_BOUNDS } from '../../packages/manifest/src/tool-schema/schema-bounds.ts';
import { MAX_INPUT_BYTES } from '../../packages/runtime/src/host/call/check-input.ts';
import { CALL_ALLOWANCE_MIB, IDLE_WORKER_MIB } from '../../packages/runtime/src/host/pool/memory-ledger.ts';
import { SKILL_FILE_BYTES } from '../../packages/runtime/src/load/read-skill-folder.ts';
import { MAX_OUTPUT_DEPTH, MAX_OUTPUT_LENGTH } from '../../packages/runtime/src/result/parse-output.ts';
import { DEFAULT_RESULT_LIMITS } from '../../packages/runtime/src/result/result-context.ts';
import { POOL_DEFAULTS } from '../../packages/runtime/src/runtime-options.ts';
import { WIRE_LIMITS } from '../../packages/runtime/src/worker/guest-wire.ts';
import { SOURCE_MAP_MAX_BYTES } from '../../packages/runtime/src/worker/stack-trace.ts';
import { count, plainTable } from './bounds-table.ts';
import { effectBounds } from './effect-bounds.ts';
import { code, generatedFrom, markdownTable } from './markdown-table.ts';

/** Who measures a limit, and how an overrun ends. The type makes the list complete. */
const ENFORCED: Readonly<Record<LimitName, string>> = {
  wallMs: 'host timer; kill, `ERR_CARAPACE_BUDGET_WALL`',
  cpuMs: 'host, from `/proc/PID/stat`; kill, `ERR_CARAPACE_BUDGET_CPU`; behind it `RLIMIT_CPU`',
  memoryMiB:
    'the isolate, and the host from `/proc/PID/stat`; kill, `ERR_CARAPACE_BUDGET_MEMORY` or `ERR_CARAPACE_SKILL_CRASHED`; behind it `RLIMIT_AS`',
  outputKiB: 'host; kill, `ERR_CARAPACE_BUDGET_OUTPUT`',
  logKiB: 'host; kill, `ERR_CARAPACE_BUDGET_LOGS`',
  brokerCalls: 'host; kill, `ERR_CARAPACE_BUDGET_BROKER_CALLS`',
  fetches: 'host; kill, `ERR_CARAPACE_BUDGET_FETCHES`',
  bytesInMiB: 'host; kill, `ERR_CARAPACE_BUDGET_BYTES_IN`',
  bytesOutKiB: 'host; kill, `ERR_CARAPACE_BUDGET_BYTES_OUT`',
  fsReadMiB: 'host; kill, `ERR_CARAPACE_BUDGET_FS_READ`',
  fsWriteMiB: 'host; kill, `ERR_CARAPACE_BUDGET_FS_WRITE`',
  files: 'host; kill, `ERR_CARAPACE_BUDGET_FILES`',
  concurrency: 'host, before a worker is taken; `ERR_CARAPACE_BUDGET_CONCURRENCY`',
  callsPerMinute: 'host, before a worker is taken; `ERR_CARAPACE_BUDGET_RATE`',
};

const SKILL_FOLDER: readonly (readonly [string, number])[] = [
  ['bytes of `skill.json`', SKILL_FILE_BYTES.manifest],
  ['bytes of `SKILL.md`', SKILL_FILE_BYTES.markdown],
  ['bytes of the bundle', SKILL_FILE_BYTES.bundle],
  ['bytes of its source map', SKILL_FILE_BYTES.sourceMap],
  ['bytes of the source map that stack traces are mapped with', SOURCE_MAP_MAX_BYTES],
];

const INPUT: readonly (readonly [string, number])[] = [['bytes of the input as JSON', MAX_INPUT_BYTES]];

const GUEST: readonly (readonly [string, number])[] = [
  ['timers pending at once', WIRE_LIMITS.pendingTimers],
  ['streaming `TextDecoder`s at once', WIRE_LIMITS.openDecoders],
  ['characters of a URL', WIRE_LIMITS.urlLength],
  ['characters of one log line', WIRE_LIMITS.logLineLength],
  ['bytes of one progress message', WIRE_LIMITS.progressMessageBytes],
  ['bytes of one `getRandomValues`', WIRE_LIMITS.randomBytes],
  ['depth of a returned value', WIRE_LIMITS.outputDepth],
  ['tools in one module', WIRE_LIMITS.tools],
  ['bytes of an error message', WIRE_LIMITS.failureMessageBytes],
  ['bytes of an error stack', WIRE_LIMITS.failureStackBytes],
];

const RESULTS: readonly (readonly [string, number])[] = [
  ['bytes of text a model gets', DEFAULT_RESULT_LIMITS.text.maxBytes],
  ['lines of text a model gets', DEFAULT_RESULT_LIMITS.text.maxLines],
  ['log lines in a result', DEFAULT_RESULT_LIMITS.logs.maxLines],
  ['characters of log in a result', DEFAULT_RESULT_LIMITS.logs.maxCharacters],
  ['depth of the value', MAX_OUTPUT_DEPTH],
  ['characters of the value as JSON', MAX_OUTPUT_LENGTH],
];

const MANIFEST: readonly (readonly [string, number])[] = [
  ['characters of `skill.json`', MANIFEST_BOUNDS.characters],
  ['depth of `skill.json`', MANIFEST_BOUNDS.depth],
  ['characters of a tool schema', TOOL_SCHEMA_BOUNDS.characters],
  ['depth of a tool schema', TOOL_SCHEMA_BOUNDS.depth],
  ['sub-schemas of a tool schema', TOOL_SCHEMA_BOUNDS.nodes],
  ['characters of a pattern', TOOL_SCHEMA_BOUNDS.patternLength],
  ['depth of a checked value', CHECKED_VALUE_BOUNDS.depth],
  ['values in a checked value', CHECKED_VALUE_BOUNDS.values],
];

/** Limits of the manifest, and the bounds that nobody can change. */
export function limitsPage(): string {
  const skill = LIMIT_NAMES.map((name) => {
    const { unit, floor, ceiling, meaning, ...spec } = LIMITS[name];
    return [code(name), unit, count(spec.default), count(floor), count(ceiling), meaning, ENFORCED[name]];
  });
  return `${generatedFrom('the tables of limits in the packages')}

# Limits

## Limits of a skill

A manifest asks for them under \`limits\`; the policy of a runtime may lower them. They count per call, except \`concurrency\` and
\`callsPerMinute\`, which count per loaded skill. All are in force when the manifest says nothing.

${markdownTable(['limit', 'unit', 'default', 'floor', 'ceiling', 'counts', 'enforced by'], skill)}

Processor time and memory are sampled, so a call can overrun them for some milliseconds before it is killed. Processor time
has a resolution of 10 ms.

## Workers of a runtime

| option of \`createRuntime\` | default | counts |
| --- | --- | --- |
| \`spares\` | ${POOL_DEFAULTS.spares} | booted workers kept ready |
| \`maxWorkers\` | ${POOL_DEFAULTS.maxWorkers} | workers alive at once, spares included |
| \`maxSpares\` | ${POOL_DEFAULTS.maxSpares}, or \`spares\` when only that is given | spares that busy times may call for |
| \`maxWorkerMemoryMiB\` | half of what machine or control group allow | memory of all workers together; an idle one counts ${IDLE_WORKER_MIB} MiB, one in use ${IDLE_WORKER_MIB + CALL_ALLOWANCE_MIB} MiB and its heap |
| \`maxQueue\` | ${POOL_DEFAULTS.maxQueue} | calls that may wait for a worker |

## Fixed bounds

The folder of a skill:

${plainTable(SKILL_FOLDER)}

Input of a call:

${plainTable(INPUT)}

${effectBounds()}

Guest platform:

${plainTable(GUEST)}

Results:

${plainTable(RESULTS)}

Manifests and schemas:

${plainTable(MANIFEST)}
`;
}
