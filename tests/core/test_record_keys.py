"""The key of the records: made once, whole, never anew; old ones still verify."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.signatures import (
    PublicKey,
    SigningNotPossible,
    Why,
    record_keys,
    record_keys_from,
    sign_record,
    verify_record,
)

RECORD = b'{"number":"B/0001/LM.12/MAM/XI/2026"}'
START = """
import sys
from pathlib import Path
from ombudsman_app.core.signatures import record_keys_from
print("ready", flush=True)
sys.stdin.readline()
for number in range(20):
    print(record_keys_from(Path(sys.argv[1]) / str(number), may_create=True).newest.id)
"""


def add_key(folder: Path, number: int) -> None:
    path = folder / f"record-{number:04}.key"
    path.write_bytes(os.urandom(32))
    path.chmod(0o600)


def test_given_a_signed_record_then_it_verifies_and_a_changed_one_does_not(in_app: Flask) -> None:
    signature = sign_record(RECORD)

    assert verify_record(RECORD, signature.value, signature.key_id)
    assert not verify_record(RECORD + b" ", signature.value, signature.key_id)
    assert not verify_record(RECORD, signature.value[:-1], signature.key_id)
    assert not verify_record(RECORD, b"", signature.key_id)
    assert not verify_record(RECORD, signature.value, "0" * 64)


def test_given_the_same_record_then_the_same_signature(in_app: Flask) -> None:
    """So an exported register is the same file as long as nothing happens."""
    assert sign_record(RECORD) == sign_record(RECORD)


def test_the_id_of_a_key_is_what_everybody_can_compute(in_app: Flask) -> None:
    key = record_keys().newest

    assert key.id == sign_record(RECORD).key_id
    assert PublicKey.from_text(key.text) == key
    assert len(key.id) == 64


def test_made_keys_are_for_this_account_alone(tmp_path: Path) -> None:
    record_keys_from(tmp_path / "keys", may_create=True)

    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {"record-0001.key": 0o600, "record-0001.pub": 0o600}


def test_given_a_new_key_then_it_signs_and_the_old_one_still_verifies(tmp_path: Path) -> None:
    before = record_keys_from(tmp_path, may_create=True)
    old = before.sign(RECORD)
    add_key(tmp_path, 2)

    after = record_keys_from(tmp_path)

    assert after.sign(RECORD).key_id == after.newest.id != old.key_id
    assert after.verify(RECORD, old.value, old.key_id)


def test_given_an_old_key_was_destroyed_then_its_public_half_still_verifies(tmp_path: Path) -> None:
    old = record_keys_from(tmp_path, may_create=True).sign(RECORD)
    add_key(tmp_path, 2)
    (tmp_path / "record-0001.key").unlink()

    assert record_keys_from(tmp_path, may_create=True).verify(RECORD, old.value, old.key_id)


def test_given_a_lost_key_then_none_is_made_anew_and_old_records_verify(tmp_path: Path) -> None:
    old = record_keys_from(tmp_path, may_create=True).sign(RECORD)
    (tmp_path / "record-0001.key").unlink()

    keys = record_keys_from(tmp_path, may_create=True)

    assert keys.verify(RECORD, old.value, old.key_id)
    with pytest.raises(SigningNotPossible) as refused:
        keys.sign(RECORD)
    assert refused.value.details == {"why": Why.MISSING}


def test_given_no_key_in_production_then_none_is_made(tmp_path: Path) -> None:
    keys = record_keys_from(tmp_path)

    assert list(tmp_path.iterdir()) == []
    assert not keys.verify(RECORD, b"x" * 64, "0" * 64)
    with pytest.raises(SigningNotPossible):
        keys.sign(RECORD)


@pytest.mark.parametrize(
    ("name", "content", "mode", "says"),
    [
        ("record-0001.key", b"x" * 32, 0o640, "chmod 600"),
        ("record-0001.key", b"short", 0o600, "32 random bytes"),
        ("record-0001.pub", b"not base64", 0o644, "public key"),
        ("record-0001.pub", b"c2hvcnQ=\n", 0o644, "public key"),
        ("record-0001.pub", b"\xff\xfe", 0o644, "public key"),
    ],
)
def test_given_a_file_that_is_no_key_then_the_start_says_so(
    tmp_path: Path, name: str, content: bytes, mode: int, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / name).chmod(mode)

    with pytest.raises(UnsafeSettings, match=says):
        record_keys_from(tmp_path)


def test_given_four_processes_start_at_once_then_all_hold_the_same_key(tmp_path: Path) -> None:
    command = [sys.executable, "-c", START, str(tmp_path)]
    starts = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for start in starts:
        assert start.stdout is not None
        assert start.stdout.readline() == "ready\n"
    said = [start.communicate("go\n", timeout=120)[0] for start in starts]

    assert [start.returncode for start in starts] == [0] * 4
    assert len(set(said)) == 1
    assert len(set(said[0].split())) == 20


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
            record_keys_from(tmp_path, may_create=True)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.key")}

    record_keys_from(tmp_path, may_create=True)

    assert all((tmp_path / name).read_bytes() == key for name, key in before.items())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["record-0001.key", "record-0001.pub"]
