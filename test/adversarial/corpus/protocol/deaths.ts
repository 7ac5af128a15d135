import { type Expected, error } from '../../expected.ts';
import type { ProtocolCase } from '../../protocol-case.ts';

const crashed = (how: string): Expected =>
  error('ERR_CARAPACE_SKILL_CRASHED', `The worker of the skill ended before it gave a result: ${how}`);
const WALL = error('ERR_CARAPACE_BUDGET_WALL');

/** Workers that hang up, and workers that stay. */
export const SILENT_CASES: readonly ProtocolCase[] = [
  {
    id: 'IP-144',
    title: 'closes its end and spins',
    program: 'closeSync(3); for (;;);',
    limits: { wallMs: 400 },
    expect: WALL,
  },
  {
    id: 'IP-144',
    title: 'closes its end and sleeps',
    program: 'closeSync(3); linger();',
    limits: { wallMs: 400 },
    expect: WALL,
  },
  {
    id: 'IP-144',
    title: 'closes its end in the middle of a frame and sleeps',
    program: `raw(prefix(100, 50)); closeSync(3); linger();`,
    limits: { wallMs: 400 },
    expect: WALL,
  },
  {
    id: 'IP-144',
    title: 'closes its end in the middle of a frame and exits',
    program: `raw(prefix(100, 50)); closeSync(3); process.reallyExit(0);`,
    expect: crashed('exited with code 0'),
  },
  {
    id: 'IP-144',
    title: 'keeps its end open and exits',
    program: 'process.reallyExit(0);',
    expect: crashed('exited with code 0'),
  },
  {
    id: 'IP-144',
    title: 'tries to keep its end open in a thread that outlives it, which the second filter forbids',
    program: `new (require('node:worker_threads').Worker)('for (;;);', { eval: true }); linger();`,
    expect: crashed('killed by the system-call filter (SIGSYS)'),
  },
  { id: 'IP-144', title: 'says nothing and sleeps', program: 'linger();', limits: { wallMs: 400 }, expect: WALL },
];

/** What a worker can do to itself from inside; other signals come from the test. */
export const EXIT_CASES: readonly ProtocolCase[] = [
  {
    id: 'IP-145',
    title: 'exits with 0 without a result',
    program: `send({ kind: 'loaded' }); process.exit(0);`,
    expect: crashed('exited with code 0'),
  },
  { id: 'IP-145', title: 'exits with 3', program: 'process.reallyExit(3);', expect: crashed('exited with code 3') },
  { id: 'IP-145', title: 'throws', program: 'throw new Error("x");', expect: crashed('exited with code 1') },
  { id: 'IP-145', title: 'aborts', program: 'process.abort();', expect: crashed('ended by SIGABRT') },
  {
    id: 'IP-145',
    title: 'makes a system call that does not exist for it',
    program: `process.chdir('/');`,
    expect: crashed('killed by the system-call filter (SIGSYS)'),
  },
];
