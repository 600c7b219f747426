"""Whatever happens to a child or its server, who asked is told so, in time (FI4, FB1)."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from ombudsman_app.core.children import ChildFailed, ask_in, is_there

from ..children import STRANGE, child_server, start, stop
from ..house.service import wait_until

LONG = 120.0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server that works, in a folder whose name is longer than an address of a socket can be."""
    deep = tmp_path_factory.mktemp("run") / ("d" * 120)
    with child_server(deep, "parse", str(STRANGE)):
        yield deep


def failure(folder: Path, task: str, seconds: float = LONG, **head: Any) -> str:
    with pytest.raises(ChildFailed) as failed:
        ask_in(folder, "parse", task, head, seconds=seconds)
    return failed.value.code


def children_of(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def still_works(folder: Path) -> bool:
    answer, said = ask_in(folder, "parse", "echo", {"a": 1}, b"halo", seconds=LONG)
    return answer == {"heard": 4, "head": {"a": 1}} and said == b"HALO"


@pytest.mark.parametrize(
    ("task", "code"),
    [
        ("die", "broken"),
        ("eat", "too_big"),
        ("flood", "too_big"),
        ("chatter", "too_big"),
        ("overflow", "too_big"),
        ("fail", "broken"),
        ("refuse", "refused"),
        ("nothing_of_the_kind", "refused"),
    ],
)
def test_given_a_child_that_misbehaves_when_it_ends_then_its_code_is_told_and_the_next_ask_works(
    folder, task, code
):
    assert failure(folder, task) == code
    assert still_works(folder)


@pytest.mark.parametrize("task", ["spin", "sleep"])
def test_given_a_child_without_end_when_its_time_is_over_then_it_is_killed(folder, task):
    assert failure(folder, task, seconds=0.3) == "too_long"
    assert still_works(folder)


def test_given_a_child_that_failed_when_told_then_no_word_of_the_file_is_in_it(folder):
    with pytest.raises(ChildFailed) as failed:
        ask_in(folder, "parse", "fail", {}, seconds=LONG)
    assert failed.value.detail == "ZeroDivisionError"


def test_given_a_child_that_leaves_a_process_when_it_ends_then_that_is_dead_before_the_answer(folder):
    answer, _ = ask_in(folder, "parse", "breed", {}, seconds=LONG)
    assert not Path(f"/proc/{answer['left']}").exists()


def test_given_a_head_that_is_too_large_when_asking_then_nothing_is_sent(folder):
    assert failure(folder, "echo", words="x" * 100_000) == "too_big"


@pytest.mark.parametrize("program", ["parse", "render"])
def test_given_a_real_server_when_started_with_secrets_then_nothing_of_them_is_left(tmp_path, program):
    environ = {**os.environ, "OMBUDSMAN_DATABASE_URL": "postgresql://canary-secret"}
    command = [sys.executable, "-m", f"ombudsman_app.isolated.{program}", str(tmp_path)]
    with subprocess.Popen(command, env=environ) as server:
        try:
            wait_until(lambda: is_there(tmp_path, program), why="it listens")
            assert Path(f"/proc/{server.pid}/environ").read_bytes() == b""
            interfaces = Path(f"/proc/{server.pid}/net/dev").read_text().splitlines()[2:]
            assert [line.split(":")[0].strip() for line in interfaces] in ([], ["lo"])
            assert len(list(Path(f"/proc/{server.pid}/task").iterdir())) == 1
        finally:
            stop(server)


def test_given_a_child_when_it_looks_around_then_it_has_its_own_files_and_no_privileges(folder):
    seen, _ = ask_in(folder, "parse", "look", {}, seconds=LONG)

    assert seen["no_new_privileges"]
    assert seen["nice"] >= 10
    assert seen["files"] <= 7  # three of nothing, the pipe, the body, the out, the look itself


def test_given_no_server_when_asking_then_it_is_away(tmp_path):
    assert failure(tmp_path, "echo") == "away"
    assert failure(tmp_path / "not" / "there", "echo") == "away"


def test_given_a_server_that_was_away_when_it_comes_then_the_next_ask_works(tmp_path):
    assert failure(tmp_path, "echo") == "away"
    with child_server(tmp_path, "parse", str(STRANGE)):
        assert still_works(tmp_path)
    assert failure(tmp_path, "echo") == "away"


class Asking(threading.Thread):
    """Asks in the background, so that the test may do harm meanwhile."""

    def __init__(self, folder: Path, task: str) -> None:
        super().__init__()
        self.folder, self.task, self.code = folder, task, ""

    def run(self) -> None:
        try:
            ask_in(self.folder, "parse", self.task, {}, seconds=LONG)
        except ChildFailed as failed:
            self.code = failed.code


def wait_for_child(server: subprocess.Popen[bytes]) -> int:
    wait_until(lambda: children_of(server.pid), why="a child works")
    return children_of(server.pid)[0]


def kill_server(server: subprocess.Popen[bytes], _child: int) -> None:
    server.kill()


def kill_child(_server: subprocess.Popen[bytes], child: int) -> None:
    os.kill(child, signal.SIGKILL)


def stop_server(server: subprocess.Popen[bytes], _child: int) -> None:
    server.terminate()


@pytest.mark.parametrize(
    ("harm", "code"), [(kill_server, "away"), (stop_server, "away"), (kill_child, "broken")]
)
def test_given_an_ask_under_way_when_one_of_them_is_killed_then_who_asked_is_told_and_no_child_is_left(
    tmp_path, harm: Callable[[subprocess.Popen[bytes], int], None], code
):
    with child_server(tmp_path, "parse", str(STRANGE)) as server:
        asking = Asking(tmp_path, "sleep")
        asking.start()
        child = wait_for_child(server)
        harm(server, child)
        asking.join(LONG)

        assert asking.code == code
        wait_until(lambda: not Path(f"/proc/{child}").exists(), why="the child is gone")


def test_given_a_server_killed_between_two_asks_when_another_starts_then_it_takes_the_place(tmp_path):
    first = start(tmp_path, "parse", str(STRANGE))
    assert still_works(tmp_path)
    first.kill()
    first.wait()
    assert failure(tmp_path, "echo") == "away"
    with child_server(tmp_path, "parse", str(STRANGE)):
        assert still_works(tmp_path)


def test_given_all_children_busy_when_one_more_asks_then_it_waits_for_its_turn(tmp_path):
    with child_server(tmp_path, "parse", str(STRANGE)) as server:
        busy = [Asking(tmp_path, "sleep") for _ in range(2)]
        for asking in busy:
            asking.start()
        wait_until(lambda: len(children_of(server.pid)) == 2, why="both work")
        third = Asking(tmp_path, "refuse")
        third.start()
        for child in children_of(server.pid):
            os.kill(child, signal.SIGKILL)
        third.join(LONG)
        for asking in busy:
            asking.join(LONG)

    assert third.code == "refused"
    assert {asking.code for asking in busy} == {"broken"}


def test_given_somebody_who_asked_and_went_when_the_child_works_on_then_it_is_ended(tmp_path):
    program = (
        "import sys; from pathlib import Path; from ombudsman_app.core.children import ask_in;"
        "ask_in(Path(sys.argv[1]), 'parse', 'sleep', {}, seconds=100)"
    )
    with child_server(tmp_path, "parse", str(STRANGE)) as server:
        asker = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)])
        child = wait_for_child(server)
        asker.kill()
        asker.wait()
        wait_until(lambda: not Path(f"/proc/{child}").exists(), why="nobody waits for it")
        assert still_works(tmp_path)


def test_given_web_processes_when_they_serve_pages_then_no_such_library_is_in_them():
    program = (
        "import sys; from ombudsman_app.cli import main; from ombudsman_app import app;"
        "from ombudsman_app.core import children; import ombudsman_app.web.server;"
        "heavy = ('weasyprint', 'PIL', 'pikepdf', 'pyhanko', 'xlsxwriter');"
        "print([name for name in heavy if name in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"
