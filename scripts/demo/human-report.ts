import { styleText } from 'node:util';
import { assertNever } from '@carapace/manifest';
import { type AuditEvent, explainEvent } from '@carapace/runtime';
import type { DemoStep } from './demo-step.ts';

type Style = Parameters<typeof styleText>[0];
type Write = (text: string) => void;

/** The last records of the audit trail that are shown; the summary line gives the number of all. */
const AUDIT_LINES = 12;
const RESULT_LINES = 24;

export interface HumanReport {
  step(step: DemoStep): void;
  end(): { readonly allStopped: boolean };
}

/** Prints each step as it happens. Colour only where the stream is a terminal that wants it. */
export function createHumanReport(write: Write, stream: NodeJS.WriteStream): HumanReport {
  const paint = (style: Style, text: string): string => styleText(style, text, { stream });
  let attacksBegun = false;
  let failed = 0;
  let attacks = 0;
  return {
    step: (step) => {
      switch (step.kind) {
        case 'protected':
          return printProtection(step, write, paint);
        case 'asked':
          return printAsked(step, write, paint);
        case 'called':
          return printCall(step, write, paint);
        case 'attacked':
          if (!attacksBegun) write(title('3. A hostile skill, attack by attack', paint));
          attacksBegun = true;
          attacks += 1;
          failed += step.stopped ? 0 : 1;
          return printAttack(step, write, paint);
        case 'audited':
          return printAudit(step.events, write, paint);
        default:
          return assertNever(step);
      }
    },
    end: () => {
      const verdict =
        failed === 0
          ? paint('green', `${attacks} of ${attacks} attacks stopped`)
          : paint('red', `${failed} of ${attacks} attacks NOT stopped`);
      write(`\n${verdict}. Next: README.md to embed it, examples/skills to write a skill.\n`);
      return { allStopped: failed === 0 };
    },
  };
}

type Paint = (style: Style, text: string) => string;
type Step<Kind extends DemoStep['kind']> = Extract<DemoStep, { kind: Kind }>;

function title(text: string, paint: Paint): string {
  return `\n${paint('bold', text)}\n`;
}

function printProtection({ startMs, protection, attempts }: Step<'protected'>, write: Write, paint: Paint): void {
  write(
    title(
      `4. What stood around every call: protection "${protection.level}" (tested and booted in ${startMs} ms)`,
      paint,
    ),
  );
  for (const { layer, state, detail } of protection.layers) {
    write(`   ${paint(state === 'enforced' ? 'green' : 'yellow', state.padEnd(9))} ${layer.padEnd(18)} ${detail}\n`);
  }
  const denied = attempts.filter(({ outcome }) => outcome === 'denied').map(({ name }) => name);
  write(
    `   self-test: ${denied.length} of ${attempts.length} forbidden actions denied inside the jail (${denied.join(', ')})\n`,
  );
}

function printAsked(
  { skill, version, description, risk, permissions, folder }: Step<'asked'>,
  write: Write,
  paint: Paint,
): void {
  write(title(`1. What the skill asks for: ${skill} ${version}, risk ${risk}`, paint));
  write(`   ${description}\n`);
  for (const { level, text, reasons, authorReason } of permissions) {
    write(`   ${paint(level === 'low' ? 'green' : 'yellow', level.padEnd(8))} ${text}\n`);
    for (const reason of reasons) write(`            ${paint('dim', reason)}\n`);
    if (authorReason !== undefined) write(`            ${paint('dim', `the author says: ${authorReason}`)}\n`);
  }
  write(`   granted for this demo, with ${folder} in the place of that folder\n`);
  write(title('2. Calling it on real files: what the model would get', paint));
}

function printCall({ tool, input, ms, result }: Step<'called'>, write: Write, paint: Paint): void {
  const { wallMs, cpuMs, peakMemoryMiB, brokerCalls } = result.usage;
  write(`   ${paint('cyan', `${tool} ${JSON.stringify(input)}`)}  ${ms} ms\n`);
  if (tool === 'search') {
    write(indent(JSON.stringify(result.toAnthropic(), null, 2).replaceAll('\\n', '\n')));
  } else {
    const lines = result.toText().split('\n');
    write(indent(lines.slice(0, RESULT_LINES).join('\n')));
    if (lines.length > RESULT_LINES) write(`     ${paint('dim', `… ${lines.length - RESULT_LINES} more lines`)}\n`);
  }
  write(
    `   ${paint('dim', `used ${wallMs} ms, ${cpuMs} ms cpu, ${peakMemoryMiB} MiB, ${brokerCalls} host calls; protection ${result.provenance.protection.level}`)}\n\n`,
  );
}

function printAttack({ tool, tries, ms, stopped, by, code }: Step<'attacked'>, write: Write, paint: Paint): void {
  const mark = stopped ? paint('green', 'stopped') : paint('red', 'NOT STOPPED');
  const how = code === undefined ? by : `${by}: ${code}`;
  write(`   ${mark} ${tool.padEnd(24)} ${tries}\n           ${paint('dim', `${how} (${ms} ms)`)}\n`);
}

function printAudit(events: readonly AuditEvent[], write: Write, paint: Paint): void {
  write(title(`5. The audit trail: ${events.length} records, the last ${AUDIT_LINES}`, paint));
  for (const event of events.slice(-AUDIT_LINES)) write(`   ${explainEvent(event)}\n`);
}

function indent(text: string): string {
  return `${text.replaceAll(/^/gm, '     ')}\n`;
}
