"""Plays a decoder that hostile media has taken over: tries to get out, and prints as JSON what each attempt gave.

    taken-over-decoder.py FACTS      a JSON object: paths, ports and process ids around it
"""

import ctypes
import json
import os
import platform
import resource
import signal
import socket
import sys

facts = json.loads(sys.argv[1])
libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = {  # x86_64, aarch64
    "clone3": (435, 435),
    "io_uring_setup": (425, 425),
    "mount": (165, 40),
    "openat2": (437, 437),
    "pidfd_open": (434, 434),
    "process_vm_readv": (310, 270),
    "ptrace": (101, 117),
    "shmget": (29, 194),
    "tgkill": (234, 131),
    "unshare": (272, 97),
}


def call(name, *arguments):
    number = NUMBERS[name][0 if platform.machine() == "x86_64" else 1]
    return check(libc.syscall(ctypes.c_long(number), *arguments))


def check(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path):
    with open(path, "ab") as file:
        file.write(b"taken over")


def in_child(action):
    """Some calls are refused to a process that leads its group, sandbox or not."""
    child = os.fork()
    if child == 0:
        try:
            action()
        except OSError:
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1] != 0:
        raise OSError("refused in a child")


def connect(family, kind, address):
    with socket.socket(family, kind) as connection:
        connection.settimeout(2)
        connection.connect(address)
        connection.send(b"taken over")


def read_through_symlink():
    os.symlink(facts["secret"], facts["job"] + "/symlink")
    return read(facts["job"] + "/symlink")


def send_signal_by_descriptor():
    import fcntl

    reader, _ = os.pipe()
    fcntl.fcntl(reader, fcntl.F_SETOWN, facts["victim"])


def read_memory():
    class Vector(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    buffer = ctypes.create_string_buffer(8)
    local = Vector(ctypes.addressof(buffer), 8)
    with open(f"/proc/{facts['victim']}/maps", encoding="ascii") as maps:
        address = int(maps.readline().split("-")[0], 16)
    remote = Vector(address, 8)
    call("process_vm_readv", facts["victim"], ctypes.byref(local), 1, ctypes.byref(remote), 1, 0)


def clear_parent_death_signal():
    check(libc.prctl(1, 0, 0, 0, 0))


def new_user_namespace():
    call("unshare", 0x10000000)


CLONE_NEWUSER = 0x10000000
TRACE_SEIZE = 0x4206
ATTEMPTS = {
    "read a secret": lambda: read(facts["secret"]),
    "read the database": lambda: read(facts["database"]),
    "list another item": lambda: os.listdir(facts["otherItem"]),
    "read another item": lambda: read(facts["otherItem"] + "/index.m3u8"),
    "read the environment of its parent": lambda: read(f"/proc/{facts['parent']}/environ"),
    "read the environment of another process": lambda: read(f"/proc/{facts['victim']}/environ"),
    "read the memory of another process": read_memory,
    "write beside its directory": lambda: write(facts["outside"] + "/new"),
    "write to a secret": lambda: write(facts["secret"]),
    "write to what it may read": lambda: write(facts["readable"]),
    "empty what it may read": lambda: os.close(os.open(facts["readable"], os.O_RDONLY | os.O_TRUNC)),
    "truncate a file by path": lambda: os.truncate(facts["truncated"], 0),
    "change the mode of a secret": lambda: os.chmod(facts["secret"], 0o644),
    "delete another item": lambda: os.unlink(facts["otherItem"] + "/segment"),
    "move a file out": lambda: os.rename(facts["job"] + "/own", facts["outside"] + "/moved"),
    "read through a symbolic link": read_through_symlink,
    "hard-link a secret": lambda: os.link(facts["secret"], facts["job"] + "/link"),
    "make a named pipe": lambda: os.mkfifo(facts["job"] + "/pipe"),
    "connect over TCP": lambda: connect(socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", facts["tcpPort"])),
    "send over UDP": lambda: connect(socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", facts["udpPort"])),
    "connect to a Unix socket": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, facts["unixSocket"]),
    "connect to an abstract socket": lambda: connect(socket.AF_UNIX, socket.SOCK_STREAM, "\0" + facts["abstractSocket"]),
    "set up io_uring": lambda: os.close(call("io_uring_setup", 1, ctypes.create_string_buffer(120))),
    "open with openat2": lambda: os.close(call("openat2", -100, facts["job"].encode(), bytes(24), 24)),
    "signal another process": lambda: os.kill(facts["victim"], 0),
    "signal its parent": lambda: os.kill(facts["parent"], 0),
    "signal a thread of another process": lambda: call("tgkill", facts["victim"], facts["victim"], 0),
    "signal through a process descriptor": lambda: os.close(call("pidfd_open", facts["victim"], 0)),
    "signal through a file descriptor": send_signal_by_descriptor,
    "limit another process": lambda: resource.prlimit(facts["victim"], resource.RLIMIT_CORE, (0, 0)),
    "trace another process": lambda: call("ptrace", TRACE_SEIZE, facts["victim"], 0, 0),
    "share memory": lambda: call("shmget", 0, 4096, 0o600),
    "have a user namespace": lambda: in_child(new_user_namespace),
    "outlive its parent": clear_parent_death_signal,
    "leave its session": lambda: in_child(os.setsid),
    "leave its process group": lambda: in_child(lambda: os.setpgid(0, 0)),
    "start a process": lambda: in_child(lambda: None),
}


def give(attempt):
    try:
        attempt()
        return "done"
    except (OSError, ValueError) as error:
        return f"refused: {error}"


signal.alarm(30)
print(json.dumps({name: give(attempt) for name, attempt in ATTEMPTS.items()}))
