import { ENDOWMENT_MEMBERS, GRANTED_GLOBALS } from '../../packages/runtime/src/worker/endowment-members.ts';
import { INTRINSIC_GLOBALS } from '../../packages/runtime/src/worker/permits.ts';
import { guestModulesSection } from './guest-modules-section.ts';
import { ABSENT, GUEST_NOTES } from './guest-notes.ts';
import { code, generatedFrom, markdownTable } from './markdown-table.ts';

/** What is said about each name, in the order of the names: none may be left without, and no note without a name. */
function notesOf(
  names: readonly string[],
  notes: Readonly<Record<string, string>>,
): readonly (readonly [name: string, note: string])[] {
  const stale = Object.keys(notes).filter((name) => !names.includes(name));
  if (stale.length > 0) throw new Error(`Cannot document "${stale.join(', ')}": the guest has no such name`);
  return names.toSorted().map((name) => {
    const note = notes[name];
    if (note === undefined) throw new Error(`Cannot document "${name}": guest-notes.ts says nothing about it`);
    return [name, note];
  });
}

function endowmentRows(): readonly (readonly string[])[] {
  return notesOf(Object.keys(ENDOWMENT_MEMBERS), GUEST_NOTES).map(([name, note]) => [
    code(name),
    membersOf(name),
    note,
  ]);
}

/** Own members as `URL.parse`, those of instances as `.href`; symbols only repeat the language. */
function membersOf(name: string): string {
  const members = (ENDOWMENT_MEMBERS[name] ?? []).filter((member) => !member.includes('Symbol('));
  const own = members.filter((member) => !member.startsWith('prototype.')).map((member) => `${name}.${member}`);
  const instance = members
    .filter((member) => member.startsWith('prototype.'))
    .map((member) => member.slice('prototype'.length));
  return [...own, ...instance].map(code).join(', ');
}

/** The globals and modules of a skill. test/docs/guest-platform.test.ts compares it with a real one. */
export function guestPlatformPage(): string {
  return `${generatedFrom('the permits and endowments of the worker')}

# Guest platform

What JavaScript inside a skill can see. Everything else is removed before the skill is loaded, so a global that a newer V8
brings does not appear by itself. [Authoring](authoring.md) shows how to use it.

## Added by carapace

${markdownTable(['global', 'members', 'notes'], endowmentRows())}

Members with a leading dot are those of instances.

## With a granted host

${GRANTED_GLOBALS.map(code).join(', ')} exists when the skill was granted at least one host. What leaves the isolate is a URL, a method, headers and bytes; the
host decides about each, and about every redirect again. No other option than those of the Fetch Standard is read.

A failed \`fetch\` rejects with a \`TypeError\` whose \`cause.code\` and \`carapaceCode\` are the host's [code](errors.md) and whose \`cause.message\`
says what to do. An abort rejects with the reason of the signal. A response that nobody reads to its end keeps its connection until the
call ends or \`response.body.cancel()\` is called. \`text()\`, \`json()\`, \`bytes()\` and the like are one request to the host; reading
\`response.body\` is one for each piece, and a piece is asked for only when somebody waits for it. A request body above
256 KiB, and a stream, goes out in pieces.

## Of the language

${INTRINSIC_GLOBALS.map(code).join(', ')}.

\`eval\` and \`Function\` work and give no more rights than the skill has. \`import()\` is not supported; static imports are
resolved among the modules below.

## Not there

${markdownTable(
  ['global', 'instead'],
  ABSENT.map(([name, instead]) => [code(name), instead]),
)}

${guestModulesSection()}
`;
}
