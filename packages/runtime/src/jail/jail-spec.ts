import type { EnclosureSpec } from './namespace/enclosure.ts';

/**
 * What the host tells the launcher: everything about one worker's jail, as one JSON value in argv. The launcher decides
 * nothing by itself, so the wall that stands is the wall that the host reports.
 */
export interface JailSpec {
  /**
   * The launcher stops when its parent is another process already: it died before the death signal was armed. The host, or in
   * a process namespace number 1, whose own death signal bubblewrap arms.
   */
  readonly parentPid: number;
  readonly enclosure: EnclosureSpec;
  readonly layers: JailLayers;
  readonly limits: ProcessLimits;
  /** Executable memory for V8's compiler (`"jit": true` in the manifest). */
  readonly jit: boolean;
  /** Arguments of the worker's node, after argv[0]. */
  readonly arguments: readonly string[];
  /** Inherited descriptors that survive into the worker; all above the highest are closed. */
  readonly keepDescriptors: readonly number[];
  /** Files that the host opened once for all workers; each worker gets a description of its own. */
  readonly privateDescriptors: readonly number[];
  /** Descriptors whose files the worker may read again by name: the native add-on, loaded through /proc/self/fd. */
  readonly readableDescriptors: readonly number[];
}

/** Each is on in every spec that the runtime makes; tests switch one off to prove that its absence is noticed. */
export interface JailLayers {
  readonly identity: boolean;
  readonly rlimits: boolean;
  readonly landlock: boolean;
  readonly seccomp: boolean;
  /** The second, smaller filter, which the worker puts on itself once it has booted. */
  readonly sealed: boolean;
}

export interface ProcessLimits {
  readonly addressSpaceBytes: number;
  readonly cpuSeconds: number;
  readonly openFiles: number;
}

/** What the launcher did, sent as its one frame before it becomes the worker. Nothing untrusted has run by then. */
export type LaunchReport =
  | {
      readonly kind: 'jailed';
      readonly layers: readonly LayerReport[];
      /** The worker's number as the host counts: in a process namespace it has another one for itself. */
      readonly pid: number;
    }
  | { readonly kind: 'jail-failed'; readonly layer: string; readonly reason: string };

export type JailLayerName =
  | 'namespaces'
  | 'cgroup'
  | 'seatbelt'
  | 'identity'
  | 'no-new-privileges'
  | 'rlimits'
  | 'landlock'
  | 'seccomp'
  | 'sealed';

/** One layer of the wall around a worker, as its launcher found it. */
export interface LayerReport {
  readonly layer: JailLayerName;
  readonly state: 'enforced' | 'partial' | 'absent';
  /** One sentence: what exactly holds, or why it does not. */
  readonly detail: string;
}

/**
 * Descriptor numbers in launcher and worker. 0 is /dev/null, 1 as well, 2 is a capped pipe for V8's own last words. `seal`
 * is /dev/null until the launcher puts the second filter there; the worker closes it before it is ready.
 */
export const DESCRIPTORS = { protocol: 3, workerBundle: 4, nativeAddon: 5, seal: 6 } as const;

/** Name of the anonymous file on `seal`, by which the worker knows that the launcher put a filter there. */
export const SEAL_NAME = 'carapace-seal';
