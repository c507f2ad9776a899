import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { encodeFilter, ENOSYS, EPERM } from '../../src/sandbox/filter-program.ts';
import { filterRules } from '../../src/sandbox/filter-rules.ts';
import {
  AUDIT_ARCHITECTURES,
  SYSTEM_CALLS,
  systemCallNumber,
  type FilteredArchitecture,
  type SystemCall,
} from '../../src/sandbox/system-calls.ts';

const ARCHITECTURES = ['x64', 'arm64'] as const;
const DECODER = { network: 'none', mayStartPrograms: false } as const;
const DOWNLOADER = { network: 'shared', mayStartPrograms: true } as const;
const I386 = 0x40000003;

interface Call {
  readonly architecture: number;
  readonly number: number;
  readonly args?: readonly number[];
}

/** Runs a filter as the kernel does; only the instructions that ours has. */
function verdict(filter: Buffer, { architecture, number, args = [] }: Call): string {
  const data = Buffer.alloc(64);
  data.writeUInt32LE(number >>> 0, 0);
  data.writeUInt32LE(architecture, 4);
  for (const [index, value] of args.entries()) data.writeUInt32LE(value >>> 0, 16 + 8 * index);
  let accumulator = 0;
  for (let at = 0; ; at += 8) {
    const [code, value] = [filter.readUInt16LE(at), filter.readUInt32LE(at + 4)];
    const jump = (holds: boolean): void => void (at += 8 * filter.readUInt8(holds ? at + 2 : at + 3));
    if (code === 0x20) accumulator = data.readUInt32LE(value);
    else if (code === 0x54) accumulator = (accumulator & value) >>> 0;
    else if (code === 0x15) jump(accumulator === value);
    else if (code === 0x35) jump(accumulator >= value);
    else if (code === 0x06) return readVerdict(value);
    else throw new Error(`unexpected instruction ${code}`);
  }
}

function readVerdict(value: number): string {
  if (value === 0x7fff0000) return 'allowed';
  if (value === 0x80000000) return 'killed';
  return `errno ${value - 0x00050000}`;
}

describe.each(ARCHITECTURES)('the filter on %s', (name: FilteredArchitecture) => {
  const architecture = AUDIT_ARCHITECTURES[name];
  const filters = {
    decoder: encodeFilter(filterRules(DECODER), name),
    downloader: encodeFilter(filterRules(DOWNLOADER), name),
  };
  const ask = (who: keyof typeof filters, call: SystemCall, ...args: number[]): string => {
    const number = systemCallNumber(call, name);
    return number === undefined ? 'no such call' : verdict(filters[who], { architecture, number, args });
  };

  it('a call of another ABI: kills the process', () => {
    expect(verdict(filters.decoder, { architecture: I386, number: 11 })).toBe('killed');
  });

  it('a call of the x32 ABI, or newer than the filter: fails with ENOSYS', () => {
    expect(verdict(filters.decoder, { architecture, number: 0x40000000 + 41 })).toBe(`errno ${ENOSYS}`);
    expect(verdict(filters.downloader, { architecture, number: 467 })).toBe(`errno ${ENOSYS}`);
    expect(verdict(filters.downloader, { architecture, number: -1 })).toBe(`errno ${ENOSYS}`);
  });

  it('read, write, execve and exit_group: are allowed', () => {
    const [read, write, execve, exit] = name === 'x64' ? [0, 1, 59, 231] : [63, 64, 221, 94];
    for (const number of [read, write, execve, exit])
      expect(verdict(filters.decoder, { architecture, number })).toBe('allowed');
  });

  it.each([
    ['socket', [2, 1], EPERM, 'allowed'],
    ['socket', [10, 2], EPERM, 'allowed'],
    ['socket', [1, 1], EPERM, EPERM],
    ['socket', [16, 3], EPERM, EPERM],
    ['socketpair', [1, 1], EPERM, 'allowed'],
    ['clone', [0x003d0f00], 'allowed', 'allowed'], // a thread
    ['clone', [17], EPERM, 'allowed'], // a child that reports SIGCHLD
    ['clone', [0x10000000 | 17], EPERM, EPERM], // a user namespace
    ['clone', [0x00008000 | 17], EPERM, EPERM], // a child of our own process
    ['clone3', [], ENOSYS, ENOSYS],
    ['openat', [0, 0, 0x200], EPERM, EPERM], // O_RDONLY | O_TRUNC
    ['openat', [0, 0, 0x241], 'allowed', 'allowed'], // O_WRONLY | O_CREAT | O_TRUNC
    ['openat', [0, 0, 0], 'allowed', 'allowed'],
    ['prlimit64', [0, 2], 'allowed', 'allowed'],
    ['prlimit64', [1, 2], EPERM, EPERM],
    ['prctl', [1, 9], 'allowed', 'allowed'],
    ['prctl', [1, 0], EPERM, EPERM],
    ['prctl', [4, 0], EPERM, EPERM],
    ['prctl', [15, 0], 'allowed', 'allowed'], // PR_SET_NAME
    ['fcntl', [3, 8, 1], EPERM, EPERM],
    ['fcntl', [3, 1, 0], 'allowed', 'allowed'],
    ['ioctl', [3, 0x5412], EPERM, EPERM],
    ['kill', [1, 9], EPERM, EPERM],
  ] as const)('%s(%j): decoder %s, downloader %s', (call, args, decoder, downloader) => {
    const expected = (value: number | 'allowed'): string => (value === 'allowed' ? value : `errno ${value}`);
    expect(ask('decoder', call, ...args)).toBe(expected(decoder));
    expect(ask('downloader', call, ...args)).toBe(expected(downloader));
  });

  const header = name === 'x64' ? '/usr/include/x86_64-linux-gnu/asm/unistd_64.h' : '/usr/include/asm-generic/unistd.h';
  it.runIf(existsSync(header))('the numbers of the system calls: are those of the kernel', () => {
    const text = readFileSync(header, 'utf8');
    const number = (call: string): string | undefined =>
      new RegExp(`^#define __NR(?:3264)?_${call}\\s+(\\d+)$`, 'm').exec(text)?.[1];
    for (const call of Object.keys(SYSTEM_CALLS) as SystemCall[])
      // its keys are their names
      expect([call, number(call)]).toEqual([call, systemCallNumber(call, name)?.toString()]);
  });
});
