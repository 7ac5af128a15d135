import { DESCRIPTORS } from '../jail/jail-spec.ts';

/**
 * isolated-vm's native part, loaded from the descriptor that the host opened: inside the jail no module path resolves, and
 * the bytes that were opened are the bytes that run. The build puts this file in the place of the `isolated-vm` import.
 */
const holder: { exports: { ivm?: unknown } } = { exports: {} };
process.dlopen(holder, `/proc/self/fd/${DESCRIPTORS.nativeAddon}`);

const ivm: unknown = holder.exports.ivm;

// oxlint-disable-next-line import/no-default-export -- stands in for a module whose one export is the default
export default ivm;
