"""The first start makes the keys: once, whole, whoever else starts and whenever the power goes."""

import subprocess
import sys
from pathlib import Path

import pytest

from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.sealing import keyring_from

START = """
import sys
from pathlib import Path
from ombudsman_app.core.sealing import keyring_from
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    ring = keyring_from(Path(sys.argv[1]) / str(number), may_create=True)
    print(ring.key("test")[1].hex(), ring.hash_key("test").hex())
"""


def test_given_four_processes_start_at_once_then_all_hold_the_same_keys(tmp_path: Path) -> None:

    command = [sys.executable, "-c", START, str(tmp_path)]
    starts = [
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(4)
    ]
    for start in starts:
        assert start.stdout is not None
        assert start.stdout.readline() == "ready\n"
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    said = [start.communicate(timeout=120) for start in starts]
    assert [start.returncode for start in starts] == [0] * 4, said
    assert len({out for out, _ in said}) == 1
    assert len(set(said[0][0].splitlines())) == 20


@pytest.mark.parametrize("renamed", [0, 1])
def test_given_a_crash_on_the_way_when_starting_again_then_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, renamed: int
) -> None:
    done: list[Path] = []
    rename = Path.rename

    def power_goes(self: Path, target: Path) -> Path:
        if len(done) == renamed:
            raise OSError("the power went")
        done.append(target)
        return rename(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "rename", power_goes)
        with pytest.raises(OSError, match="the power went"):
            keyring_from(tmp_path, may_create=True)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.key")}

    first = keyring_from(tmp_path, may_create=True)
    assert keyring_from(tmp_path, may_create=False).key("x") == first.key("x")
    assert all((tmp_path / name).read_bytes() == key for name, key in before.items())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["hash.key", "master-0001.key"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_given_a_lost_master_key_when_starting_then_no_new_one_takes_its_place(tmp_path: Path) -> None:
    keyring_from(tmp_path, may_create=True)
    (tmp_path / "master-0001.key").unlink()
    with pytest.raises(UnsafeSettings, match="missing"):
        keyring_from(tmp_path, may_create=True)
