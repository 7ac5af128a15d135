/**
 * Classic BPF as the kernel's seccomp takes it: fixed eight-byte instructions over `struct seccomp_data`
 * (linux/filter.h, linux/seccomp.h). Assembled here so that no compiler or native helper is needed at install time.
 */
export interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly operand: number;
}

const LOAD_WORD_ABSOLUTE = 0x20;
const AND_CONSTANT = 0x54;
const JUMP_EQUAL = 0x15;
const RETURN_CONSTANT = 0x06;
const INSTRUCTION_BYTES = 8;
/** BPF_MAXINSNS; the kernel refuses longer programs. */
const MAX_INSTRUCTIONS = 4096;

export const RETURN_ALLOW = 0x7fff0000;
export const RETURN_KILL_PROCESS = 0x80000000;
const RETURN_ERRNO = 0x00050000;

/** Byte offsets in `struct seccomp_data`. */
export const OFFSET_NUMBER = 0;
export const OFFSET_ARCHITECTURE = 4;
const OFFSET_ARGUMENTS = 16;

export function load(offset: number): Instruction {
  return { code: LOAD_WORD_ABSOLUTE, jumpTrue: 0, jumpFalse: 0, operand: offset };
}

export function and(mask: number): Instruction {
  return { code: AND_CONSTANT, jumpTrue: 0, jumpFalse: 0, operand: mask };
}

/** Skips `ifFalse` instructions unless the accumulator equals `value`. */
export function jumpUnlessEqual(value: number, ifFalse: number): Instruction {
  return { code: JUMP_EQUAL, jumpTrue: 0, jumpFalse: jumpOffset(ifFalse), operand: value };
}

/** Skips `ifTrue` instructions when the accumulator equals `value`. */
export function jumpIfEqual(value: number, ifTrue: number): Instruction {
  return { code: JUMP_EQUAL, jumpTrue: jumpOffset(ifTrue), jumpFalse: 0, operand: value };
}

export function returnAction(action: number): Instruction {
  return { code: RETURN_CONSTANT, jumpTrue: 0, jumpFalse: 0, operand: action };
}

export function returnErrno(errno: number): Instruction {
  return returnAction(RETURN_ERRNO | (errno & 0xffff));
}

/** Offsets of the low and high half of a 64-bit system-call argument on a little-endian machine. */
export function argumentOffsets(index: number): { readonly low: number; readonly high: number } {
  const low = OFFSET_ARGUMENTS + index * 8;
  return { low, high: low + 4 };
}

/** The program as bytes for `struct sock_fprog.filter`. */
export function encodeProgram(program: readonly Instruction[]): Buffer {
  if (program.length === 0 || program.length > MAX_INSTRUCTIONS) {
    throw new RangeError(
      `Cannot encode a filter of ${program.length} instructions: the kernel takes 1 to ${MAX_INSTRUCTIONS}`,
    );
  }
  const bytes = Buffer.alloc(program.length * INSTRUCTION_BYTES);
  program.forEach((instruction, index) => {
    const at = index * INSTRUCTION_BYTES;
    bytes.writeUInt16LE(instruction.code, at);
    bytes.writeUInt8(instruction.jumpTrue, at + 2);
    bytes.writeUInt8(instruction.jumpFalse, at + 3);
    bytes.writeUInt32LE(instruction.operand >>> 0, at + 4);
  });
  return bytes;
}

function jumpOffset(distance: number): number {
  if (!Number.isInteger(distance) || distance < 0 || distance > 255) {
    throw new RangeError(`Cannot jump ${distance} instructions: a classic BPF jump spans 0 to 255`);
  }
  return distance;
}
