import { RuntimeFailure } from '../errors.ts';
import { lastWords } from '../host/pool/last-words.ts';
import { decodeLaunchReport } from '../host/pool/launch-report.ts';
import type { PoolPowers } from '../host/pool/pool-powers.ts';
import type { WorkerProfile } from '../host/pool/spawn-worker.ts';
import { WorkerProcess } from '../host/pool/worker-process.ts';
import type { JailLayerName, LayerReport } from '../jail/jail-spec.ts';
import { openProbeFiles } from '../jail/launch-files.ts';
import { ATTEMPTS, type Attempt, type AttemptName, type AttemptReport } from '../jail/self-test/attempts.ts';

/** What the start-up self-test found. */
export interface SelfTestResult {
  readonly layers: readonly LayerReport[];
  readonly attempts: readonly SelfTestAttempt[];
}

/** One forbidden action that was tried inside the jail. */
export interface SelfTestAttempt {
  readonly name: AttemptName;
  readonly stoppedBy: readonly JailLayerName[];
  /** `unanswered`: the probe never came back from it, which counts as a success of the attack. */
  readonly outcome: 'denied' | 'succeeded' | 'unanswered';
  readonly errno: number;
}

const TIMEOUT_MS = 20_000;

/** Starts the probe in the very jail that workers get and collects what the kernel answered to each attempt. */
export async function runSelfTest(powers: PoolPowers, profile: WorkerProfile): Promise<SelfTestResult> {
  const files = openProbeFiles();
  try {
    return await collect(new WorkerProcess(powers, files, profile));
  } finally {
    files.close();
  }
}

/**
 * Holds every layer to its word: an attempt that a standing layer should have stopped must have been denied, whatever level
 * the operator settles for. At `jailed` that is all of them.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_SELF_TEST naming each attempt that got through
 */
export function assertLayersHold({ layers, attempts }: SelfTestResult): void {
  const standing = new Set(layers.filter(({ state }) => state !== 'absent').map(({ layer }) => layer));
  const failed = attempts.filter(
    ({ outcome, stoppedBy }) => outcome !== 'denied' && stoppedBy.some((layer) => standing.has(layer)),
  );
  if (failed.length === 0) return;
  const list = failed.map(
    ({ name, outcome, stoppedBy }) => `${name} ${outcome} (to be stopped by ${stoppedBy.join(' or ')})`,
  );
  throw new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_SELF_TEST',
    `Cannot start runtime: inside the jail, ${list.join(', ')}`,
    {
      detail: { attempts: failed.map(({ name }) => name) },
    },
  );
}

const UNSEALED: LayerReport = {
  layer: 'sealed',
  state: 'absent',
  detail: 'the probe ended before it was seen under the second filter',
};

async function collect(worker: WorkerProcess): Promise<SelfTestResult> {
  let layers: readonly LayerReport[] | undefined;
  let failure: string | undefined;
  let seen: readonly LayerReport[] = worker.profile.layers.sealed ? [UNSEALED] : [];
  const reports = new Map<string, AttemptReport>();
  worker.attach({
    onFrame: ({ head }) => {
      if (layers === undefined) {
        const launch = decodeLaunchReport(head);
        if (launch?.kind === 'jailed') layers = launch.layers;
        else failure = launch === undefined ? 'no launch report' : `layer "${launch.layer}": ${launch.reason}`;
      } else if (isAttemptReport(head)) {
        reports.set(head.name, head);
        if (reports.size === ATTEMPTS.length) {
          seen = worker.seenLayers();
          void worker.kill('call-ended');
        }
      } else {
        failure = lateFailure(head);
      }
    },
    onViolation: (_rule, detail) => {
      failure = detail;
    },
    onExit: () => undefined,
  });
  const timer = setTimeout(() => void worker.kill('start-timeout'), TIMEOUT_MS);
  await worker.exited;
  clearTimeout(timer);
  if (worker.profile.layers.sealed && endedAtSeal(reports))
    failure = `the probe could not seal itself ${lastWords(worker.stderrTail)}`;
  if (failure !== undefined || layers === undefined) {
    throw new RuntimeFailure(
      'ERR_CARAPACE_WORKER_START',
      `Cannot run self-test: ${failure ?? `the probe ended before it was jailed ${lastWords(worker.stderrTail)}`.trim()}`,
    );
  }
  return {
    layers: [...layers, ...seen],
    attempts: ATTEMPTS.map((attempt) => judge(attempt, reports.get(attempt.name))),
  };
}

/** It answered everything that comes before the second filter, and nothing behind it. */
function endedAtSeal(reports: ReadonlyMap<string, AttemptReport>): boolean {
  const answered = (wanted: boolean): readonly boolean[] =>
    ATTEMPTS.filter(({ sealed = false }) => sealed === wanted).map(({ name }) => reports.has(name));
  return answered(false).every(Boolean) && !answered(true).some(Boolean);
}

/** The launcher reports its layers before its last step, which can still fail: the probe would be blamed for not answering. */
function lateFailure(head: unknown): string | undefined {
  const launch = decodeLaunchReport(head);
  return launch?.kind === 'jail-failed' ? `layer "${launch.layer}": ${launch.reason}` : undefined;
}

function judge({ name, stoppedBy }: Attempt, report: AttemptReport | undefined): SelfTestAttempt {
  if (report === undefined) return { name, stoppedBy, outcome: 'unanswered', errno: 0 };
  return { name, stoppedBy, outcome: report.succeeded ? 'succeeded' : 'denied', errno: report.errno };
}

function isAttemptReport(head: unknown): head is AttemptReport {
  return (
    typeof head === 'object' &&
    head !== null &&
    'kind' in head &&
    head.kind === 'attempt' &&
    'name' in head &&
    'succeeded' in head &&
    typeof head.succeeded === 'boolean' &&
    'errno' in head &&
    typeof head.errno === 'number'
  );
}
