import type { Architecture } from './architecture.ts';
import { encodeProgram, type Instruction } from './bpf.ts';
import { syscallNumber } from './syscall-numbers.ts';

/**
 * The smallest shared object that the dynamic loader takes: no symbols, no relocations, one initialiser. Loading it
 * installs `program` on every thread of the process and leaves nothing behind; should the kernel refuse, the process ends
 * with status 1. This is how a worker makes a system call that Node does not offer without keeping an engine for calling
 * arbitrary machine code (koffi) in its memory for the rest of its life.
 *
 * Layout: ELF header, program headers, code, filter, tables and the dynamic section, all in one page-sized piece that is
 * mapped twice: read and execute from `code` on, and a private copy that the loader may write its notes into.
 */
export function sealObject(program: readonly Instruction[], architecture: Architecture): Buffer {
  const filter = encodeProgram(program);
  const machine = MACHINES[architecture];
  const code = machine.code(
    program.length,
    syscallNumber('seccomp', architecture),
    syscallNumber('exit_group', architecture),
  );
  const text = Buffer.concat([code, filter]);
  const tables = Buffer.alloc(TABLES_BYTES);
  const textAt = HEADERS_BYTES;
  const tablesAt = textAt + text.length;
  writeTables(tables, machine.pageBytes + tablesAt, textAt);
  return Buffer.concat([headers(machine, textAt, text.length, tablesAt), text, tables]);
}

interface Machine {
  /** `e_machine` (elf.h). */
  readonly elf: number;
  /** The largest page that kernels of this architecture use: segments must not share one. */
  readonly pageBytes: number;
  /** Initialiser of CODE_BYTES bytes, directly followed by the filter of `length` instructions. */
  code(length: number, seccomp: number, exitGroup: number): Buffer;
}

const CODE_BYTES = 72;
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;

const MACHINES: Readonly<Record<Architecture, Machine>> = {
  x64: {
    elf: 62,
    pageBytes: 0x1000,
    code: (length, seccomp, exitGroup) =>
      assemble([
        [0x48, 0x83, 0xec, 0x18], //                               sub  rsp, 24
        [0x48, 0x8d, 0x05, ...word(CODE_BYTES - 11)], //           lea  rax, [rip + filter]
        [0x48, 0x89, 0x44, 0x24, 0x08], //                         mov  [rsp + 8], rax       ; sock_fprog.filter
        [0x48, 0xc7, 0x04, 0x24, ...word(length)], //              mov  qword [rsp], length  ; sock_fprog.len
        [0xbf, ...word(SECCOMP_SET_MODE_FILTER)], //               mov  edi, SET_MODE_FILTER
        [0xbe, ...word(SECCOMP_FILTER_FLAG_TSYNC)], //             mov  esi, TSYNC
        [0x48, 0x89, 0xe2], //                                     mov  rdx, rsp
        [0xb8, ...word(seccomp)], //                               mov  eax, seccomp
        [0x0f, 0x05], //                                           syscall
        [0x48, 0x85, 0xc0], //                                     test rax, rax             ; a thread id is a failure too
        [0x75, 0x05], //                                           jne  fail
        [0x48, 0x83, 0xc4, 0x18], //                               add  rsp, 24
        [0xc3], //                                                 ret
        [0xbf, ...word(1)], //                               fail: mov  edi, 1
        [0xb8, ...word(exitGroup)], //                             mov  eax, exit_group
        [0x0f, 0x05], //                                           syscall
        [0x0f, 0x0b], //                                           ud2
      ]),
  },
  arm64: {
    elf: 183,
    pageBytes: 0x10000,
    code: (length, seccomp, exitGroup) =>
      assemble([
        word(0xd10043ff), //                                       sub  sp, sp, #16
        word(0x10000009 | ((CODE_BYTES - 4) << 3)), //             adr  x9, filter
        word(0xf90007e9), //                                       str  x9, [sp, #8]         ; sock_fprog.filter
        word(0xd2800009 | (length << 5)), //                       mov  x9, #length
        word(0xf90003e9), //                                       str  x9, [sp]             ; sock_fprog.len
        word(0xd2800000 | (SECCOMP_SET_MODE_FILTER << 5)), //      mov  x0, #SET_MODE_FILTER
        word(0xd2800001 | (SECCOMP_FILTER_FLAG_TSYNC << 5)), //    mov  x1, #TSYNC
        word(0x910003e2), //                                       mov  x2, sp
        word(0xd2800008 | (seccomp << 5)), //                      mov  x8, #seccomp
        word(0xd4000001), //                                       svc  #0
        word(0xb5000060), //                                       cbnz x0, fail             ; a thread id is a failure too
        word(0x910043ff), //                                       add  sp, sp, #16
        word(0xd65f03c0), //                                       ret
        word(0xd2800020), //                                 fail: mov  x0, #1
        word(0xd2800008 | (exitGroup << 5)), //                    mov  x8, #exit_group
        word(0xd4000001), //                                       svc  #0
        word(0xd4200000), //                                       brk  #0
      ]),
  },
};

