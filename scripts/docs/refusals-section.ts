import { RESULT_CODES } from '@carapace/runtime';
import { FS_CODES } from '../../packages/runtime/src/host/broker/fs/fs-codes.ts';
import { FS_RULES } from '../../packages/runtime/src/host/broker/fs/fs-rules.ts';
import { NET_CODES, NET_RULES } from '../../packages/runtime/src/host/broker/net/net-codes.ts';
import { SECRET_CODES, SECRET_RULES } from '../../packages/runtime/src/secrets/secret-codes.ts';
import { anchored, code, markdownTable } from './markdown-table.ts';

/** What the tables of all three families of refusals say about a code. */
interface RefusalRow {
  readonly category: string;
  readonly toSkill: string;
}

/** A code that a result can have stands in the table of results already; an anchor may stand on a page only once. */
function anchoredOnce(name: string): string {
  return Object.hasOwn(RESULT_CODES, name) ? `[${code(name)}](#${name.toLowerCase()})` : anchored(name);
}

function rulesOf(name: string, rules: Readonly<Record<string, string>>): string {
  const found = Object.entries(rules).flatMap(([rule, itsCode]) => (itsCode === name ? [code(rule)] : []));
  return found.join(', ');
}

function refusalTable<Row extends RefusalRow>(
  codes: Readonly<Record<string, Row>>,
  rules: Readonly<Record<string, string>>,
  guest: readonly [head: string, cell: (row: Row, name: string) => string],
): string {
  const cells = Object.entries(codes).map(([name, row]) => {
    return [anchoredOnce(name), code(guest[1](row, name)), row.category, row.toSkill, rulesOf(name, rules)];
  });
  return markdownTable(['`carapaceCode`', guest[0], 'category', 'sentence', 'rules'], cells);
}

/** Codes that a skill sees, the rules behind each, and where the operator reads what would allow it. */
export function refusalsSection(): string {
  return `## Refusals

What the host refuses of a file or a request is an error inside the skill. The skill gets the code and the sentence, and nothing else. The
operator gets the audit record \`broker-decision\` with the **rule** that said no and, where one line of manifest, grant or option would
allow it, a **remedy**: that line.

| no, because | remedy in the audit record |
| --- | --- |
| a file is outside the grant, or the access word is missing | the entry of \`permissions.fs\` to extend |
| a host, port, method, path or query parameter is not granted | the entry of \`permissions.net\` that would cover it |
| the address is one of a private network | the entry of \`network.privateHosts\` of \`createRuntime\` |
| a placeholder goes to another host, port or path | the entry of \`permissions.secrets\` that would cover it |
| a secret has no value, a signer does not exist | what is missing among the operator's sources or signers |
| a budget for files or the quota of private data is spent | the limit to raise |

A spent budget also ends the call.

### Files

\`node:fs/promises\` rejects with an error in Node's shape: \`code\` is the POSIX name, \`path\` the virtual path, \`carapaceCode\` the code below.

${refusalTable(FS_CODES, FS_RULES, ['`code`', ({ posix }) => posix])}

### Network

\`fetch\` rejects with a \`TypeError\` as the Fetch Standard says, or with the reason of the signal after an abort. \`carapaceCode\` and
\`cause.code\` are the code below, \`cause.message\` is the sentence.

${refusalTable(NET_CODES, NET_RULES, ['error', ({ guest }) => guest])}

### Secrets

The same, where a placeholder is involved or a value of the host was found in a request. A write to a file that holds a value
rejects with an error of the file functions.

${refusalTable(SECRET_CODES, SECRET_RULES, ['error', ({ guest }, name) => (name.endsWith('_FILE') ? 'EACCES' : guest)])}`;
}
