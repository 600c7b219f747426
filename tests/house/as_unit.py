"""Run a program under the limits that a unit of deploy/ sets on calls of the kernel: as_unit.py UNIT COMMAND…

What systemd does with SystemCallFilter=, RestrictAddressFamilies=, RestrictNamespaces= and
MemoryDenyWriteExecute= is done here through the same library, with the sets that systemd itself documents.
"""

import ctypes
import errno
import os
import re
import socket
import subprocess
import sys
from functools import cache
from pathlib import Path

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
EQUAL, NOT_EQUAL, MASKED = 4, 1, 7
PROT_WRITE, PROT_EXEC, SHM_EXEC = 2, 4, 0o100000
NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
FAMILIES = {"AF_UNIX": socket.AF_UNIX, "AF_INET": socket.AF_INET, "AF_INET6": socket.AF_INET6}
FAMILY_NUMBERS = 46


class _Compare(ctypes.Structure):
    """An argument of a call, how to compare it, and with what."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("how", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


def words(unit: Path, name: str) -> list[str]:
    """Return the values of all lines of a name; a later empty one does not occur in our units."""
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def allowed_calls(unit: Path) -> set[str]:
    """Return the names of all calls that the lines of a unit let through, from the first to the last."""
    found: set[str] = set()
    for line in words(unit, "SystemCallFilter"):
        is_taken_away = line.startswith("~")
        for word in line.removeprefix("~").split():
            calls = calls_of(word) if word.startswith("@") else {word}
            found = found - calls if is_taken_away else found | calls
    return found | calls_of("@default")


@cache
def calls_of(name: str) -> set[str]:
    """Return a set of systemd, with the sets in it."""
    listed = subprocess.run(
        ["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True
    )
    lines = [line.strip() for line in listed.stdout.splitlines()[1:]]
    found: set[str] = set()
    for line in lines:
        if line and not line.startswith("#"):
            found |= calls_of(line) if line.startswith("@") else {line}
    return found


class _Filter:
    """One filter of the kernel."""

    def __init__(self, otherwise: int) -> None:
        self._library = ctypes.CDLL("libseccomp.so.2", use_errno=True)
        self._library.seccomp_init.restype = ctypes.c_void_p
        self._library.seccomp_load.argtypes = [ctypes.c_void_p]
        self._library.seccomp_rule_add_array.argtypes = [
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p,
        ]  # fmt: skip
        self._context = self._library.seccomp_init(ctypes.c_uint32(otherwise))

    def rule(self, action: int, call: str, *compared: tuple[int, int, int, int]) -> None:
        number = self._library.seccomp_syscall_resolve_name(call.encode())
        if number < 0:
            return  # a call of other machines
        compare = (_Compare * max(1, len(compared)))(*(_Compare(*one) for one in compared))
        failed = self._library.seccomp_rule_add_array(self._context, action, number, len(compared), compare)
        if failed and failed != -errno.EEXIST:
            raise OSError(-failed, call)

    def load(self) -> None:
        failed = self._library.seccomp_load(self._context)
        if failed:
            raise OSError(-failed, "seccomp_load")


def go_under(unit: Path) -> None:
    """Take the limits on, for this process and all that it starts."""
    denied = _Filter(ALLOW)
    if words(unit, "RestrictNamespaces") == ["yes"]:
        denied.rule(ERRNO | errno.ENOSYS, "clone3")
        for call in ("unshare", "clone"):
            for kind in NAMESPACES:
                denied.rule(ERRNO | errno.EPERM, call, (0, MASKED, kind, kind))
        denied.rule(ERRNO | errno.EPERM, "setns")
    families = {FAMILIES[word] for line in words(unit, "RestrictAddressFamilies") for word in line.split()}
    for number in set(range(FAMILY_NUMBERS)) - {int(family) for family in families}:
        denied.rule(ERRNO | errno.EAFNOSUPPORT, "socket", (0, EQUAL, number, 0))
    if words(unit, "MemoryDenyWriteExecute") == ["yes"]:
        both = PROT_WRITE | PROT_EXEC
        denied.rule(ERRNO | errno.EPERM, "mmap", (2, MASKED, both, both))
        for call in ("mprotect", "pkey_mprotect"):
            denied.rule(ERRNO | errno.EPERM, call, (2, MASKED, PROT_EXEC, PROT_EXEC))
        denied.rule(ERRNO | errno.EPERM, "shmat", (2, MASKED, SHM_EXEC, SHM_EXEC))
    allowed = _Filter(ERRNO | errno.EPERM)
    for call in allowed_calls(unit):
        allowed.rule(ALLOW, call)
    denied.load()
    allowed.load()


if __name__ == "__main__":
    go_under(Path(sys.argv[1]))
    os.execvp(sys.argv[2], sys.argv[2:])
