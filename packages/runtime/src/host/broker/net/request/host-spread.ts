import type { NetLimits } from '../net-limits.ts';
import { NetFailure } from '../net-refusal.ts';

/**
 * Counts where one call goes. A name below a wildcard reaches the DNS whether or not anybody answers, so the labels a skill
 * makes up are a way out for data (a label holds 63 characters): their length and number are bounded.
 */
export class HostSpread {
  readonly #limits: NetLimits;
  readonly #hosts = new Set<string>();
  readonly #labels = new Map<string, Set<string>>();

  constructor(limits: NetLimits) {
    this.#limits = limits;
  }

  /** @throws NetFailure `host-count`, `label-count`, `label-length`; then the visit is not counted */
  visit(target: string, wildcard: string | undefined): void {
    if (!this.#hosts.has(target) && this.#hosts.size >= this.#limits.maxHosts) throw NetFailure.of('host-count');
    if (wildcard !== undefined) this.#visitLabel(target.slice(0, target.indexOf('.')), wildcard);
    this.#hosts.add(target);
  }

  #visitLabel(label: string, wildcard: string): void {
    const remedy = `permissions.net: name the host itself beside "${wildcard}"`;
    if (label.length > this.#limits.maxWildcardLabelLength) throw NetFailure.of('label-length', remedy);
    const labels = this.#labels.get(wildcard) ?? new Set();
    if (!labels.has(label) && labels.size >= this.#limits.maxWildcardLabels) throw NetFailure.of('label-count', remedy);
    this.#labels.set(wildcard, labels.add(label));
  }
}
