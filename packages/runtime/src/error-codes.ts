import { defineErrorCodes, type ErrorTable } from '@carapace/manifest/base';

/**
 * Errors that reject: the gateway has to act, not the model. What a model can act on is a ToolResult and has its codes in
 * result/result-codes.ts.
 */
export type RuntimeErrorCode =
  | 'ERR_CARAPACE_RUNTIME_PLATFORM'
  | 'ERR_CARAPACE_RUNTIME_PROTECTION'
  | 'ERR_CARAPACE_RUNTIME_SELF_TEST'
  | 'ERR_CARAPACE_RUNTIME_CLOSED'
  | 'ERR_CARAPACE_RUNTIME_ISOLATION'
  | 'ERR_CARAPACE_RUNTIME_BUSY'
  | 'ERR_CARAPACE_RUNTIME_MEMORY'
  | 'ERR_CARAPACE_RUNTIME_LOAD'
  | 'ERR_CARAPACE_RUNTIME_GRANT'
  | 'ERR_CARAPACE_RUNTIME_NETWORK'
  | 'ERR_CARAPACE_WORKER_START'
  | 'ERR_CARAPACE_PROTOCOL_VIOLATION';

/** Meaning, remedy and exit code of each error that rejects. */
export const RUNTIME_ERRORS: ErrorTable<RuntimeErrorCode> = defineErrorCodes({
  ERR_CARAPACE_RUNTIME_PLATFORM: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning: 'This Node, operating system or processor cannot run workers at all.',
    fix: 'Run on Linux, x86-64 or arm64, with Node 24.15 or newer of an even release line.',
  },
  ERR_CARAPACE_RUNTIME_PROTECTION: {
    category: 'security',
    retryable: false,
    exitCode: 78,
    meaning: 'A layer that the operator requires, or a layer of the default minimum, is not enforced on this machine.',
    fix: 'Read the layer named in the message; make it available, or lower `minimumProtection` knowingly.',
  },
  ERR_CARAPACE_RUNTIME_SELF_TEST: {
    category: 'security',
    retryable: false,
    exitCode: 78,
    meaning: 'The start-up self-test did something inside the jail that the jail forbids, or did not finish.',
    fix: 'Do not run skills on this machine until the named layer holds; report the message with the kernel version.',
  },
  ERR_CARAPACE_RUNTIME_CLOSED: {
    category: 'user',
    retryable: false,
    exitCode: 70,
    meaning: 'The runtime or the skill handle was closed before or during the call.',
    fix: 'Keep the runtime open until its calls have ended.',
  },
  ERR_CARAPACE_RUNTIME_ISOLATION: {
    category: 'security',
    retryable: false,
    exitCode: 77,
    meaning:
      'A skill or a call was to run with less isolation than the runtime, the manifest or the load option allows.',
    fix: 'Ask for the named profile or a stronger one (`call` is the strongest), or start the runtime with a weaker `isolation` knowingly.',
  },
  ERR_CARAPACE_RUNTIME_BUSY: {
    category: 'system',
    retryable: true,
    exitCode: 75,
    meaning:
      'All workers are busy and the queue of waiting calls is full, or the call gave its place in it to a tenant with fewer calls waiting.',
    fix: 'Try again after the time in the message, or raise `maxWorkers` or `maxQueue`.',
  },
  ERR_CARAPACE_RUNTIME_MEMORY: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning: 'One worker for this skill may take more memory than all workers together may.',
    fix: 'Lower `memoryMiB` of the skill by policy, or raise `maxWorkerMemoryMiB` of the runtime.',
  },
  ERR_CARAPACE_RUNTIME_LOAD: {
    category: 'user',
    retryable: false,
    exitCode: 65,
    meaning:
      'The skill folder cannot be read as a skill: a file is missing, too large or not a regular file, or the folder has another name than the skill.',
    fix: 'Check that skill.json, SKILL.md and the file named by `main` exist and are regular files, and that the folder is called like the skill.',
  },
  ERR_CARAPACE_RUNTIME_GRANT: {
    category: 'security',
    retryable: false,
    exitCode: 77,
    meaning:
      'The grant cannot be made: it names an unknown mount, or the directory of a mount is sensitive or changed meanwhile.',
    fix: 'Use the mount names of the manifest; a sensitive directory needs the name of its mount in `allowSensitive`.',
  },
  ERR_CARAPACE_RUNTIME_NETWORK: {
    category: 'user',
    retryable: false,
    exitCode: 78,
    meaning: 'An option of `network` means nothing, or would open more than it may.',
    fix: 'Write private hosts as `host:port` and routes as bare origins; plain http is for the loopback interface only.',
  },
  ERR_CARAPACE_WORKER_START: {
    category: 'system',
    retryable: true,
    exitCode: 70,
    meaning: 'A worker process did not come up, or several in a row did not and the next try is still to come.',
    fix: 'Read the reason in the message; the usual ones are missing memory and a container policy that forbids a layer.',
  },
  ERR_CARAPACE_PROTOCOL_VIOLATION: {
    category: 'security',
    retryable: false,
    exitCode: 70,
    meaning:
      'The worker sent what no honest worker sends; it was killed. The skill has code execution in its worker, or there is a defect.',
    fix: 'Stop using the skill, keep the audit trail, and report it.',
  },
});
