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

/** The private directories of one skill, one for each tenant: what one of them had written must not be read for another. */
export class TenantData implements AsyncDisposable {
  readonly #place: Omit<SkillDataPlace, 'tenant'>;
  readonly #quota: { readonly quotaMiB: number; readonly files: number };
  readonly #open = new Map<string, Promise<MountRoot>>();
  #closed = false;

  constructor(place: Omit<SkillDataPlace, 'tenant'>, quota: { readonly quotaMiB: number; readonly files: number }) {
    this.#place = place;
    this.#quota = quota;
  }

  /** Opened with the tenant's first call. @throws MountRootError */
  mountFor(tenant: string): Promise<MountRoot> {
    if (this.#closed) throw new TypeError('Cannot open data: the skill is closed');
    const known = this.#open.get(tenant);
    if (known !== undefined) return known;
    const opening = openDataMount({ ...toPlace({ ...this.#place, tenant }), quota: this.#quota });
    this.#open.set(tenant, opening);
    // One that failed is tried again: the operator may have mended the directory.
    opening.catch(() => this.#open.delete(tenant));
    return opening;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true;
    for (const opened of await Promise.allSettled(this.#open.values())) {
      if (opened.status === 'fulfilled') opened.value[Symbol.dispose]();
    }
    this.#open.clear();
  }
}

/** A tenant is any printable text, so its directory is called by a digest; the usual one can be found by hand. */
function toPlace({ dataFolder, skill, tenant = DEFAULT_TENANT }: SkillDataPlace): DataPlace {
  const digest = createHash('sha256').update(tenant).digest('hex');
  const folder = tenant === DEFAULT_TENANT ? DEFAULT_TENANT : `tenant-${digest}`;
  return { dataRoot: `${dataFolder.replace(/\/+$/, '')}/${folder}`, skill };
}
