/** What kind of authority has grown. */
export type WideningKind =
  | 'mount'
  | 'access'
  | 'files'
  | 'host'
  | 'scheme'
  | 'port'
  | 'method'
  | 'url-path'
  | 'query'
  | 'secret'
  | 'secret-place'
  | 'data'
  | 'jit'
  | 'isolation'
  | 'limit';

/** One thing somebody asks for and does not have yet. */
export interface Widening {
  readonly kind: WideningKind;
  /** Mount, host, secret or limit it is about; otherwise the kind. */
  readonly subject: string;
  /** What is new, in the spelling of the manifest. */
  readonly added: readonly string[];
  /** One plain sentence. Author's words in it are not escaped; `summarisePermissions` and `escapeText` do that. */
  readonly message: string;
}
