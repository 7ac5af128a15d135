import { RuntimeFailure } from '../errors.ts';
import { decodeLaunchReport } from '../host/pool/launch-report.ts';
import type { PoolPowers } from '../host/pool/pool-powers.ts';
import type { WorkerProfile } from '../host/pool/spawn-worker.ts';
import { WorkerProcess } from '../host/pool/worker-process.ts';
import type { LayerReport } from '../jail/jail-spec.ts';
import { openProbeFiles } from '../jail/launch-files.ts';
import { ATTEMPTS, type AttemptName, type AttemptReport } from '../jail/self-test/attempts.ts';

export interface SelfTestResult {
  readonly layers: readonly LayerReport[];
  readonly attempts: readonly SelfTestAttempt[];
}

export interface SelfTestAttempt {
  readonly name: AttemptName;
  readonly stoppedBy: string;
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

/** Throws ERR_CARAPACE_RUNTIME_SELF_TEST naming every attempt that was not denied. */
export function assertAllDenied(result: SelfTestResult): void {
  const failed = result.attempts.filter(({ outcome }) => outcome !== 'denied');
  if (failed.length === 0) return;
  const list = failed
    .map(({ name, outcome, stoppedBy }) => `${name} ${outcome} (should be stopped by ${stoppedBy})`)
    .join(', ');
  throw new RuntimeFailure('ERR_CARAPACE_RUNTIME_SELF_TEST', `Cannot start runtime: inside the jail, ${list}`, {
    detail: { attempts: failed.map(({ name }) => name) },
  });
}

async function collect(worker: WorkerProcess): Promise<SelfTestResult> {
  let layers: readonly LayerReport[] | undefined;
  let failure: string | undefined;
  const reports = new Map<string, AttemptReport>();
  worker.attach({
    onFrame: ({ head }) => {
      if (layers === undefined) {
        const launch = decodeLaunchReport(head);
        if (launch?.kind === 'jailed') layers = launch.layers;
        else failure = launch === undefined ? 'no launch report' : `layer "${launch.layer}": ${launch.reason}`;
      } else if (isAttemptReport(head)) {
        reports.set(head.name, head);
        if (reports.size === ATTEMPTS.length) void worker.kill('call-ended');
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
  if (failure !== undefined || layers === undefined) {
    throw new RuntimeFailure(
      'ERR_CARAPACE_WORKER_START',
      `Cannot run self-test: ${failure ?? 'the probe ended before it was jailed'}`,
    );
  }
  return { layers, attempts: ATTEMPTS.map(({ name, stoppedBy }) => judge(name, stoppedBy, reports.get(name))) };
}

function judge(name: AttemptName, stoppedBy: string, report: AttemptReport | undefined): SelfTestAttempt {
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
    head.succeeded !== undefined
  );
}
