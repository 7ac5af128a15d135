import { styleText } from 'node:util';
import { assertNever } from '@carapace/manifest';
import { type AuditEvent, explainEvent } from '@carapace/runtime';
import type { DemoStep } from './demo-step.ts';

type Style = Parameters<typeof styleText>[0];
type Write = (text: string) => void;

/** The skill whose records are shown; the title gives the number of all. */
const AUDITED = 'github-issues';
const LONGEST_RECORD = 180;
const RESULT_LINES = 24;

export interface HumanReport {
  step(step: DemoStep): void;
  /** True when every attack was stopped and everything that was looked up was as promised. */
  end(): { readonly allGood: boolean };
}

/** Prints each step as it happens. Colour only where the stream is a terminal that wants it. */
export function createHumanReport(write: Write, stream: NodeJS.WriteStream): HumanReport {
  const paint = (style: Style, text: string): string => styleText(style, text, { stream });
  let sections = 0;
  const open = (text: string): void => {
    sections += 1;
    write(`\n${paint('bold', `${sections}. ${text}`)}\n`);
  };
  const attacks = { stopped: 0, all: 0 };
  let refuted = 0;
  return {
    step: (step) => {
      switch (step.kind) {
        case 'protected':
          open(
            `What stood around every call: protection "${step.protection.level}" (tested and booted in ${step.startMs} ms)`,
          );
          return printProtection(step, write, paint);
        case 'asked':
          open(`${step.skill} ${step.version}: what it asks for, risk ${step.risk}, and what its calls give the model`);
          return printAsked(step, write, paint);
        case 'called':
          return printCall(step, write, paint);
        case 'observed':
          refuted += step.holds ? 0 : 1;
          return printObserved(step, write, paint);
        case 'attacked':
          if (attacks.all === 0) open('Hostile skills, attack by attack');
          attacks.all += 1;
          attacks.stopped += step.stopped ? 1 : 0;
          return printAttack(step, write, paint);
        case 'audited':
          open(`The audit trail: ${step.events.length} records, among them those of ${AUDITED}`);
          return printAudit(step.events, write);
        default:
          return assertNever(step);
      }
    },
    end: () => {
      const { all, stopped } = attacks;
      const verdicts = [
        stopped === all
          ? paint('green', `${all} of ${all} attacks stopped`)
          : paint('red', `${all - stopped} of ${all} attacks NOT stopped`),
        ...(refuted === 0 ? [] : [paint('red', `${refuted} promises NOT kept`)]),
      ];
      write(`\n${verdicts.join(', ')}. Next: README.md to embed it, examples/skills to write a skill.\n`);
      return { allGood: stopped === all && refuted === 0 };
    },
  };
}

type Paint = (style: Style, text: string) => string;
type Step<Kind extends DemoStep['kind']> = Extract<DemoStep, { kind: Kind }>;

function printProtection({ protection, attempts }: Step<'protected'>, write: Write, paint: Paint): void {
  for (const { layer, state, detail } of protection.layers) {
    write(`   ${paint(state === 'enforced' ? 'green' : 'yellow', state.padEnd(9))} ${layer.padEnd(18)} ${detail}\n`);
  }
  const denied = attempts.filter(({ outcome }) => outcome === 'denied').map(({ name }) => name);
  write(
    `   self-test: ${denied.length} of ${attempts.length} forbidden actions denied inside the jail (${denied.join(', ')})\n`,
  );
}

function printAsked({ description, permissions, granted }: Step<'asked'>, write: Write, paint: Paint): void {
  write(`   ${description}\n`);
  for (const { level, text, reasons, authorReason } of permissions) {
    write(`   ${paint(level === 'low' ? 'green' : 'yellow', level.padEnd(8))} ${text}\n`);
    for (const reason of reasons) write(`            ${paint('dim', reason)}\n`);
    if (authorReason !== undefined) write(`            ${paint('dim', `the author says: ${authorReason}`)}\n`);
  }
  write(`   granted for this demo: ${granted}\n`);
}

function printCall({ tool, input, ms, result }: Step<'called'>, write: Write, paint: Paint): void {
  const { wallMs, cpuMs, peakMemoryMiB, brokerCalls } = result.usage;
  write(`\n   ${paint('cyan', `${tool} ${JSON.stringify(input)}`)}  ${ms} ms\n`);
  if (tool === 'search') {
    write(indent(JSON.stringify(result.toAnthropic(), null, 2).replaceAll('\\n', '\n')));
  } else {
    const lines = result.toText().split('\n');
    write(indent(lines.slice(0, RESULT_LINES).join('\n')));
    if (lines.length > RESULT_LINES) write(`     ${paint('dim', `… ${lines.length - RESULT_LINES} more lines`)}\n`);
  }
  write(
    `   ${paint('dim', `used ${wallMs} ms, ${cpuMs} ms cpu, ${peakMemoryMiB} MiB, ${brokerCalls} host calls; protection ${result.provenance.protection.level}`)}\n`,
  );
}

function printObserved({ what, holds, detail }: Step<'observed'>, write: Write, paint: Paint): void {
  write(`   ${holds ? paint('green', 'yes') : paint('red', 'NO')} ${what}\n       ${paint('dim', detail)}\n`);
}

function printAttack({ tool, tries, ms, stopped, by, code }: Step<'attacked'>, write: Write, paint: Paint): void {
  const mark = stopped ? paint('green', 'stopped') : paint('red', 'NOT STOPPED');
  const how = code === undefined ? by : `${by}: ${code}`;
  write(`   ${mark} ${tool.padEnd(24)} ${tries}\n           ${paint('dim', `${how} (${ms} ms)`)}\n`);
}

function printAudit(events: readonly AuditEvent[], write: Write): void {
  for (const event of events) {
    if (!('skill' in event) || event.skill !== AUDITED) continue;
    const line = explainEvent(event);
    write(`   ${line.length <= LONGEST_RECORD ? line : `${line.slice(0, LONGEST_RECORD)}…`}\n`);
  }
}

function indent(text: string): string {
  return `${text.replaceAll(/^/gm, '     ')}\n`;
}
