/** Cases of web-platform-tests, and the program that tries one of them as `item` inside the guest. */
export interface WptSuite {
  readonly title: string;
  /** What the program tries, in the words of the page that is made from the results. */
  readonly tries: string;
  readonly files: readonly string[];
  readonly program: string;
  readonly read: () => readonly object[];
}
