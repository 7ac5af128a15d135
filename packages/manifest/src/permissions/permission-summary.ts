import { decodeALabel } from '../a-label.ts';
import { DEFAULT_ISOLATION, type Isolation } from '../isolation.ts';
import type {
  DataPermission,
  FsAccess,
  FsPermission,
  HttpMethod,
  NetPermission,
  PermissionSet,
  SecretPermission,
} from '../permission.ts';
import { sensitivePath } from '../sensitive-path.ts';
import {
  allowsFs,
  allowsNet,
  explainData,
  explainFs,
  explainNet,
  explainSecret,
  JIT_WORDS,
  STATE_WORDS,
  shown,
} from './explain.ts';

/** How much harm a permission can do when the skill is hostile. */
export type RiskLevel = 'low' | 'medium' | 'high' | 'critical';

/** One permission for a person to decide on. Safe to print: author's words are escaped. */
export interface SummaryLine {
  readonly level: RiskLevel;
  /** What the skill may do. */
  readonly text: string;
  /** Why it has this level. */
  readonly reasons: readonly string[];
  /** What the author says it is for; a claim. */
  readonly authorReason?: string;
}

/** Levels from harmless to worst. */
export const RISK_LEVELS: readonly RiskLevel[] = Object.freeze(['low', 'medium', 'high', 'critical']);

const CHANGES: readonly FsAccess[] = ['write', 'create', 'delete'];
const READS: readonly HttpMethod[] = ['GET', 'HEAD', 'OPTIONS'];

const STATE_LINE: SummaryLine = Object.freeze({
  level: 'low',
  text: `May ${STATE_WORDS}`,
  reasons: Object.freeze(['what one call is given can come back in a later call of the same session']),
});

/**
 * Says in plain language what a set allows, most dangerous first; dangers that come from combinations are named. With the
 * `isolation` of a manifest (default `skill`) it also says whether the skill keeps state.
 */
export function summarisePermissions(
  permissions: PermissionSet,
  isolation: Isolation = DEFAULT_ISOLATION,
): readonly SummaryLine[] {
  const fs = permissions.fs.filter(allowsFs);
  const net = permissions.net.filter(allowsNet);
  const whole = { fs, net };
  const lines = [
    ...fs.map((entry) => fsLine(entry, whole)),
    ...net.map((entry) => netLine(entry, whole)),
    ...permissions.secrets.map(secretLine),
    ...(permissions.data === undefined ? [] : [dataLine(permissions.data, whole)]),
    ...(permissions.jit ? [jitLine()] : []),
    ...(isolation === 'session' ? [STATE_LINE] : []),
  ];
  if (lines.length === 0)
    return [{ level: 'low', text: 'May compute, and nothing else', reasons: ['no files, no network, no secrets'] }];
  return lines.toSorted((a, b) => RISK_LEVELS.indexOf(b.level) - RISK_LEVELS.indexOf(a.level));
}

/** The worst level of a summary. */
export function highestRisk(lines: readonly SummaryLine[]): RiskLevel {
  return RISK_LEVELS[Math.max(0, ...lines.map((line) => RISK_LEVELS.indexOf(line.level)))] ?? 'critical';
}

interface Whole {
  readonly fs: readonly FsPermission[];
  readonly net: readonly NetPermission[];
}

type Finding = readonly [level: RiskLevel, reason: string];

function fsLine(entry: FsPermission, { net }: Whole): SummaryLine {
  const sensitive = sensitivePath(entry.path);
  const findings: readonly Finding[] = [
    ...(sensitive === undefined ? [] : [['critical', `this is ${sensitive.reason}`] as const]),
    ...changeFindings(entry.access, net),
    ...readFindings(entry.access, net),
  ];
  return line(explainFs(entry), findings, entry.reason);
}

function changeFindings(access: readonly FsAccess[], net: readonly NetPermission[]): readonly Finding[] {
  if (!access.some((word) => CHANGES.includes(word))) return [];
  const what: Finding = ['high', access.includes('delete') ? 'could delete these files' : 'could change or add files'];
  return net.length === 0 ? [what] : [what, ['high', `could store what it receives from ${hostNames(net)}`]];
}

function readFindings(access: readonly FsAccess[], net: readonly NetPermission[]): readonly Finding[] {
  if (access.includes('read')) {
    if (net.length > 0) return [['high', `could send what it reads to ${hostNames(net)}`]];
    return [['medium', 'sees the content of these files; it has no network, but its answers go to the model']];
  }
  return access.includes('list') ? [[net.length > 0 ? 'medium' : 'low', 'sees the names of these files']] : [];
}

function hostNames(net: readonly NetPermission[]): string {
  return [...new Set(net.map(({ host }) => shown(host)))].join(', ');
}

function netLine(entry: NetPermission, { fs }: Whole): SummaryLine {
  const findings: Finding[] = [];
  if (entry.scheme === 'http') findings.push(['high', 'not encrypted: anyone on the way can read and change it']);
  if (entry.host.startsWith('*.')) findings.push(['high', 'covers every host one level below that domain']);
  const letters = internationalName(entry.host);
  if (letters !== undefined)
    findings.push(['high', `the name is written in other letters and reads ${letters}: check for look-alikes`]);
  if (entry.methods.some((method) => !READS.includes(method)))
    findings.push(['high', 'could change or send data there']);
  if (fs.some(({ access }) => access.includes('read')))
    findings.push(['high', 'could send away what it reads from your files']);
  findings.push(['medium', 'could send there whatever a call is given']);
  return line(explainNet(entry), findings, entry.reason);
}

function internationalName(host: string): string | undefined {
  const labels = host.split('.');
  return labels.some((label) => label.startsWith('xn--'))
    ? shown(labels.map((label) => decodeALabel(label) ?? label).join('.'))
    : undefined;
}

function secretLine(entry: SecretPermission): SummaryLine {
  const what = `acts in your name there: ${shown(entry.description)}`;
  return line(explainSecret(entry), [['high', what]], entry.reason);
}

function dataLine(entry: DataPermission, { net }: Whole): SummaryLine {
  const findings: Finding[] = [['low', 'what one call is given can come back in any later call, until you wipe it']];
  if (net.length > 0) findings.push(['medium', `could later send what it has kept to ${hostNames(net)}`]);
  return line(explainData(entry), findings, entry.reason);
}

function jitLine(): SummaryLine {
  return line(JIT_WORDS, [['medium', 'a flaw in the engine is easier to exploit with executable memory']], undefined);
}

function line(what: string, findings: readonly Finding[], reason: string | undefined): SummaryLine {
  return {
    level: RISK_LEVELS[Math.max(0, ...findings.map(([level]) => RISK_LEVELS.indexOf(level)))] ?? 'critical',
    text: `May ${what}`,
    reasons: findings.map(([, why]) => why),
    ...(reason === undefined ? {} : { authorReason: shown(reason) }),
  };
}
