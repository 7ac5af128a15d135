import { globSync, readFileSync } from 'node:fs';
import { FS_CODES } from '../../packages/runtime/src/host/broker/fs/fs-codes.ts';
import { INTRINSIC_GLOBALS } from '../../packages/runtime/src/worker/permits.ts';
import { ABSENT, GUEST_NOTES } from './guest-notes.ts';
import { code, generatedFrom, markdownTable } from './markdown-table.ts';

const ENDOWMENTS = new URL('../../packages/runtime/src/worker/guest/endowments/', import.meta.url);

/** Names as the endowments declare them. Their modules run inside an isolate only, so the text is read. */
function endowedNames(): readonly string[] {
  const files = globSync('*.ts', { cwd: ENDOWMENTS.pathname }).filter((file) => !file.endsWith('.test.ts'));
  return files
    .map((file) => /^ {2}names: \[([^\]]*)\],$/m.exec(readFileSync(new URL(file, ENDOWMENTS), 'utf8'))?.[1] ?? '')
    .flatMap((list) => [...list.matchAll(/'([^']+)'/g)].map(([, name]) => name ?? ''))
    .toSorted();
}

function endowmentRows(): readonly (readonly string[])[] {
  const names = endowedNames();
  const stale = Object.keys(GUEST_NOTES).filter((name) => !names.includes(name));
  if (stale.length > 0) throw new Error(`Cannot document "${stale.join(', ')}": no endowment has that name`);
  return names.map((name) => {
    const note = GUEST_NOTES[name];
    if (note === undefined) throw new Error(`Cannot document "${name}": guest-notes.ts says nothing about it`);
    return [code(name), note];
  });
}

function posixList(): string {
  return [...new Set(Object.values(FS_CODES).map(({ posix }) => posix))].toSorted().map(code).join(', ');
}

/** The globals and modules of a skill. test/docs/guest-platform.test.ts compares it with a real one. */
export function guestPlatformPage(): string {
  return `${generatedFrom('the permits and endowments of the worker')}

# Guest platform

What JavaScript inside a skill can see. Everything else is removed before the skill is loaded, so a global that a newer V8
brings does not appear by itself. [Authoring](authoring.md) shows how to use it.

## Added by carapace

${markdownTable(['global', 'notes'], endowmentRows())}

## Of the language

${INTRINSIC_GLOBALS.map(code).join(', ')}.

\`eval\` and \`Function\` work and give no more rights than the skill has. \`import()\` is not supported; static imports are
resolved among the modules below.

## Not there

${markdownTable(
  ['global', 'instead'],
  ABSENT.map(([name, instead]) => [code(name), instead]),
)}

## Modules

\`node:fs/promises\` (also \`fs/promises\`) and \`node:fs\` (also \`fs\`; only \`promises\` and \`constants\`) exist when the skill was
granted at least one mount. Importing them without one fails the load. No other module exists: everything else is bundled.

| function | differences from Node |
| --- | --- |
| \`readFile(path, options?)\` | \`Uint8Array\`, or text with \`'utf8'\`; other encodings are refused; option \`signal\` |
| \`readdir(path, options?)\` | names sorted, or \`withFileTypes\`; granted names only; no \`recursive\`; option \`signal\` |
| \`stat(path, options?)\` | \`size\`, \`mtimeMs\`, \`mtime\` in whole seconds, \`isFile()\`, \`isDirectory()\`, \`isSymbolicLink()\`; no owner, mode or inode |
| \`access(path, mode?)\` | \`W_OK\` is always refused |
| \`constants\` | \`F_OK\`, \`R_OK\`, \`W_OK\`, \`X_OK\` |

Paths are virtual: \`/<mount>/…\`, absolute, strings only, without \`.\`, \`..\`, empty names, backslashes or control characters. \`/\` lists
the mounts. Links are never followed. Errors have Node's shape with \`code\` one of ${posixList()}; \`carapaceCode\` says
more ([error codes](errors.md#files)).
`;
}
