import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type TracedMoment, traceWorker } from '@carapace/runtime/testing';
import { HELLO, HELLO_INPUT } from '../bench-skill.ts';
import type { BenchRow, Measurement } from '../harness/row.ts';
import { shareMeasurement } from '../harness/share-measurement.ts';
import { withTempFolder } from '../harness/temp-folder.ts';

type Phase = 'spawn' | 'launcher' | 'jail' | 'node' | 'addon' | 'isolate' | 'platform' | 'rest' | 'load' | 'run';
type Durations = Readonly<Record<Phase, number>>;

const PROGRAMS = new URL('../programs/', import.meta.url);
const BUILT = new URL('../../packages/runtime/dist/', import.meta.url);
const samples = { full: 60, quick: 8 };

const phases = shareMeasurement<Phase>((count) =>
  withTempFolder(async (folder) => {
    const files = { ...(await markedPrograms(folder)), addonPath: isolatedVmAddon() };
    const call = { skill: HELLO.bundle, tool: 'bench', inputJson: JSON.stringify(HELLO_INPUT) };
    const taken: Durations[] = [];
    while (taken.length < count) taken.push(durationsOf(await traceWorker({ ...files, ...call })));
    const of = (phase: Phase): Measurement => ({ samples: taken.map((durations) => durations[phase]) });
    return {
      spawn: of('spawn'),
      launcher: of('launcher'),
      jail: of('jail'),
      node: of('node'),
      addon: of('addon'),
      isolate: of('isolate'),
      platform: of('platform'),
      rest: of('rest'),
      load: of('load'),
      run: of('run'),
    };
  }),
);

function phaseRow(row: Pick<BenchRow, 'id' | 'title'>, phase: Phase): BenchRow {
  return { ...row, group: 'breakdown', unit: 'ms', better: 'lower', samples, measure: phases(phase) };
}

export const BOOT_PHASES: readonly BenchRow[] = [
  phaseRow({ id: 'boot-spawn', title: 'boot: spawn, which blocks the host for as long' }, 'spawn'),
  phaseRow({ id: 'boot-launcher', title: 'boot: first start of Node, until the launcher runs' }, 'launcher'),
  phaseRow({ id: 'boot-jail', title: 'boot: koffi loaded, every layer of the jail put on' }, 'jail'),
  phaseRow(
    { id: 'boot-node', title: 'boot: exec and second start of Node, without its snapshot, without compilers' },
    'node',
  ),
  phaseRow({ id: 'boot-addon', title: 'boot: isolated-vm loaded' }, 'addon'),
  phaseRow({ id: 'boot-isolate', title: 'boot: the isolate and its context that the first call will get' }, 'isolate'),
  phaseRow({ id: 'boot-platform', title: 'boot: the guest platform in it' }, 'platform'),
  phaseRow(
    { id: 'boot-rest', title: "boot: everything else until ready: the worker's bundle, a rehearsed call, the seal" },
    'rest',
  ),
];

export const WORKER_PHASES: readonly BenchRow[] = [
  phaseRow({ id: 'call-load', title: 'call, of the worker: bundle sent, linked and evaluated' }, 'load'),
  phaseRow({ id: 'call-run', title: 'call, of the worker: tool run, result sent and read' }, 'run'),
];

/** Launcher and worker as they are built, each with marks in front. */
async function markedPrograms(folder: string): Promise<{ readonly launcherPath: string; readonly bundlePath: string }> {
  const read = (name: string, base: URL): Promise<string> => readFile(new URL(name, base), 'utf8');
  const launcherPath = join(folder, 'launcher.mjs');
  const launcher = new URL('launcher.js', BUILT).href;
  await writeFile(
    launcherPath,
    `${await read('launcher-marks.js', PROGRAMS)}\nawait import(${JSON.stringify(launcher)});\n`,
  );
  const bundlePath = join(folder, 'worker.cjs');
  await writeFile(bundlePath, `${await read('worker-marks.js', PROGRAMS)}\n${await read('worker.cjs', BUILT)}`);
  return { launcherPath, bundlePath };
}

/** As isolated-vm resolves it itself. */
function isolatedVmAddon(): string {
  const runtime = createRequire(fileURLToPath(new URL('../package.json', BUILT)));
  const manifest = runtime.resolve('isolated-vm/package.json');
  const resolver: { path(folder: string): string } = createRequire(pathToFileURL(manifest))('node-gyp-build');
  return resolver.path(dirname(manifest));
}

function durationsOf(moments: readonly TracedMoment[]): Durations {
  const find = (what: string): TracedMoment => {
    const found = moments.find((moment) => moment.what === what);
    if (found === undefined) throw new Error(`Cannot trace worker: it never said "${what}"`);
    return found;
  };
  const at = (what: string): number => find(what).at;
  const markOf = (what: string): number => numberIn(find(what).head, 'at');
  const steps = stepsIn(find('engine').head);
  const engine = {
    addon: sumOf(steps, 'addon', 1),
    isolate: sumOf(steps, 'isolate', 2),
    platform: sumOf(steps, 'platform', 3),
  };
  return {
    spawn: at('spawned') - at('spawning'),
    launcher: markOf('launcher') - at('spawned'),
    jail: at('jailed') - markOf('launcher'),
    node: markOf('worker') - at('jailed'),
    ...engine,
    rest: at('ready') - markOf('worker') - engine.addon - engine.isolate - engine.platform,
    load: at('loaded') - at('calling'),
    run: at('result') - at('loaded'),
  };
}

interface Step {
  readonly name: string;
  readonly ms: number;
}

function stepsIn(head: unknown): readonly Step[] {
  const { steps = [] }: { steps?: readonly Step[] } = Object(head);
  return steps;
}

/** Of the last `count` steps of a name: a worker rehearses in an isolate of its own before it prepares the one that counts. */
function sumOf(steps: readonly Step[], name: string, count: number): number {
  const last = steps.filter((step) => step.name === name).slice(-count);
  return last.reduce((sum, { ms }) => sum + ms, 0);
}

function numberIn(head: unknown, key: 'at'): number {
  const { [key]: value }: { at?: number } = Object(head);
  return value ?? Number.NaN;
}
