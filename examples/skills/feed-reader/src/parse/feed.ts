/** What RSS and Atom have in common. Everything in it was written by strangers. */
export interface Feed {
  readonly title: string;
  /** In the order of the document, which is usually the newest first. */
  readonly entries: readonly Entry[];
}

export interface Entry {
  readonly title: string;
  /** https or http, or null. */
  readonly link: string | null;
  /** ISO 8601, UTC; null where the feed gives no date, or none that can be understood. */
  readonly published: string | null;
  /** Plain text. */
  readonly summary: string;
}
