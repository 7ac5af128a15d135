import type { AuditCall, AuditEntry, FloodingKind, RecordsSuppressed } from './audit-event.ts';

/** What a flood can be made of: the same sort of record again and again. */
interface Bucket {
  readonly sort: Omit<RecordsSuppressed, 'count'>;
  seen: number;
}

type Flooding = Extract<AuditEntry, { kind: FloodingKind }>;

/**
 * Lets the first `limit` records of a sort through, per call, and counts the rest exactly. Allowed and denied decisions
 * and every code are sorts of their own: a flood of harmless reads cannot push a denied one out of the trail.
 */
export class FloodGate {
  readonly #limit: number;
  readonly #calls = new Map<string, Map<string, Bucket>>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Whether this record is written. */
  admits(entry: AuditEntry): boolean {
    if (!isFlooding(entry)) return true;
    const bucket = this.#bucketOf(entry);
    bucket.seen += 1;
    return bucket.seen <= this.#limit;
  }

  /** What was left out of one call, and forgets the call. */
  drain(call: string): readonly RecordsSuppressed[] {
    const buckets = [...(this.#calls.get(call)?.values() ?? [])];
    this.#calls.delete(call);
    return buckets
      .filter(({ seen }) => seen > this.#limit)
      .map(({ sort, seen }) => ({ ...sort, count: seen - this.#limit }));
  }

  /** What was left out of every call that has not been drained. */
  drainAll(): readonly RecordsSuppressed[] {
    return [...this.#calls.keys()].flatMap((call) => this.drain(call));
  }

  #bucketOf(entry: Flooding): Bucket {
    const buckets = this.#calls.get(entry.call) ?? new Map<string, Bucket>();
    this.#calls.set(entry.call, buckets);
    const sort = toSort(entry);
    const key = `${sort.of} ${sort.decision} ${sort.code}`;
    const bucket = buckets.get(key) ?? { sort, seen: 0 };
    buckets.set(key, bucket);
    return bucket;
  }
}

function isFlooding(entry: AuditEntry): entry is Flooding {
  return entry.kind === 'broker-decision' || entry.kind === 'log';
}

function toSort(entry: Flooding): Omit<RecordsSuppressed, 'count'> {
  const { call, skill, version, digest } = entry satisfies AuditCall;
  const subject = { kind: 'suppressed', of: entry.kind, call, skill, version, digest } as const;
  if (entry.kind === 'log') return subject;
  const { decision, code } = entry;
  return code === undefined ? { ...subject, decision } : { ...subject, decision, code };
}
