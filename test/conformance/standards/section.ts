/** One part of a standard, with the cases that try it. A case is the body of an async function that runs inside the guest. */
export interface StandardSection {
  readonly title: string;
  readonly cases: Readonly<Record<string, string>>;
  /** What the section describes and the guest does not have, and why. */
  readonly notSupported?: Readonly<Record<string, string>>;
}
