"""`ombudsman run`: starts, brings back what died, and leaves nothing behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from .service import OMBUDSMAN, answer, environment, free_port, printed_in, processes_of, started, wait_until

WEB_PROCESSES = 2
TWO_PARTS = """
import sys
from ombudsman_app.core.supervisor import Part, Supervisor
python = [sys.executable, "-c"]
parts = [
    Part("steady", [*python, "import time; time.sleep(600)"]),
    Part("other", [*python, {other!r}], stop_seconds=1, is_ready=lambda: {is_ready}),
]
sys.exit(Supervisor(parts, say=lambda text: print(text, flush=True)).run(lambda: print("ready", flush=True)))
"""
STUBBORN = (
    "import signal, subprocess, sys, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "time.sleep(600)"
)


@contextmanager
def service(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environ = environment(folder, PORT=str(port), OMBUDSMAN_ARGON2_MEMORY_KIB="8")
    subprocess.run([OMBUDSMAN, "db", "upgrade"], env=environ, cwd=folder, check=True)
    with started([OMBUDSMAN, "run"], environ, folder) as running:
        wait_until(lambda: "Ctrl-C ends it" in printed_in(folder), why="it says that it is ready")
        wait_until(lambda: len(workers_of(folder)) == WEB_PROCESSES, why="all its web processes run")
        yield running


def part_of(folder: Path, word: str) -> int:
    """The one process that the supervisor started with this word in its command."""
    running = processes_of(folder)
    (found,) = [
        pid
        for pid, parent in running.items()
        if parent in running and word in command_of(pid) and word not in command_of(parent)
    ]
    return found


def workers_of(folder: Path) -> set[int]:
    """The web processes: what gunicorn has forked."""
    running = processes_of(folder)
    return {pid for pid, parent in running.items() if parent in running and "gunicorn" in command_of(parent)}


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_given_a_running_service_when_asked_to_stop_then_nothing_of_it_is_left(tmp_path, ending):
    port = free_port()
    with service(tmp_path, port) as running:
        assert answer(port) == 200
        running.send_signal(ending)
        running.wait(timeout=60)

    assert running.returncode == 0
    assert f"Kawal Layanan: http://localhost:{port}" in printed_in(tmp_path)
    assert processes_of(tmp_path) == {}


def test_given_dead_web_processes_when_asked_again_then_it_answers(tmp_path):
    port = free_port()
    with service(tmp_path, port):
        before = workers_of(tmp_path)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        wait_until(lambda: len(workers_of(tmp_path) - before) == len(before), why="new web processes")

        assert answer(port) == 200


def test_given_a_dead_gunicorn_when_a_visitor_comes_then_he_waits_in_line_and_is_served(tmp_path):
    port = free_port()
    with service(tmp_path, port):
        before = workers_of(tmp_path)
        os.kill(part_of(tmp_path, "gunicorn"), signal.SIGKILL)
        wait_until(lambda: not before & processes_of(tmp_path).keys(), why="its processes ended")

        assert answer(port) == 200


def test_given_a_dead_runner_when_time_passes_then_there_is_another(tmp_path):
    with service(tmp_path, free_port()):
        before = part_of(tmp_path, " runner")
        os.kill(before, signal.SIGKILL)
        wait_until(lambda: " runner" in commands_in(tmp_path, but=before), why="another runner")


def commands_in(folder: Path, *, but: int) -> str:
    return "\n".join(command_of(pid) for pid in processes_of(folder) if pid != but)


def test_given_a_supervisor_that_was_killed_when_time_passes_then_nothing_of_it_is_left(tmp_path):
    with service(tmp_path, free_port()) as running:
        running.kill()
        wait_until(lambda: not processes_of(tmp_path), why="the parts ended by themselves")


def test_given_a_taken_port_when_starting_then_one_sentence_says_so(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        environ = environment(tmp_path, PORT=str(taken.getsockname()[1]))
        refused = subprocess.run(
            [OMBUDSMAN, "run"], env=environ, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    assert refused.returncode == 2
    assert refused.stdout == ""
    assert refused.stderr.count("\n") == 1
    assert "Address already in use" in refused.stderr


def two_parts(folder: Path, other: str, *, is_ready: bool = True) -> tuple[list[str], dict[str, str]]:
    return [sys.executable, "-c", TWO_PARTS.format(other=other, is_ready=is_ready)], environment(folder)


def test_given_a_part_that_ends_before_it_is_ready_when_started_then_all_ends_at_once(tmp_path):
    command, environ = two_parts(tmp_path, "import sys; sys.exit(3)", is_ready=False)

    ended = subprocess.run(
        command, env=environ, cwd=tmp_path, timeout=60, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stdout == "other: ended with 3 before it was ready; giving up.\n"
    assert processes_of(tmp_path) == {}


def test_given_a_part_that_always_ends_when_it_has_had_its_tries_then_all_ends(tmp_path):
    command, environ = two_parts(tmp_path, "import sys; sys.exit(3)")

    ended = subprocess.run(
        command, env=environ, cwd=tmp_path, timeout=60, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert ended.stdout.count("other: ended with 3; starting again") == 4
    assert "giving up" in ended.stdout
    assert processes_of(tmp_path) == {}


def test_given_a_part_that_will_not_stop_when_asked_then_it_and_its_children_are_ended(tmp_path):
    command, environ = two_parts(tmp_path, STUBBORN)
    with started(command, environ, tmp_path) as running:
        wait_until(lambda: len(processes_of(tmp_path)) == 4, why="both parts and a grandchild run")
        running.terminate()
        running.wait(timeout=60)

    assert running.returncode == 0
    assert processes_of(tmp_path) == {}
