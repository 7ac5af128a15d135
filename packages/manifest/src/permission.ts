import type { MountName } from './ids.ts';

/** What a skill may do below a mount. `list` names directory entries; `create` makes new files; `write` changes existing ones. */
export type FsAccess = 'read' | 'list' | 'write' | 'create' | 'delete';

/** HTTP methods a manifest may name. CONNECT and TRACE are tunnels and mirrors, not requests. */
export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

/** URL scheme of a network permission. */
export type NetScheme = 'https' | 'http';

/** A directory a skill asks for. In canonical form: lists sorted and without repeats, defaults filled in. */
export interface FsPermission {
  /** First component of the virtual path the guest sees (`/docs/…`). */
  readonly mount: MountName;
  /** Host path: absolute, `~/…`, or relative to the project. */
  readonly path: string;
  readonly access: readonly FsAccess[];
  /** Globs below the mount; a path is covered when one of them matches. Default `["**"]`. */
  readonly match: readonly string[];
  /** Globs below the mount that are never covered, whatever `match` says. */
  readonly except: readonly string[];
  readonly reason?: string;
}

/** A host a skill asks for. In canonical form. */
export interface NetPermission {
  /** Exact host or `*.` and a domain; the star stands for exactly one label. */
  readonly host: string;
  readonly scheme: NetScheme;
  readonly ports: readonly number[];
  readonly methods: readonly HttpMethod[];
  /** Globs on the URL path. Default `["/**"]`. */
  readonly paths: readonly string[];
  /** Names of the query parameters a request may carry; absent means any. */
  readonly query?: readonly string[];
  readonly reason?: string;
}

/** Where in the request a secret's value goes. */
export type SecretPlace =
  | { readonly kind: 'header'; readonly header: string; readonly prefix: string }
  | { readonly kind: 'query'; readonly query: string }
  /** The password of HTTP Basic authentication (RFC 7617). Without `username` the skill chooses the user name. */
  | { readonly kind: 'basic'; readonly username?: string }
  /** Not the value but a signature made with it: the key itself does not leave the host. */
  | { readonly kind: 'signature'; readonly signer: string; readonly options: Readonly<Record<string, string>> };

/** A secret a skill asks to have sent for it. The skill never sees its value. */
export interface SecretPermission {
  readonly name: string;
  readonly description: string;
  /** Exact host, https only. */
  readonly host: string;
  readonly port: number;
  /** Glob on the URL path. Default any path. */
  readonly path: string;
  readonly in: SecretPlace;
  readonly reason?: string;
}

/** A private directory, `/data`, that outlives calls. In canonical form. */
export interface DataPermission {
  /** Bytes of all files together, in MiB. */
  readonly quotaMiB: number;
  /** Files and directories. */
  readonly files: number;
  readonly reason?: string;
}

/** Everything a skill asks for. An absent or empty list means nothing is allowed. */
export interface PermissionSet {
  readonly fs: readonly FsPermission[];
  readonly net: readonly NetPermission[];
  readonly secrets: readonly SecretPermission[];
  /** Absent: nothing that the skill writes for itself outlives a call. */
  readonly data?: DataPermission;
  /** Run with V8's compilers: faster, but the worker's memory must be executable. */
  readonly jit: boolean;
}

/** The set that allows nothing. */
export const NO_PERMISSIONS: PermissionSet = Object.freeze({
  fs: Object.freeze([]),
  net: Object.freeze([]),
  secrets: Object.freeze([]),
  jit: false,
});

/** Access words in canonical order. */
export const FS_ACCESS: readonly FsAccess[] = Object.freeze(['read', 'list', 'write', 'create', 'delete']);

/** Mount name of the private directory; no declared directory may have it. */
export const DATA_MOUNT = 'data';

/** Files and directories in the private directory when the manifest does not say. */
export const DEFAULT_DATA_FILES = 1000;

/** Methods in canonical order. */
export const HTTP_METHODS: readonly HttpMethod[] = Object.freeze([
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
]);

/** Port a scheme uses when none is written. */
export const DEFAULT_PORTS: Readonly<Record<NetScheme, number>> = Object.freeze({ https: 443, http: 80 });
