/**
 * koffi's native part without its wrapper, which costs the launcher a fifth of its start. The build puts this file in the
 * place of the `koffi` import of the launcher; where the file lies is its second argument, from the host.
 */
const holder: { exports: unknown } = { exports: {} };
process.dlopen(holder, process.argv[3] ?? '');

const koffi: unknown = holder.exports;

// oxlint-disable-next-line import/no-default-export -- stands in for a module whose one export is the default
export default koffi;
