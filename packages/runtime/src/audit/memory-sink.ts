import type { AuditEvent, AuditKind } from './audit-event.ts';
import type { AuditSink } from './audit-sink.ts';

/** Which records to return; every field given must match. */
export interface AuditQuery {
  readonly call?: string;
  readonly kind?: AuditKind;
}

/** Keeps the latest records in memory: for tests, inspectors, and hosts without a log of their own. */
export interface MemorySink extends AuditSink {
  /** Matching records, oldest first. */
  events(query?: AuditQuery): readonly AuditEvent[];
  /** Records that newer ones have displaced. */
  readonly displaced: number;
}

const DEFAULT_CAPACITY = 10_000;

/**
 * A ring of the latest records.
 *
 * @param capacity records kept, default 10,000
 * @throws RangeError when capacity is not a positive integer
 */
export function createMemorySink(capacity: number = DEFAULT_CAPACITY): MemorySink {
  if (!Number.isSafeInteger(capacity) || capacity < 1) {
    throw new RangeError(`Cannot create memory sink with capacity "${capacity}": it is not a positive integer`);
  }
  const ring: AuditEvent[] = [];
  let recorded = 0;
  return {
    record: (event) => {
      ring[recorded % capacity] = event;
      recorded += 1;
    },
    events: (query = {}) => {
      const oldest = recorded % capacity;
      const inOrder = recorded <= capacity ? ring : [...ring.slice(oldest), ...ring.slice(0, oldest)];
      return inOrder.filter((event) => matches(event, query));
    },
    get displaced() {
      return Math.max(0, recorded - capacity);
    },
  };
}

function matches(event: AuditEvent, { call, kind }: AuditQuery): boolean {
  if (kind !== undefined && event.kind !== kind) return false;
  return call === undefined || ('call' in event && event.call === call);
}
