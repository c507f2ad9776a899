import {
  AUDIT_ARCHITECTURES,
  FIRST_UNKNOWN_NUMBER,
  systemCallNumber,
  type FilteredArchitecture,
  type SystemCall,
} from './system-calls.ts';

/** Compares the low 32 bits of an argument (0 to 5), of which only those in `mask` count. */
export type Condition = {
  readonly argument: number;
  /** All 32 bits unless given. */
  readonly mask?: number;
} & ({ readonly equals: number } | { readonly differsFrom: number });

/** Refuses system calls with an error number, where all conditions hold. */
export interface Rule {
  readonly calls: readonly SystemCall[];
  readonly errorNumber: number;
  readonly when?: readonly Condition[];
}

export const EPERM = 1;
export const ENOSYS = 38;

// Classic BPF (linux/bpf_common.h): what the kernel runs before each system call, over `struct seccomp_data`.
const LOAD = 0x20; // BPF_LD | BPF_W | BPF_ABS: the 32 bits at that offset
const AND = 0x54; // BPF_ALU | BPF_AND | BPF_K
const JUMP_IF_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
const JUMP_IF_AT_LEAST = 0x35; // BPF_JMP | BPF_JGE | BPF_K
const RETURN = 0x06; // BPF_RET | BPF_K
const OFFSET_OF_NUMBER = 0;
const OFFSET_OF_ARCHITECTURE = 4;
const OFFSET_OF_ARGUMENTS = 16; // 64 bits each, little-endian: the low half comes first

// Actions of the filter (linux/seccomp.h).
const ALLOW = 0x7fff0000;
const KILL_PROCESS = 0x80000000;
const fail = (errorNumber: number): number => 0x00050000 + errorNumber; // SECCOMP_RET_ERRNO

const ALL_BITS = 0xffffffff;
const INSTRUCTION_BYTES = 8;

/** Numbers of instructions to skip when the comparison holds, and when it does not. */
interface Instruction {
  readonly code: number;
  readonly value: number;
  readonly ifTrue?: number;
  readonly ifFalse?: number;
}

/**
 * The filter as an array of `struct sock_filter`, in the byte order of both processors: kills the process on a system
 * call of another ABI (32-bit), refuses unknown numbers and what the rules say, and allows everything else.
 */
export function encodeFilter(rules: readonly Rule[], architecture: FilteredArchitecture): Buffer {
  return assemble([
    { code: LOAD, value: OFFSET_OF_ARCHITECTURE },
    { code: JUMP_IF_EQUAL, value: AUDIT_ARCHITECTURES[architecture], ifTrue: 1 },
    { code: RETURN, value: KILL_PROCESS },
    { code: LOAD, value: OFFSET_OF_NUMBER },
    { code: JUMP_IF_AT_LEAST, value: FIRST_UNKNOWN_NUMBER, ifFalse: 1 },
    { code: RETURN, value: fail(ENOSYS) },
    ...rules.flatMap((rule) => encodeRule(rule, architecture)),
    { code: RETURN, value: ALLOW },
  ]);
}

function encodeRule({ calls, errorNumber, when = [] }: Rule, architecture: FilteredArchitecture): Instruction[] {
  const body: Instruction[] = [{ code: RETURN, value: fail(errorNumber) }];
  for (const condition of when.toReversed()) body.unshift(...encodeCondition(condition, body.length));
  return calls.flatMap((call) => {
    const value = systemCallNumber(call, architecture);
    if (value === undefined) return [];
    // The conditions before may have loaded something else.
    const isCall = { code: JUMP_IF_EQUAL, value, ifFalse: body.length };
    return [{ code: LOAD, value: OFFSET_OF_NUMBER }, isCall, ...body];
  });
}

/** Skips the rest of the rule when the condition does not hold. */
function encodeCondition(condition: Condition, rest: number): Instruction[] {
  const { argument, mask = ALL_BITS } = condition;
  const comparison =
    'equals' in condition
      ? { code: JUMP_IF_EQUAL, value: condition.equals, ifFalse: rest }
      : { code: JUMP_IF_EQUAL, value: condition.differsFrom, ifTrue: rest };
  return [
    { code: LOAD, value: OFFSET_OF_ARGUMENTS + 8 * argument },
    ...(mask === ALL_BITS ? [] : [{ code: AND, value: mask }]),
    comparison,
  ];
}

function assemble(instructions: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(instructions.length * INSTRUCTION_BYTES);
  for (const [index, { code, value, ifTrue = 0, ifFalse = 0 }] of instructions.entries()) {
    const start = index * INSTRUCTION_BYTES;
    bytes.writeUInt16LE(code, start);
    bytes.writeUInt8(ifTrue, start + 2);
    bytes.writeUInt8(ifFalse, start + 3);
    bytes.writeUInt32LE(value, start + 4);
  }
  return bytes;
}
