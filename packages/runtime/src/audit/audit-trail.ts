import { AuditFailure } from './audit-errors.ts';
import type { AuditEntry, RecordsSuppressed } from './audit-event.ts';
import type { AuditSink } from './audit-sink.ts';
import { FloodGate } from './flood-gate.ts';
import { type Redact, stampEvent } from './stamp-event.ts';

export interface AuditTrailOptions {
  readonly sink: AuditSink;
  /** Milliseconds since the epoch. Default: the system clock. */
  readonly now?: () => number;
  /** Hides secret values. Default: nothing is known that would have to be hidden. */
  readonly redact?: Redact;
  /** Records of one sort written per call; the rest is counted. Default 1,000. */
  readonly maxPerSort?: number;
}

/** The only way into a sink. */
export interface AuditTrail {
  /**
   * Writes one record, or throws; a caller must not perform the effect it could not record. `call-end` and
   * `runtime-close` first write how much was left out.
   *
   * @throws AuditFailure `ERR_CARAPACE_AUDIT_WRITE`, from the first failure of the sink on for every record: whether the
   * failed record was kept is unknown, so going on could leave a gap or a number used twice
   */
  record(entry: AuditEntry): void;
}

const DEFAULT_MAX_PER_SORT = 1_000;

export function createAuditTrail(options: AuditTrailOptions): AuditTrail {
  const { sink, now = Date.now, redact = (text: string) => text } = options;
  const gate = new FloodGate(options.maxPerSort ?? DEFAULT_MAX_PER_SORT);
  let seq = 0;
  let isBroken = false;

  const write = (entry: AuditEntry | RecordsSuppressed): void => {
    if (isBroken)
      throw new AuditFailure('ERR_CARAPACE_AUDIT_WRITE', `Cannot record "${entry.kind}": the audit trail is broken`);
    isBroken = true;
    passTo(sink, entry, () => stampEvent(entry, seq, new Date(now()).toISOString(), redact));
    seq += 1;
    isBroken = false;
  };

  return {
    record: (entry) => {
      if (!gate.admits(entry)) {
        if (isBroken) write(entry);
        return;
      }
      if (entry.kind === 'call-end') gate.drain(entry.call).forEach(write);
      if (entry.kind === 'runtime-close') gate.drainAll().forEach(write);
      write(entry);
    },
  };
}

function passTo(
  sink: AuditSink,
  entry: AuditEntry | RecordsSuppressed,
  stamp: () => ReturnType<typeof stampEvent>,
): void {
  try {
    const returned: unknown = sink.record(stamp());
    if (returned === undefined) return;
  } catch (cause) {
    throw new AuditFailure('ERR_CARAPACE_AUDIT_WRITE', `Cannot record "${entry.kind}": the audit sink failed`, {
      cause,
    });
  }
  // An async sink would report its failure when the effect has long happened.
  throw new AuditFailure(
    'ERR_CARAPACE_AUDIT_WRITE',
    `Cannot record "${entry.kind}": the audit sink is not synchronous`,
  );
}
