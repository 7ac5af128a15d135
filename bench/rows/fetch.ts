import { createRuntime, type SecretSource } from '@carapace/runtime';
import { Agent, request } from 'undici';
import { benchSkill } from '../bench-skill.ts';
import { timeCall } from '../call-once.ts';
import type { BenchRow } from '../harness/row.ts';
import { SERVICE_HOST, withService } from '../service.ts';

/** Requests within one call, on one connection: what a call costs apart from them is measured by rows of its own. */
const SMALL_REQUESTS = 100;
const LARGE_REQUESTS = 4;
const LARGE_MIB = 10;

const SKILL = benchSkill({
  isolation: 'session',
  run: `
    for (let index = 0; index < input.times; index += 1) {
      const response = await fetch('https://${SERVICE_HOST}' + input.path);
      if (input.how === 'stream') for await (const _piece of response.body);
      else await response[input.how]();
    }
    return null;`,
  permissions: { net: [{ host: SERVICE_HOST, methods: ['GET'] }] },
  limits: { fetches: 1_000, bytesInMiB: 256, bytesOutKiB: 1_024, brokerCalls: 10_000, memoryMiB: 256, wallMs: 60_000 },
});

interface Fetches {
  readonly path: '/small' | '/large';
  readonly how: 'text' | 'arrayBuffer' | 'stream';
  readonly times: number;
}

/** Times of calls that each make the same requests, in ms. */
async function timeFetches(
  origin: string,
  fetches: Fetches,
  count: number,
  secrets: readonly SecretSource[] = [],
): Promise<readonly number[]> {
  const network = { routes: { [`https://${SERVICE_HOST}`]: origin } };
  await using runtime = await createRuntime({ isolation: 'session', spares: 1, network, secrets });
  await using skill = await runtime.load(SKILL, { permissions: 'declared' });
  const samples: number[] = [];
  for (let index = -5; index < count; index += 1) {
    const none = await timeCall(skill, { ...fetches, times: 0 }, { session: 'bench' });
    const took = await timeCall(skill, fetches, { session: 'bench' });
    if (index >= 0) samples.push(took - none);
  }
  return samples;
}

/** The same requests by undici alone, on one connection. */
async function timeBare(origin: string, { path, times }: Fetches, count: number): Promise<readonly number[]> {
  const dispatcher = new Agent({ connections: 1, pipelining: 1 });
  const samples: number[] = [];
  try {
    for (let index = -5; index < count; index += 1) {
      const startedAt = performance.now();
      for (let at = 0; at < times; at += 1) {
        const { body } = await request(origin + path, { dispatcher });
        if (path === '/small') await body.text();
        else await body.arrayBuffer();
      }
      if (index >= 0) samples.push(performance.now() - startedAt);
    }
  } finally {
    await dispatcher.close();
  }
  return samples;
}

const SMALL: Fetches = { path: '/small', how: 'text', times: SMALL_REQUESTS };
const LARGE: Fetches = { path: '/large', how: 'arrayBuffer', times: LARGE_REQUESTS };

const perRequest = (took: number): number => took / SMALL_REQUESTS;
const throughput = (took: number): number => (LARGE_REQUESTS * LARGE_MIB * 1_000) / took;

export const bareFetchSmall: BenchRow = {
  id: 'bare-fetch-small',
  group: 'carapace',
  title: 'undici alone requests 1 KiB over loopback, on a connection that is open',
  unit: 'ms',
  better: 'lower',
  samples: { full: 60, quick: 10 },
  measure: (count) =>
    withService(async (origin) => ({ samples: (await timeBare(origin, SMALL, count)).map(perRequest) })),
};

export const fetchSmall: BenchRow = {
  id: 'fetch-small',
  group: 'carapace',
  title: 'a skill fetches the same through the broker',
  unit: 'ms',
  better: 'lower',
  ratios: [{ to: 'bare-fetch-small' }],
  samples: { full: 60, quick: 10 },
  measure: (count) =>
    withService(async (origin) => ({ samples: (await timeFetches(origin, SMALL, count)).map(perRequest) })),
};

export const fetchOverhead: BenchRow = {
  id: 'fetch-overhead',
  group: 'carapace',
  title: 'fetch-small − bare-fetch-small, sample by sample',
  unit: 'ms',
  better: 'lower',
  bar: { p50: 0.4 },
  samples: { full: 60, quick: 10 },
  measure: (count) =>
    withService(async (origin) => {
      const guarded = await timeFetches(origin, SMALL, count);
      const bare = await timeBare(origin, SMALL, count);
      return { samples: guarded.map((took, index) => perRequest(took - (bare[index] ?? 0))) };
    }),
};

export const bareFetchLarge: BenchRow = {
  id: 'bare-fetch-10m',
  group: 'carapace',
  title: 'undici alone receives 10 MiB over loopback',
  unit: 'MiB/s',
  better: 'higher',
  samples: { full: 20, quick: 4 },
  measure: (count) =>
    withService(async (origin) => ({ samples: (await timeBare(origin, LARGE, count)).map(throughput) })),
};

export const fetchLarge: BenchRow = largeRow('fetch-10m', 'a skill receives the same with `arrayBuffer()`', LARGE, 0.5);

export const fetchLargeStream: BenchRow = largeRow(
  'fetch-10m-stream',
  'a skill receives the same piece by piece from `response.body`',
  { ...LARGE, how: 'stream' },
);

export const fetchLargeSecrets: BenchRow = {
  ...largeRow('fetch-10m-secrets', 'the same with `arrayBuffer()`, looked through for 10 secrets', LARGE),
  ratios: [{ to: 'fetch-10m' }],
  measure: (count) =>
    withService(async (origin) => ({
      samples: (await timeFetches(origin, LARGE, count, [TEN_SECRETS])).map(throughput),
    })),
};

const NAMES = Array.from({ length: 10 }, (_, index) => `TOKEN_${index}`);
const TEN_SECRETS: SecretSource = {
  kind: 'bench',
  names: () => Promise.resolve(NAMES),
  read: (name) => Promise.resolve({ value: `${name}-correct-horse-battery-staple` }),
};

function largeRow(
  id: 'fetch-10m' | 'fetch-10m-stream' | 'fetch-10m-secrets',
  title: string,
  fetches: Fetches,
  bar?: number,
): BenchRow {
  return {
    id,
    group: 'carapace',
    title,
    unit: 'MiB/s',
    better: 'higher',
    ratios: [bar === undefined ? { to: 'bare-fetch-10m' } : { to: 'bare-fetch-10m', bar }],
    samples: { full: 20, quick: 4 },
    measure: (count) =>
      withService(async (origin) => ({ samples: (await timeFetches(origin, fetches, count)).map(throughput) })),
  };
}
