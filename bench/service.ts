import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { killGroup, startChild } from './harness/child-process.ts';

const PROGRAM = fileURLToPath(new URL('./programs/serve-bodies.ts', import.meta.url));

/** The host that benched skills are granted; requests to it are routed to the loopback service. */
export const SERVICE_HOST = 'service.example.com';

/** Runs the loopback service while `use` does, and hands over its origin. */
export async function withService<Result>(use: (origin: string) => Promise<Result>): Promise<Result> {
  const child = startChild(process.execPath, ['--conditions=carapace-source', PROGRAM], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {},
  });
  try {
    if (child.stdout === null) throw new TypeError('Cannot read service: it has no output');
    const lines = createInterface(child.stdout);
    const [port]: unknown[] = await once(lines, 'line');
    lines.close();
    return await use(`http://127.0.0.1:${String(port)}`);
  } finally {
    killGroup(child);
    await once(child, 'close');
  }
}
