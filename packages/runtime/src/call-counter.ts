import type { AuditEntry } from './audit/audit-event.ts';
import type { RuntimeStats } from './runtime.ts';

/** Counts calls by the records they leave, so that no call is counted that the trail does not know. */
export class CallCounter {
  #started = 0;
  #succeeded = 0;
  #failed = 0;
  #rejected = 0;

  note(entry: AuditEntry): void {
    if (entry.kind === 'call-start') this.#started += 1;
    if (entry.kind !== 'call-end') return;
    if (entry.outcome === 'ok') this.#succeeded += 1;
    else if (entry.outcome === 'rejected') this.#rejected += 1;
    else this.#failed += 1;
  }

  get counts(): RuntimeStats['calls'] {
    return { started: this.#started, succeeded: this.#succeeded, failed: this.#failed, rejected: this.#rejected };
  }
}
