import { FS_CODES } from '../../packages/runtime/src/host/broker/fs/fs-codes.ts';
import { MODULE_EXPORTS } from '../../packages/runtime/src/worker/permits.ts';
import { FS_NOTES, FS_REFUSED, HANDLE_NOTES } from './fs-notes.ts';
import { code, markdownTable } from './markdown-table.ts';

function promiseRows(): readonly (readonly string[])[] {
  const exported = exportsOf('node:fs/promises');
  const told = [...Object.keys(FS_NOTES), ...FS_REFUSED].toSorted();
  if (told.join() !== exported.toSorted().join()) {
    const odd = [...exported, ...told].filter((name) => !(exported.includes(name) && told.includes(name)));
    throw new Error(`Cannot document "node:fs/promises": fs-notes.ts and its exports differ in "${odd.join(', ')}"`);
  }
  return Object.entries(FS_NOTES).map(([name, note]) => [code(name), note]);
}

/** Functions of `node:fs` that take a callback: those that the promises have too and that do not say no. */
function callbackForms(): readonly string[] {
  const promised = Object.keys(FS_NOTES).filter((name) => !['constants', 'open', 'opendir'].includes(name));
  return exportsOf('node:fs').filter((name) => promised.includes(name));
}

function exportsOf(module: string): readonly string[] {
  return (MODULE_EXPORTS[module] ?? []).filter((name) => name !== 'default');
}

function posixList(): string {
  return [...new Set(Object.values(FS_CODES).map(({ posix }) => posix))].toSorted().map(code).join(', ');
}

/** What a skill may import. */
export function guestModulesSection(): string {
  return `## Modules

\`node:fs/promises\` (also \`fs/promises\`) and \`node:fs\` (also \`fs\`) exist when the skill was granted at least one mount. Importing
them without one fails the load. No other module exists: everything else is bundled, with the build of a library for browsers or workers
where it has one. \`Buffer\`, \`process\` and modules such as \`node:path\` are not there to be found; a bundler's own
(\`path-browserify\`, \`buffer\`) work. The [conformance page](conformance.md) lists libraries that are known to work.

${markdownTable(['export of `node:fs/promises`', 'differences from Node'], promiseRows())}

${FS_REFUSED.map(code).join(', ')} exist and fail with \`ERR_FEATURE_UNAVAILABLE_ON_PLATFORM\`.

| method of a \`FileHandle\` | |
| --- | --- |
${HANDLE_NOTES.map(([method, note]) => `| ${code(method)} | ${note} |`).join('\n')}

The operations on one handle run one after another. A handle ends with its call. A file opened with \`w\` takes the place of the old
one when it is closed; if the call ends first, the old one stays as it was.

\`node:fs\` has \`promises\`, \`constants\`, the callback forms of ${callbackForms().map(code).join(', ')}, and two streams:

- \`createReadStream(path, { start, end, highWaterMark, encoding, signal })\` gives a web stream. \`for await\` over it works as over Node's;
  \`on\` and \`pipe\` do not exist.
- \`createWriteStream(path, { flags, start, encoding })\` gives a web stream that takes text and bytes:
  \`await response.body.pipeTo(createWriteStream('/work/file'))\`. The file is there once the stream has been closed. Aborting it leaves
  the old one.

What ends in \`Sync\`, and all that works with numbers for files, exists and fails like the functions above: nothing in an isolate can
wait for the host.

Paths are virtual: \`/<mount>/…\`, absolute, strings only, without \`.\`, \`..\`, empty names, backslashes or control characters. \`/\` lists
the mounts. Links are never followed. Errors have Node's shape with \`code\` one of ${posixList()}, or \`ENAMETOOLONG\`; \`carapaceCode\` says
more ([error codes](errors.md#files)).`;
}
