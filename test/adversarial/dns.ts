import type { ToolResult } from '@carapace/runtime';
import { createTestRuntime, type NetPowers } from '@carapace/runtime/testing';
import { granted, NET_PRELUDE } from './net-case.ts';
import { openSandbox, type Sandbox } from './sandbox.ts';

/** What a name server says. */
export type DnsAnswer = (host: string) => Promise<readonly string[]> | readonly string[];

/** A sandbox whose name server is the test's own. */
export interface Dns extends AsyncDisposable {
  readonly sandbox: Sandbox;
  answer: DnsAnswer;
  /** Names it was asked for, in their order; to be emptied by who wants to count. */
  readonly asked: string[];
  /** Runs the body of a tool whose skill may ask these hosts, by plain HTTP on one port. `BASE` is the first of them. */
  run(id: string, body: string, options: DnsRun): Promise<ToolResult>;
}

export interface DnsRun {
  readonly hosts: readonly string[];
  readonly port: number;
  readonly input?: unknown;
  /** Default 8 s. */
  readonly wallMs?: number;
}

export async function openDns(powers: Partial<NetPowers>): Promise<Dns> {
  const asked: string[] = [];
  const resolve: NetPowers['resolve'] = async (host) => {
    asked.push(host);
    return await dns.answer(host);
  };
  const sandbox = await openSandbox(
    { spares: 2 },
    {
      create: (options) => createTestRuntime(options, { ...powers, resolve }),
      addition: { run: 'return { sum: input.a + input.b };' },
    },
  );
  const dns: Dns = {
    sandbox,
    asked,
    answer: () => [],
    run: (id, body, { hosts, port, input = {}, wallMs = 8_000 }) => {
      const net = granted(...hosts).map((host) => ({ ...host, scheme: 'http', ports: [port] }));
      const prelude = NET_PRELUDE.replace(/^const BASE = .*$/m, `const BASE = 'http://${hosts[0]}:${port}';`);
      const module = `${prelude}export default { tools: { attack: { async run(input, ctx) {\n${body}\n} } } };`;
      const limits = { wallMs, fetches: 100 };
      return sandbox.run({ id, title: 'addresses', module, permissions: { net }, input, limits });
    },
    [Symbol.asyncDispose]: async () => {
      await sandbox.expectUnharmed();
      await sandbox[Symbol.asyncDispose]();
    },
  };
  return dns;
}
