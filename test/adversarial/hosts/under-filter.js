/**
 * Starts another host program under a system-call filter of the test's own: a kernel, container policy or supervisor that
 * refuses a layer, or worse, answers 0 and does nothing. Arguments: rules as JSON, then the program and its arguments.
 */
import { createRequire } from 'node:module';
import process from 'node:process';

const runtime = createRequire(import.meta.resolve('@carapace/runtime/package.json'));
const koffi = runtime('koffi');
const rawSyscall = koffi.load(null).func('long syscall(long number, ...)');
const [rulesJson, ...command] = process.argv.slice(2);
const { rules, newPrivileges } = JSON.parse(rulesJson);

const PRCTL = 157;
const FCNTL = 72;
const LOAD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;
const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const NUMBER_AT = 0;
const argumentAt = (index) => 16 + 8 * index;

/** A rule answers `errno` (0: a success that never happened) to one call, or only when one argument has one value. */
function compile({ number, argument, value, errno }) {
  const test =
    argument === undefined
      ? []
      : [
          [LOAD, 0, 0, argumentAt(argument)],
          [JUMP_IF_EQUAL, 0, 1, value],
        ];
  return [[LOAD, 0, 0, NUMBER_AT], [JUMP_IF_EQUAL, 0, test.length + 1, number], ...test, [RETURN, 0, 0, ERRNO | errno]];
}

function encode(program) {
  const bytes = Buffer.alloc(program.length * 8);
  program.forEach(([code, jumpTrue, jumpFalse, operand], index) => {
    bytes.writeUInt16LE(code, index * 8);
    bytes.writeUInt8(jumpTrue, index * 8 + 2);
    bytes.writeUInt8(jumpFalse, index * 8 + 3);
    bytes.writeUInt32LE(operand, index * 8 + 4);
  });
  return bytes;
}

function call(name, number, ...args) {
  const typed = args.flatMap((argument) =>
    typeof argument === 'number' ? ['int64_t', argument] : ['void *', argument],
  );
  if (Number(rawSyscall(number, ...typed)) === -1) throw new Error(`${name} failed with errno ${koffi.errno()}`);
}

const program = encode([...rules.flatMap(compile), [RETURN, 0, 0, ALLOW]]);
const header = Buffer.alloc(16);
header.writeUInt16LE(program.length / 8, 0);
header.writeBigUInt64LE(koffi.address(program), 8);
if (newPrivileges !== true) call('no_new_privs', PRCTL, 38, 1, 0, 0, 0);
call('seccomp', PRCTL, 22, 2, header, 0, 0);
// Node marks the standard streams close-on-exec too; the next program has to speak to the test.
for (const fd of [0, 1, 2]) call('fcntl', FCNTL, fd, 2, 0);
process.execve(process.execPath, [process.execPath, ...command], process.env);
