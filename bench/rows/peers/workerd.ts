import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { HELLO_ANSWER, HELLO_INPUT } from '../../bench-skill.ts';
import { killGroup, startChild } from '../../harness/child-process.ts';
import type { BenchRow, Measurement } from '../../harness/row.ts';
import type { Walls } from '../../harness/walls.ts';
import { installPeer } from '../../peers/install-peer.ts';
import { peerBinary } from '../../peers/peer-binary.ts';

const FOLDER = fileURLToPath(new URL('../../programs/workerd', import.meta.url));
const WARM_UP = 200;

/** Its README: not a hardened sandbox by itself. Limits of time and memory are no part of what is published. */
const WALLS: Walls = { process: 'own', systemCalls: 'none', files: 'runtime', network: 'runtime', limits: 'none' };

export const workerdCold: BenchRow = {
  id: 'workerd-cold',
  group: 'peers',
  needs: 'workerd',
  title: 'workerd started for the call, which is one request to it',
  unit: 'ms',
  better: 'lower',
  walls: { ...WALLS, process: 'fresh per call' },
  samples: { full: 50, quick: 8 },
  measure: async (count) => {
    const command = peerBinary('workerd', await installPeer('workerd'));
    const timeOne = async (): Promise<number> => {
      const startedAt = performance.now();
      await using server = await startServer(command);
      await server.greet();
      return performance.now() - startedAt;
    };
    await timeOne();
    const samples: number[] = [];
    while (samples.length < count) samples.push(await timeOne());
    return { samples };
  },
};

export const workerdWarm: BenchRow = {
  id: 'workerd-warm',
  group: 'peers',
  needs: 'workerd',
  title: 'one request to a running workerd on a connection that is kept open',
  unit: 'ms',
  better: 'lower',
  walls: WALLS,
  samples: { full: 2_000, quick: 300 },
  measure: async (count): Promise<Measurement> => {
    await using server = await startServer(peerBinary('workerd', await installPeer('workerd')));
    const samples: number[] = [];
    for (let index = -WARM_UP; index < count; index += 1) {
      const startedAt = performance.now();
      await server.greet();
      if (index >= 0) samples.push(performance.now() - startedAt);
    }
    return { samples };
  },
};

interface Server extends AsyncDisposable {
  greet(): Promise<void>;
}

/** Resolves when it listens: workerd writes the port that it was given on a descriptor of the caller's choice. */
async function startServer(command: string): Promise<Server> {
  const child = startChild(command, ['serve', 'config.capnp', '--control-fd=1'], {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {},
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const stop = async (): Promise<void> => {
    agent.destroy();
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    killGroup(child);
    await exited;
  };
  try {
    const port = await portOf(child.stdout);
    return { greet: () => greet(agent, port), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function portOf(output: NodeJS.ReadableStream | null): Promise<number> {
  if (output === null) throw new TypeError('Cannot read workerd: its pipe is missing');
  for await (const line of createInterface({ input: output })) {
    const { event, port }: { event?: unknown; port?: unknown } = JSON.parse(line);
    if (event === 'listen' && typeof port === 'number') return port;
  }
  throw new Error('Cannot reach workerd: it ended before it listened');
}

async function greet(agent: Agent, port: number): Promise<void> {
  const sent = request({ agent, port, host: '127.0.0.1', method: 'POST' });
  const answered = new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    sent.once('response', resolve);
    sent.once('error', reject);
  });
  sent.end(JSON.stringify(HELLO_INPUT));
  const { greeting }: { greeting?: unknown } = JSON.parse(await text(await answered));
  if (greeting !== HELLO_ANSWER) throw new Error(`Cannot count request: it answered "${String(greeting)}"`);
}