const FILE_HEADER_BYTES = 64;
const SEGMENT_HEADER_BYTES = 56;
const SEGMENTS = 4;
const HEADERS_BYTES = FILE_HEADER_BYTES + SEGMENTS * SEGMENT_HEADER_BYTES;

function headers(machine: Machine, textAt: number, textBytes: number, tablesAt: number): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  // Class 64, little-endian, version 1, System V.
  Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]).copy(header);
  header.writeUInt16LE(ET_DYN, 16);
  header.writeUInt16LE(machine.elf, 18);
  header.writeUInt32LE(1, 20);
  header.writeBigUInt64LE(BigInt(FILE_HEADER_BYTES), 32);
  header.writeUInt16LE(FILE_HEADER_BYTES, 52);
  header.writeUInt16LE(SEGMENT_HEADER_BYTES, 54);
  header.writeUInt16LE(SEGMENTS, 56);
  const { pageBytes } = machine;
  return Buffer.concat([
    header,
    segment(PT_LOAD, READ | EXECUTE, 0, 0, textAt + textBytes, pageBytes),
    segment(PT_LOAD, READ | WRITE, tablesAt, pageBytes + tablesAt, TABLES_BYTES, pageBytes),
    segment(PT_DYNAMIC, READ | WRITE, tablesAt + DYNAMIC_AT, pageBytes + tablesAt + DYNAMIC_AT, DYNAMIC_BYTES, 8),
    // Without this header the loader makes every stack executable, which the filter refuses.
    segment(PT_GNU_STACK, READ | WRITE, 0, 0, 0, 16),
  ]);
}

const ET_DYN = 3;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_GNU_STACK = 0x6474e551;
const EXECUTE = 1;
const WRITE = 2;
const READ = 4;

function segment(type: number, flags: number, offset: number, address: number, bytes: number, align: number): Buffer {
  const header = Buffer.alloc(SEGMENT_HEADER_BYTES);
  header.writeUInt32LE(type, 0);
  header.writeUInt32LE(flags, 4);
  [offset, address, address, bytes, bytes, align].forEach((value, index) => {
    header.writeBigUInt64LE(BigInt(value), 8 + index * 8);
  });
  return header;
}

/** One empty string, one undefined symbol, a hash table that finds nothing, the dynamic section. */
const SYMBOLS_AT = 8;
const HASH_AT = 32;
const DYNAMIC_AT = 48;
const DYNAMIC_ENTRIES = 7;
const DYNAMIC_BYTES = DYNAMIC_ENTRIES * 16;
const TABLES_BYTES = DYNAMIC_AT + DYNAMIC_BYTES;
const SYMBOL_BYTES = 24;

function writeTables(tables: Buffer, address: number, initAddress: number): void {
  // One bucket, one chain, both empty.
  tables.writeUInt32LE(1, HASH_AT);
  tables.writeUInt32LE(1, HASH_AT + 4);
  const entries: readonly (readonly [tag: number, value: number])[] = [
    [DT.HASH, address + HASH_AT],
    [DT.STRTAB, address],
    [DT.STRSZ, 1],
    [DT.SYMTAB, address + SYMBOLS_AT],
    [DT.SYMENT, SYMBOL_BYTES],
    [DT.INIT, initAddress],
    [DT.NULL, 0],
  ];
  entries.forEach(([tag, value], index) => {
    tables.writeBigUInt64LE(BigInt(tag), DYNAMIC_AT + index * 16);
    tables.writeBigUInt64LE(BigInt(value), DYNAMIC_AT + index * 16 + 8);
  });
}

const DT = { NULL: 0, HASH: 4, STRTAB: 5, SYMTAB: 6, STRSZ: 10, SYMENT: 11, INIT: 12 } as const;

function assemble(instructions: readonly (readonly number[])[]): Buffer {
  const code = Buffer.alloc(CODE_BYTES);
  code.set(instructions.flat());
  return code;
}

/** Four bytes, little-endian. */
function word(value: number): readonly number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff];
}
