import type { RawManifest } from '../raw-manifest.ts';

/** Reports one place where a rule is broken. Without own words, the rule's general message and fix are used. */
export type Report = (pointer: string, words?: { readonly message?: string; readonly fix?: string }) => void;

/** One semantic rule. A rule sees a document whose types may be wrong elsewhere and never throws. */
export interface Rule {
  /** Stable id; also the anchor in the reference. */
  readonly id: string;
  /** What is wrong when the rule is broken. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** True when an operator may waive the rule by naming its id. */
  readonly overridable?: boolean;
  readonly check: (manifest: RawManifest, report: Report) => void;
}
