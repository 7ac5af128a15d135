import type { RiskLevel, SummaryLine } from '@carapace/manifest';
import type { AuditEvent, ProtectionReport, SelfTestAttempt, ToolResult } from '@carapace/runtime';

/** One thing the demo shows, as data; the two reporters turn it into text or JSON. */
export type DemoStep =
  | {
      readonly kind: 'asked';
      readonly skill: string;
      readonly version: string;
      readonly description: string;
      readonly risk: RiskLevel;
      readonly permissions: readonly SummaryLine[];
      /** What the operator of this demo grants, in one clause. */
      readonly granted: string;
    }
  | {
      readonly kind: 'protected';
      readonly startMs: number;
      readonly protection: ProtectionReport;
      readonly attempts: readonly SelfTestAttempt[];
    }
  | {
      readonly kind: 'called';
      readonly tool: string;
      readonly input: object;
      readonly ms: number;
      readonly result: ToolResult;
    }
  /** Something that was looked up outside the skill, after its call. */
  | { readonly kind: 'observed'; readonly what: string; readonly holds: boolean; readonly detail: string }
  | {
      readonly kind: 'attacked';
      readonly tool: string;
      readonly tries: string;
      readonly ms: number;
      readonly stopped: boolean;
      readonly by: string;
      readonly code: string | undefined;
    }
  | { readonly kind: 'audited'; readonly events: readonly AuditEvent[] };
