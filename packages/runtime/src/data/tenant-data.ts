import { createHash } from 'node:crypto';
import type { MountRoot } from '../host/broker/fs/mount-root.ts';
import type { DataPlace } from './data-directory.ts';
import { type DataInspection, inspectData } from './inspect-data.ts';
import { openDataMount } from './open-data-mount.ts';
import { wipeData } from './wipe-data.ts';

/** Whose private data. */
export interface SkillDataPlace {
  /** Absolute directory of the operator: `dataFolder` of the runtime. */
  readonly dataFolder: string;
  /** Name of the skill. */
  readonly skill: string;
  /** Default: that of calls which name none. */
  readonly tenant?: string;
}

const DEFAULT_TENANT = 'default';

/**
 * Looks at what a skill keeps for a tenant. Nothing is opened for reading.
 *
 * @throws MountRootError `ERR_CARAPACE_RUNTIME_MOUNT_DATA` for a name that is none, or a directory that cannot be opened
 */
export async function inspectSkillData(place: SkillDataPlace): Promise<DataInspection> {
  return await inspectData(toPlace(place));
}

/**
 * Removes everything that a skill keeps for a tenant. A loaded skill goes on with an empty directory.
 *
 * @throws MountRootError `ERR_CARAPACE_RUNTIME_MOUNT_DATA` for a name that is none, or a directory that cannot be opened
 */
export async function wipeSkillData(place: SkillDataPlace): Promise<void> {
  await wipeData(toPlace(place));
}

/** A tenant's directory for the time of one call. */
export interface DataLease extends Disposable {
  readonly root: MountRoot;
}

interface OpenData {
  readonly root: Promise<MountRoot>;
  users: number;
}

/** Directories that stay open though nobody uses them: each holds descriptors, and tenants may be many. */
const MAX_IDLE = 32;

/** The private directories of one skill, one for each tenant: what one of them had written must not be read for another. */
export class TenantData implements AsyncDisposable {
  readonly #place: Omit<SkillDataPlace, 'tenant'>;
  readonly #quota: { readonly quotaMiB: number; readonly files: number };
  /** In the order of their last use. */
  readonly #open = new Map<string, OpenData>();
  #closed = false;

  constructor(place: Omit<SkillDataPlace, 'tenant'>, quota: { readonly quotaMiB: number; readonly files: number }) {
    this.#place = place;
    this.#quota = quota;
  }

  /** Directories that are open, used or not. */
  get size(): number {
    return this.#open.size;
  }

  /** Opened with the tenant's first call; dispose the lease when the call has ended. @throws MountRootError */
  async lease(tenant: string): Promise<DataLease> {
    if (this.#closed) throw new TypeError('Cannot open data: the skill is closed');
    const entry = this.#open.get(tenant) ?? this.#openFor(tenant);
    // Behind the others: the one that was used last goes last.
    this.#open.delete(tenant);
    this.#open.set(tenant, entry);
    entry.users += 1;
    try {
      const root = await entry.root;
      return { root, [Symbol.dispose]: () => this.#release(entry) };
    } catch (error) {
      // One that failed is tried again: the operator may have mended the directory.
      if (this.#open.get(tenant) === entry) this.#open.delete(tenant);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    const open = [...this.#open.values()];
    this.#open.clear();
    await Promise.all(open.map(close));
  }

  #openFor(tenant: string): OpenData {
    return { root: openDataMount({ ...toPlace({ ...this.#place, tenant }), quota: this.#quota }), users: 0 };
  }

  #release(entry: OpenData): void {
    entry.users -= 1;
    const idle = [...this.#open].filter(([, { users }]) => users === 0);
    for (const [tenant, unused] of idle.slice(0, Math.max(0, idle.length - MAX_IDLE))) {
      this.#open.delete(tenant);
      void close(unused);
    }
  }
}

async function close({ root }: OpenData): Promise<void> {
  const [opened] = await Promise.allSettled([root]);
  if (opened.status === 'fulfilled') opened.value[Symbol.dispose]();
}

/** A tenant is any printable text, so its directory is called by a digest; the usual one can be found by hand. */
function toPlace({ dataFolder, skill, tenant = DEFAULT_TENANT }: SkillDataPlace): DataPlace {
  const digest = createHash('sha256').update(tenant).digest('hex');
  const folder = tenant === DEFAULT_TENANT ? DEFAULT_TENANT : `tenant-${digest}`;
  return { dataRoot: `${dataFolder.replace(/\/+$/, '')}/${folder}`, skill };
}
