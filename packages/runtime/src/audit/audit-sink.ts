import type { AuditEvent } from './audit-event.ts';

/**
 * Where records go. `record` returns when the record is kept as safely as this sink keeps anything, and throws when it
 * is not: the runtime then performs no further effect. It is synchronous, because an effect must not overtake its record;
 * the trail treats a returned promise as a failure.
 */
export interface AuditSink {
  record(event: AuditEvent): void;
}
