import type { Confinement } from './confinement.ts';
import { ENOSYS, EPERM, type Rule } from './filter-program.ts';
import type { SystemCall } from './system-calls.ts';

// Values of the kernel's headers, alike on both processors.
const AF_INET = 2;
const AF_INET6 = 10;
const SIGKILL = 9;
const CLONE_THREAD = 0x00010000;
const CLONE_PARENT = 0x00008000;
/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const CLONE_NEW_NAMESPACES = 0x7e020000;
const PR_SET_PDEATHSIG = 1;
const PR_SET_DUMPABLE = 4;
const F_SETOWN = 8;
const F_SETSIG = 10;
const F_SETOWN_EX = 15;
const FIOSETOWN = 0x8901;
const SIOCSPGRP = 0x8902;
const TIOCSTI = 0x5412;
const O_ACCMODE = 3;
const O_TRUNC = 0x200;

const SIGNALS: readonly SystemCall[] = [
  'kill',
  'tkill',
  'tgkill',
  'rt_sigqueueinfo',
  'rt_tgsigqueueinfo',
  'pidfd_send_signal',
  'pidfd_open',
];
/** Reading and steering other processes. */
const OTHER_PROCESSES: readonly SystemCall[] = [
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'process_madvise',
  'process_mrelease',
  'pidfd_getfd',
  'kcmp',
  'migrate_pages',
  'move_pages',
  'setpriority',
  'ioprio_set',
  'sched_setscheduler',
  'sched_setparam',
  'sched_setattr',
  'sched_setaffinity',
];
const LEAVING_THE_GROUP: readonly SystemCall[] = ['setsid', 'setpgid'];
/** Objects that programs of one user share without a path. */
const SHARED_OBJECTS: readonly SystemCall[] = [
  'shmget',
  'shmat',
  'shmctl',
  'msgget',
  'msgsnd',
  'msgrcv',
  'msgctl',
  'semget',
  'semop',
  'semtimedop',
  'semctl',
  'mq_open',
  'add_key',
  'request_key',
  'keyctl',
];
/** Parts of the kernel with many faults in the past, and what only an administrator needs. */
const KERNEL: readonly SystemCall[] = [
  'bpf',
  'userfaultfd',
  'perf_event_open',
  'fanotify_init',
  'mount',
  'umount2',
  'pivot_root',
  'chroot',
  'move_mount',
  'open_tree',
  'fsopen',
  'fsconfig',
  'fsmount',
  'fspick',
  'mount_setattr',
  'unshare',
  'setns',
  'name_to_handle_at',
  'open_by_handle_at',
  'init_module',
  'finit_module',
  'delete_module',
  'kexec_load',
  'kexec_file_load',
  'reboot',
  'swapon',
  'swapoff',
  'acct',
  'quotactl',
  'quotactl_fd',
  'iopl',
  'ioperm',
  'modify_ldt',
  'syslog',
  'settimeofday',
  'clock_settime',
  'clock_adjtime',
  'adjtimex',
  'sethostname',
  'setdomainname',
  'vhangup',
];
/** Files that lead another program astray; the job's directory is read by others afterwards. */
const LINKS_AND_DEVICES: readonly SystemCall[] = ['symlink', 'symlinkat', 'link', 'linkat', 'mknod', 'mknodat'];
/** Changes by path that Landlock does not check (landlock(7)); by descriptor they stay allowed. */
const UNCHECKED_CHANGES: readonly SystemCall[] = [
  'chmod',
  'fchmodat',
  'chown',
  'lchown',
  'fchownat',
  'setxattr',
  'lsetxattr',
  'removexattr',
  'lremovexattr',
  'truncate', // since Linux 6.2 it does
];
const SOCKETS: readonly SystemCall[] = ['socket', 'socketpair', 'connect', 'bind', 'listen', 'accept', 'accept4'];

const ALWAYS: readonly Rule[] = [
  {
    calls: [
      ...SIGNALS,
      ...OTHER_PROCESSES,
      ...LEAVING_THE_GROUP,
      ...SHARED_OBJECTS,
      ...KERNEL,
      ...LINKS_AND_DEVICES,
      ...UNCHECKED_CHANGES,
    ],
    errorNumber: EPERM,
  },
  // Their arguments lie in memory, where no filter sees them; programs fall back to clone, openat and epoll.
  { calls: ['clone3', 'openat2', 'io_uring_setup', 'io_uring_enter', 'io_uring_register'], errorNumber: ENOSYS },
  { calls: ['prlimit64'], when: [{ argument: 0, differsFrom: 0 }], errorNumber: EPERM },
  // Both send signals on behalf of a descriptor, to any process.
  ...[F_SETOWN, F_SETSIG, F_SETOWN_EX].map((command) => refuse('fcntl', 1, command)),
  ...[FIOSETOWN, SIOCSPGRP, TIOCSTI].map((command) => refuse('ioctl', 1, command)),
  // It dies with us, and we can find it by its environment.
  {
    calls: ['prctl'],
    when: [
      { argument: 0, equals: PR_SET_PDEATHSIG },
      { argument: 1, differsFrom: SIGKILL },
    ],
    errorNumber: EPERM,
  },
  refuse('prctl', 0, PR_SET_DUMPABLE),
  // Landlock before Linux 6.2 takes opening for reading with O_TRUNC for reading.
  ...([['open', 1] as const, ['openat', 2] as const] as const).map(([call, argument]) =>
    refuse(call, argument, O_TRUNC, O_ACCMODE | O_TRUNC),
  ),
];

/** Only the Internet's protocols: no Unix sockets, which lead to other services of the machine, no netlink, no raw packets. */
const INTERNET_ONLY: Rule = {
  calls: ['socket'],
  when: [
    { argument: 0, differsFrom: AF_INET },
    { argument: 0, differsFrom: AF_INET6 },
  ],
  errorNumber: EPERM,
};

const NO_PROGRAMS: readonly Rule[] = [
  { calls: ['fork', 'vfork'], errorNumber: EPERM },
  refuse('clone', 0, 0, CLONE_THREAD),
];

const OWN_CHILDREN: readonly Rule[] = [
  { calls: ['clone'], when: [{ argument: 0, mask: CLONE_NEW_NAMESPACES, differsFrom: 0 }], errorNumber: EPERM },
  refuse('clone', 0, CLONE_PARENT, CLONE_PARENT),
];

/** The system calls that a confined program is refused. */
export function filterRules({
  network,
  mayStartPrograms,
}: Pick<Confinement, 'network' | 'mayStartPrograms'>): readonly Rule[] {
  return [
    ...ALWAYS,
    ...(network === 'none' ? [{ calls: SOCKETS, errorNumber: EPERM }] : [INTERNET_ONLY]),
    ...OWN_CHILDREN,
    ...(mayStartPrograms ? [] : NO_PROGRAMS),
  ];
}

function refuse(call: SystemCall, argument: number, equals: number, mask?: number): Rule {
  return {
    calls: [call],
    when: [{ argument, equals, ...(mask === undefined ? {} : { mask }) }],
    errorNumber: EPERM,
  };
}
