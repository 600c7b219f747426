"""What holds a child in: limits of the kernel, an empty environment, no network, death with its parent."""

import contextlib
import ctypes
import errno
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_SET_NO_NEW_PRIVS = 1, 36, 38
_CLONE_NEWUSER, _CLONE_NEWNET = 0x1000_0000, 0x4000_0000
_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Limits:
    """What one document may use."""

    memory_bytes: int  # beside what the server itself has mapped
    file_bytes: int  # each file that it writes
    open_files: int = 64
    may_start_others: bool = False  # threads count


def start(program: str) -> tuple[Path, int]:
    """Return folder and children at once from the command line, once the process stands bare.

    Whoever starts us may carry keys in the environment. So we leave the network, then begin anew
    with nothing: not even /proc shows what was there before.
    """
    usage = f"usage: python -m {program} FOLDER [CHILDREN]"
    words = sys.argv[1:]
    is_bare = words[-1:] == ["--bare"]
    if is_bare:
        words = words[:-1]
    if len(words) not in (1, 2) or not (len(words) == 1 or words[1].isdigit()):
        sys.exit(usage)
    if not is_bare:
        if not _leave_network():
            sys.stderr.write(f"{program}: the network cannot be shut off here; the unit must do it.\n")
        command = [sys.executable, "-I", "-m", program, str(Path(words[0]).resolve()), *words[1:], "--bare"]
        os.execve(sys.executable, command, {})  # noqa: S606 - our own program, no shell
    return Path(words[0]), int(words[1]) if len(words) == 2 else 2


def _leave_network() -> bool:
    """Go into a network of our own, with nobody in it. Our user stays who it is."""
    uid, gid = os.getuid(), os.getgid()
    if _libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return _has_no_network()
    with contextlib.suppress(OSError):
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{uid} {uid} 1")
        Path("/proc/self/gid_map").write_text(f"{gid} {gid} 1")
    return True


def _has_no_network() -> bool:
    """Whether somebody shut it off before us, as the units in deploy/ do."""
    try:
        lines = Path("/proc/self/net/dev").read_text(encoding="ascii").splitlines()[2:]
    except OSError:
        return False
    return all(line.split(":")[0].strip() == "lo" for line in lines)


def adopt_orphans() -> None:
    """Become the parent of whatever a child leaves behind."""
    _libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def kill_orphans(known: set[int]) -> None:
    """End every child of ours that we did not make ourselves, and its children, until none is left."""
    while True:
        listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
        strangers = {int(pid) for pid in listed.split()} - known
        if not strangers:
            return
        for pid in strangers:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)


def go_inside(parent: int, kept: Iterable[int], scratch: Path, limits: Limits, seconds: float) -> None:
    """Give up what a child does not need, for good."""
    with contextlib.suppress(OSError):
        os.setpgid(0, 0)
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
    signal.set_wakeup_fd(-1)
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, signal.SIG_DFL)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead, and says so
    _close_all_but(set(kept))
    os.chdir(scratch)
    tempfile.tempdir = str(scratch)
    cpu = max(1, int(seconds) + 1)
    _limit(resource.RLIMIT_AS, _mapped_bytes() + limits.memory_bytes)
    _limit(resource.RLIMIT_CPU, cpu, cpu + 1)
    _limit(resource.RLIMIT_FSIZE, limits.file_bytes)
    _limit(resource.RLIMIT_NOFILE, limits.open_files)
    _limit(resource.RLIMIT_CORE, 0)
    if not limits.may_start_others:
        _limit(resource.RLIMIT_NPROC, 0)


def is_limit(failed: OSError) -> bool:
    """Whether this is one of the limits speaking."""
    return failed.errno in (errno.EFBIG, errno.ENOMEM)


def is_full(failed: OSError) -> bool:
    """Whether the disk had no room, which is nobody's fault who sent the file."""
    return failed.errno in (errno.ENOSPC, errno.EDQUOT)


def _limit(what: int, soft: int, hard: int | None = None) -> None:
    resource.setrlimit(what, (soft, soft if hard is None else hard))


def _close_all_but(kept: set[int]) -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):  # what a library prints may hold words of the file
        os.dup2(nothing, standard)
    first = 3
    for descriptor in sorted(kept):
        os.closerange(first, descriptor)
        first = descriptor + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX") if os.sysconf("SC_OPEN_MAX") > 0 else 65_536)


def _mapped_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")
