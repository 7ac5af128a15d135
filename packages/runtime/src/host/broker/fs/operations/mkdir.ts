import { bookName, tooDeep } from '../book-change.ts';
import { ruleOfErrno } from '../errno-rule.ts';
import { DONE, type FsResult } from '../fs-outcome.ts';
import { concealUnmatched } from '../fs-policy.ts';
import { errnoOf } from '../fs-powers.ts';
import { type FsRefusal, refuse } from '../fs-refusal.ts';
import { openBeneath } from '../open-beneath.ts';
import { admit, type MountRequest } from '../open-granted.ts';
import { PinnedParent, pinParent } from '../pin-parent.ts';

/** For the host's user alone. */
const DIRECTORY_MODE = 0o700;

/** `recursive` makes what is missing on the way and accepts a directory that exists. Each level has to be granted. */
export async function mkdir(request: MountRequest, recursive: boolean): Promise<FsResult> {
  const { components } = request.path;
  if (components.length === 0) return recursive ? DONE : refuse('exists');
  const deep = tooDeep(components, request);
  if (deep !== undefined) return deep;
  for (let length = recursive ? 1 : components.length; length <= components.length; length += 1) {
    const level = { ...request, path: { components: components.slice(0, length), mustBeDirectory: true } };
    const isLast = length === components.length;
    const refused = await request.root.changes.take(() => makeLevel(level, recursive, isLast));
    if (refused !== undefined) return refused;
  }
  return DONE;
}

/** A level on the way that exists needs no right to create it: it may be a parent of what is granted. */
function makeLevel(request: MountRequest, recursive: boolean, isLast: boolean): FsRefusal | undefined {
  if (request.handles.isClosed) return refuse('broker-closed');
  if (!isLast && openDirectoryExists(request)) return undefined;
  const admission = admit(request, 'make-directory');
  if (admission.kind === 'refused') return admission;
  const found = openBeneath(request.root, request.path, 'inspect');
  if (found.kind !== 'refused') {
    found.handle[Symbol.dispose]();
    return recursive ? undefined : refuse('exists');
  }
  if (found.rule === 'not-directory') {
    return concealUnmatched(admission.scope === 'through' ? found : refuse('exists'), admission.scope);
  }
  return found.rule === 'not-found' ? makeDirectory(request) : concealUnmatched(found, admission.scope);
}

function openDirectoryExists({ root, path }: MountRequest): boolean {
  const entry = openBeneath(root, path, 'directory');
  if (entry.kind === 'refused') return false;
  entry.handle[Symbol.dispose]();
  return true;
}

function makeDirectory(request: MountRequest): FsRefusal | undefined {
  const { root, path } = request;
  const found = pinParent(root, path.components);
  if (!(found instanceof PinnedParent)) return found;
  using parent = found;
  const booked = bookName(request, parent.directory);
  if (booked !== undefined) return booked;
  try {
    root.powers.makeDirectory(parent.pathOf(), DIRECTORY_MODE);
    return undefined;
  } catch (error) {
    root.quota?.release(0, 1);
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return refuse(ruleOfErrno(errno));
  }
}
