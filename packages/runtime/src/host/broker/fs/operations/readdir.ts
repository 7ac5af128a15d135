import type { FsDone } from '../fs-outcome.ts';
import type { NameIterator } from '../fs-powers.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { type ListEntry, toListEntry } from '../list-entry.ts';
import { openNamesBeneath } from '../open-beneath.ts';
import { type MountRequest, openGranted } from '../open-granted.ts';

/** Sorted by UTF-16 code unit. `truncated`: the directory holds more than was looked at. */
export interface Listing {
  readonly entries: readonly ListEntry[];
  readonly truncated: boolean;
}

/**
 * Lists granted names, and directories on the way to granted names. Names that no guest path can spell (invalid UTF-8,
 * control characters, bidi controls, backslash) are left out.
 */
export async function readdir(request: MountRequest): Promise<FsDone | FsRefusal> {
  const { root, handles } = request;
  if (handles.isFull) return refuse('open-handles');
  const directory = openGranted(request, 'list', 'directory');
  if (directory.kind === 'refused') return directory;
  const ended = Promise.withResolvers<void>();
  const running: AsyncDisposable = { [Symbol.asyncDispose]: () => ended.promise };
  handles.add(running);
  try {
    // Held until the listing has a descriptor of its own: until then the pin's number must stay taken.
    using pin = directory.handle;
    await using names = await openNamesBeneath(root, request.path.components, pin);
    return await collectListing(names, request);
  } finally {
    handles.remove(running);
    ended.resolve();
  }
}

/** Bounded twice: by what is returned, and by what is looked at, since a million excluded names cost time as well. */
async function collectListing(names: NameIterator, request: MountRequest): Promise<FsDone | FsRefusal> {
  const { limits, handles } = request;
  const entries: ListEntry[] = [];
  let truncated = false;
  for (let scanned = 0; ; scanned += 1) {
    const found = await names.next();
    if (found === undefined) break;
    if (handles.isClosed) return refuse('broker-closed');
    if (scanned >= limits.maxScannedEntries) {
      truncated = true;
      break;
    }
    const entry = toListEntry(found, request);
    if (entry === undefined) continue;
    if (entries.length >= limits.maxListEntries) {
      truncated = true;
      break;
    }
    entries.push(entry);
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { kind: 'done', value: { entries, truncated } satisfies Listing };
}
