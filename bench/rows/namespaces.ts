import { createRuntime, type Runtime, type RuntimeOptions } from '@carapace/runtime';
import { Unavailable } from '../harness/row.ts';

const LAYER = 'namespaces';

/** A runtime whose workers are started without namespaces, although the machine may have them. */
export async function createWithoutNamespaces(options: RuntimeOptions): Promise<Runtime> {
  const runtime = await createRuntime({ ...options, namespaces: 'off' });
  if (stateOf(runtime) === undefined) {
    await runtime.close();
    throw new Unavailable('there is no such layer to leave out');
  }
  return runtime;
}

/** What a reader of a row with default options has to know. */
export function namespaceNote(runtime: Runtime): string {
  return stateOf(runtime) === 'enforced' ? 'with namespaces' : 'this machine has no namespaces to give';
}

function stateOf({ protection }: Runtime): string | undefined {
  return protection.layers.find(({ layer }) => layer === LAYER)?.state;
}
