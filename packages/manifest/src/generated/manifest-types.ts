// Generated from schema/skill-manifest.schema.json by scripts/generate.ts; do not edit

/**
 * What a skill is, which tools it offers and what it asks to be allowed. Unknown fields are refused.
 */
export interface SkillManifestSource {
  /**
   * Address of this schema, for editors. Ignored by carapace.
   */
  $schema?: string;
  /**
   * Version of this format.
   */
  manifestVersion: 1;
  /**
   * Name of the skill: `a-z`, `0-9` and single hyphens. Equals the name of the folder and of the Agent Skill.
   */
  name: string;
  /**
   * Exact semantic version, without build metadata.
   */
  version: string;
  /**
   * What the skill does and when to use it; shown to people and to models.
   */
  description: string;
  /**
   * SPDX licence expression.
   */
  license?: string;
  /**
   * Path of the bundle, one ES module, inside the package.
   */
  main: string;
  /**
   * Versions of the host the skill works with.
   */
  engines?: {
    /**
     * Range of carapace versions, such as `^0.1.0`.
     */
    carapace?: string;
  };
  /**
   * Functions a model may call, by name.
   */
  tools: {
    [k: string]: Tool;
  };
  permissions?: Permissions;
  config?: JsonSchema2;
  /**
   * Weakest isolation the skill is written for: `call` (a process for every call), `skill` (one process, every call starts without state) or `session` (state is kept between calls of one session). An operator may only strengthen it.
   */
  isolation?: 'call' | 'skill' | 'session';
  limits?: Limits;
}
/**
 * One function.
 */
export interface Tool {
  /**
   * Name for people.
   */
  title?: string;
  /**
   * What the tool does; shown to models.
   */
  description: string;
  input: JsonSchema;
  output?: JsonSchema1;
  annotations?: Annotations;
  /**
   * Whether a person must agree: `never`, `once` per loaded skill, or `always`. Default: `never` for a read-only tool, otherwise `once`. An operator may only tighten it.
   */
  approval?: 'never' | 'once' | 'always';
  /**
   * Part of the skill's permissions this tool has: `net:<host>`, `fs:<mount>`, `secret:<NAME>`. Default: all of them; an empty list means none.
   *
   * @maxItems 64
   *
   * Items: Reference to a declared permission.
   */
  permissions?: string[];
  limits?: ToolLimits;
}
/**
 * JSON Schema of the input; its type must be `object`.
 */
export interface JsonSchema {
  [k: string]: unknown;
}
/**
 * JSON Schema of the result.
 */
export interface JsonSchema1 {
  [k: string]: unknown;
}
/**
 * What the author says about the tool's effects; meanings and defaults of MCP.
 */
export interface Annotations {
  /**
   * The tool changes nothing.
   */
  readOnly?: boolean;
  /**
   * The tool may destroy something. Default: the opposite of `readOnly`.
   */
  destructive?: boolean;
  /**
   * Calling twice has the same effect as calling once.
   */
  idempotent?: boolean;
  /**
   * The tool talks to systems outside the machine.
   */
  openWorld?: boolean;
}
/**
 * What one tool may use of the skill's `concurrency` and `callsPerMinute`. Default: as much as the skill.
 */
export interface ToolLimits {
  /**
   * Calls of the tool that run at the same time; at most the skill's.
   */
  concurrency?: number;
  /**
   * Calls of the tool started within any minute; at most the skill's.
   */
  callsPerMinute?: number;
}
/**
 * Everything the skill asks for. An absent or empty list means nothing is allowed.
 */
export interface Permissions {
  /**
   * Directories.
   *
   * @maxItems 16
   */
  fs?: FsPermission[];
  /**
   * Hosts.
   *
   * @maxItems 32
   */
  net?: NetPermission[];
  /**
   * Secrets that carapace puts into requests; the skill never sees them.
   *
   * @maxItems 16
   */
  secrets?: SecretPermission[];
  data?: DataPermission;
  /**
   * Run with V8's compilers, for skills that compute heavily; the worker's memory must then be executable.
   */
  jit?: boolean;
}
/**
 * One directory.
 */
export interface FsPermission {
  /**
   * First component of the virtual path the skill sees, as in `/docs/report.pdf`.
   */
  mount: string;
  /**
   * Directory on the host: absolute, `~/…`, or relative to the project.
   */
  path: string;
  /**
   * What the skill may do there; an empty list means nothing.
   *
   * @maxItems 5
   */
  access: ('read' | 'list' | 'write' | 'create' | 'delete')[];
  /**
   * Globs below the mount (`*`, `**`, `?`, `{a,b}`); a file is covered when one of them matches. Default: every file. An empty list covers nothing.
   *
   * @maxItems 32
   *
   * Items: Glob.
   */
  match?: string[];
  /**
   * Globs below the mount that are never covered, whatever `match` says; ignores case.
   *
   * @maxItems 32
   *
   * Items: Glob.
   */
  except?: string[];
  /**
   * Why the skill needs this, in one sentence; shown to the person who decides.
   */
  reason?: string;
}
/**
 * One host.
 */
