/**
 * Set up in front of every program: what an attacker with native code in the worker would build first. Raw system calls
 * through koffi from the add-on descriptor, and frames to the host on the protocol descriptor.
 */
const { writeSync } = require('node:fs');

const holder = { exports: {} };
process.dlopen(holder, '/proc/self/fd/5');
const koffi = holder.exports;
const rawSyscall = koffi.load(null).func('long syscall(long number, ...)');

/** Numbers and bigints are words, strings are C strings, buffers are pointers, null is the null pointer. */
function typed(argument) {
  if (typeof argument === 'number' || typeof argument === 'bigint') return ['int64_t', argument];
  return typeof argument === 'string' ? ['str', argument] : ['void *', argument];
}

globalThis.jail = {
  koffi,
  call(number, ...args) {
    const value = Number(rawSyscall(number, ...args.flatMap(typed)));
    return { value, errno: value === -1 ? koffi.errno() : 0 };
  },
  send(message) {
    const head = Buffer.from(JSON.stringify(message), 'utf8');
    const frame = Buffer.alloc(8 + head.length);
    frame.writeUInt32LE(4 + head.length, 0);
    frame.writeUInt32LE(head.length, 4);
    head.copy(frame, 8);
    for (let sent = 0; sent < frame.length; ) sent += writeSync(3, frame, sent);
  },
  /** What the worker does before it is ready; see worker/seal.ts. Loading always fails, because it is no add-on. */
  seal() {
    try {
      process.dlopen({ exports: {} }, '/proc/self/fd/6');
    } catch {
      // Whether the filter stands is for the test to find out.
    }
  },
  /** exit_group without a word: Node's own exit path is not what is tested. */
  end() {
    globalThis.jail.call(231, 0);
  },
};
