import { type Isolation, strongestIsolation } from '@carapace/manifest/base';
import { RuntimeFailure } from '../errors.ts';

/** Who set the weakest isolation, for the message. */
export interface IsolationBound {
  readonly weakest: Isolation;
  readonly setBy: string;
}

/**
 * What a wish for an isolation comes to. It may be as weak as its bound and any stronger; without a wish it is the bound.
 *
 * @throws RuntimeFailure ERR_CARAPACE_RUNTIME_ISOLATION for a weaker one: nobody gets less isolation than was decided above
 */
export function chooseIsolation(wish: Isolation | undefined, { weakest, setBy }: IsolationBound): Isolation {
  if (wish === undefined || strongestIsolation(wish, weakest) === wish) return wish ?? weakest;
  throw new RuntimeFailure(
    'ERR_CARAPACE_RUNTIME_ISOLATION',
    `Cannot run skill with isolation "${wish}": ${setBy} allows "${weakest}" at the weakest`,
  );
}

/** The weakest isolation of a skill: what the operator and its own manifest allow, whichever is stronger. */
export function isolationBound(runtime: Isolation, manifest: Isolation): IsolationBound {
  const weakest = strongestIsolation(runtime, manifest);
  return { weakest, setBy: weakest === runtime ? 'the runtime' : 'its manifest' };
}