export interface NetPermission {
  /**
   * Exact host, or `*.` and a domain; the star stands for exactly one label.
   */
  host: string;
  /**
   * URL scheme. `http` needs a reason.
   */
  scheme?: 'https' | 'http';
  /**
   * Ports. Default: the port of the scheme. An empty list covers nothing.
   *
   * @maxItems 16
   */
  ports?: number[];
  /**
   * HTTP methods; an empty list means none.
   *
   * @maxItems 7
   */
  methods: ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS')[];
  /**
   * Globs on the URL path, each starting with `/`. Default: every path. An empty list covers nothing.
   *
   * @maxItems 16
   *
   * Items: Glob.
   */
  paths?: string[];
  /**
   * Names of query parameters a request may carry. Default: any; an empty list means none.
   *
   * @maxItems 64
   *
   * Items: Parameter name.
   */
  query?: string[];
  /**
   * Why the skill needs this, in one sentence; shown to the person who decides.
   */
  reason?: string;
}
/**
 * One secret and the only place it may go.
 */
export interface SecretPermission {
  /**
   * Name the operator stores the secret under: `A-Z`, `0-9` and `_`.
   */
  name: string;
  /**
   * What the secret is and where to get it.
   */
  description: string;
  /**
   * Exact host, declared under `net` with https.
   */
  host: string;
  /**
   * Port, declared under `net`.
   */
  port?: number;
  /**
   * Glob on the URL path. Default: every path.
   */
  path?: string;
  in: SecretPlace;
  /**
   * Why the skill needs this, in one sentence; shown to the person who decides.
   */
  reason?: string;
}
/**
 * Where the value goes, exactly one of: `header` with an optional `prefix`; `query`; `basic`; `signer` with its `options`.
 */
export interface SecretPlace {
  /**
   * Name of a request header.
   */
  header?: string;
  /**
   * Text before the value in the header, such as `Bearer `.
   */
  prefix?: string;
  /**
   * Name of a query parameter.
   */
  query?: string;
  /**
   * Password of HTTP Basic authentication: `true`, or an object with the only `username` it goes with.
   */
  basic?: true | BasicPlace;
  /**
   * Name of a signer: `aws-sigv4`, `hmac-sha256`, or one that the operator adds. The value signs the request and is not sent.
   */
  signer?: string;
  /**
   * Settings of the signer.
   */
  options?: {
    /**
     * Setting.
     */
    [k: string]: string;
  };
}
/**
 * The user name of HTTP Basic authentication.
 */
export interface BasicPlace {
  /**
   * User name, printable ASCII without a colon.
   */
  username: string;
}
/**
 * A private directory, `/data`, whose files outlive calls and belong to this skill alone.
 */
export interface DataPermission {
  /**
   * Size of all files together, in MiB.
   */
  quotaMiB: number;
  /**
   * Files and directories in it.
   */
  files?: number;
  /**
   * Why the skill needs this, in one sentence; shown to the person who decides.
   */
  reason?: string;
}
/**
 * JSON Schema of settings an operator may give; never secrets.
 */
export interface JsonSchema2 {
  [k: string]: unknown;
}
/**
 * Budgets of the skill, in the unit each name says. Default: the value of the table of limits.
 */
export interface Limits {
  /**
   * Time from the start of a call to its end, waiting included.
   */
  wallMs?: number;
  /**
   * Processor time of a call.
   */
  cpuMs?: number;
  /**
   * Size of the JavaScript heap of a call's isolate.
   */
  memoryMiB?: number;
  /**
   * Size of the result as JSON text, and of the partial text before it.
   */
  outputKiB?: number;
  /**
   * Size of everything a call writes to its console, at least 64 bytes a line, and of the messages of its progress.
   */
  logKiB?: number;
  /**
   * Requests to the host of any kind, timers and `stat` included.
   */
  brokerCalls?: number;
  /**
   * HTTP requests, each redirect counted.
   */
  fetches?: number;
  /**
   * Decoded bytes received over the network.
   */
  bytesInMiB?: number;
  /**
   * Bytes sent over the network, headers included.
   */
  bytesOutKiB?: number;
  /**
   * Bytes read from files.
   */
  fsReadMiB?: number;
  /**
   * Bytes written to files.
   */
  fsWriteMiB?: number;
  /**
   * Files and directories opened.
   */
  files?: number;
  /**
   * Calls of the skill that run at the same time.
   */
  concurrency?: number;
  /**
   * Calls of the skill started within any minute.
   */
  callsPerMinute?: number;
}
