/** Ignores SIGXCPU with a raw rt_sigaction, then burns processor time. */
const { call, send } = globalThis.jail;

const RT_SIGACTION = 13;
const SIGXCPU = 24;
const SIG_IGN = 1n;
const action = Buffer.alloc(32);
action.writeBigUInt64LE(SIG_IGN);
send({ ignored: call(RT_SIGACTION, SIGXCPU, action, null, 8).value === 0 });
for (;;);
