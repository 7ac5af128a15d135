/**
 * What a launcher is told about the place that it was started in. The launcher does the same in both; it only reports what it
 * finds.
 */
export type EnclosureSpec =
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'namespaces';
      /** The namespaces of the host: what is still the same inside is no wall. */
      readonly outside: NamespaceIds;
      /** Descriptor of the host's /proc, through which the launcher learns the number that the host knows it by. */
      readonly hostProcDescriptor: number;
      /** Inside a user namespace of its own, so that bubblewrap needs no privilege. */
      readonly userNamespace: boolean;
    };

/** Kernel names of the namespaces that every enclosed worker must have for itself. */
export const REQUIRED_NAMESPACES = ['mnt', 'pid', 'net', 'ipc', 'uts', 'cgroup'] as const;
/** One of REQUIRED_NAMESPACES, or `user`, which only an unprivileged host needs. */
export type NamespaceName = (typeof REQUIRED_NAMESPACES)[number] | 'user';

/** Identity of each namespace, as /proc/self/ns spells it; a namespace that the kernel lacks is missing. */
export type NamespaceIds = Readonly<Partial<Record<NamespaceName, string>>>;

/** How the host starts a worker's process. */
export type Enclosure =
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'bubblewrap';
      /** Absolute path of bwrap, judged by `findTrustedProgram`. */
      readonly program: string;
      /** Everything before the launcher's own command line. */
      readonly arguments: readonly string[];
      readonly userNamespace: boolean;
      readonly outside: NamespaceIds;
    };
