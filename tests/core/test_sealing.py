"""Sealed means: shut for everybody without the key, and shut in every other place."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from ombudsman_app.core import sealing
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.sealing import SealBroken


def test_given_a_sealed_value_when_opened_in_its_place_then_it_is_the_same(in_app: Flask) -> None:
    sealed = sealing.seal("Siti – ✓".encode(), purpose="draft", place="t.c.1")
    assert sealing.unseal(sealed, purpose="draft", place="t.c.1") == "Siti – ✓".encode()
    assert b"Siti" not in sealed


@pytest.mark.parametrize(("purpose", "place"), [("draft", "t.c.2"), ("draft", ""), ("record-key", "t.c.1")])
def test_given_a_value_moved_elsewhere_when_opened_then_it_stays_shut(
    in_app: Flask, purpose: str, place: str
) -> None:
    sealed = sealing.seal(b"name", purpose="draft", place="t.c.1")
    with pytest.raises(SealBroken):
        sealing.unseal(sealed, purpose=purpose, place=place)


@pytest.mark.parametrize("position", [0, 1, 5, 20, -1])
def test_given_a_flipped_bit_when_opened_then_it_stays_shut(in_app: Flask, position: int) -> None:
    sealed = bytearray(sealing.seal(b"a name of some length", purpose="draft"))
    sealed[position] ^= 1
    with pytest.raises(SealBroken):
        sealing.unseal(bytes(sealed), purpose="draft")


@pytest.mark.parametrize("cut", [0, 4, 16])
def test_given_a_cut_value_when_opened_then_it_stays_shut(in_app: Flask, cut: int) -> None:
    with pytest.raises(SealBroken):
        sealing.unseal(sealing.seal(b"x", purpose="draft")[:cut], purpose="draft")


def test_given_a_new_key_when_sealing_then_old_values_still_open_and_new_ones_use_it(tmp_path: Path) -> None:
    before = sealing.keyring_from(tmp_path, may_create=True)
    (tmp_path / "master-0002.key").write_bytes(os.urandom(32))
    (tmp_path / "master-0002.key").chmod(0o600)
    after = sealing.keyring_from(tmp_path, may_create=False)
    old_id, old_key = before.key("draft")
    assert after.key("draft")[0] != old_id
    assert after.key("draft", old_id) == (old_id, old_key)
    assert after.hash_key("access-code") == before.hash_key("access-code")


def test_given_a_value_of_a_lost_key_when_opened_then_it_says_so(in_app: Flask) -> None:
    sealed = bytearray(sealing.seal(b"x", purpose="draft"))
    sealed[1:5] = b"\0\0\0\1"
    with pytest.raises(SealBroken, match="key folder"):
        sealing.unseal(bytes(sealed), purpose="draft")


def test_given_keys_that_others_may_read_when_starting_then_it_is_refused(tmp_path: Path) -> None:
    sealing.keyring_from(tmp_path, may_create=True)
    (tmp_path / "hash.key").chmod(0o644)
    with pytest.raises(UnsafeSettings, match="chmod 600"):
        sealing.keyring_from(tmp_path, may_create=False)


def test_given_no_keys_in_production_when_starting_then_none_are_made(tmp_path: Path) -> None:
    with pytest.raises(UnsafeSettings, match="missing"):
        sealing.keyring_from(tmp_path, may_create=False)
    assert not list(tmp_path.iterdir())


def test_given_a_short_key_when_starting_then_it_is_refused(tmp_path: Path) -> None:
    sealing.keyring_from(tmp_path, may_create=True)
    (tmp_path / "hash.key").write_bytes(b"short")
    with pytest.raises(UnsafeSettings, match="32"):
        sealing.keyring_from(tmp_path, may_create=False)


def test_made_keys_are_for_this_account_alone(tmp_path: Path) -> None:
    sealing.keyring_from(tmp_path / "keys", may_create=True)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {"hash.key": 0o600, "master-0001.key": 0o600}
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("typed", ["7k3q 9xwa", "7K3Q-9XWA", " 7K3Q9XWA ", "7k3q–9xwa"])
def test_codes_are_read_as_people_type_them(typed: str) -> None:
    assert sealing.as_crockford(typed) == "7K3Q9XWA"


def test_letters_that_look_alike_are_the_same() -> None:
    assert sealing.as_crockford("oil") == "011"


@pytest.mark.parametrize("position", range(8))
def test_given_one_wrong_letter_when_checking_a_ticket_then_the_check_letter_differs(position: int) -> None:
    letters = "7K3Q9XWA"
    wrong = letters[:position] + ("2" if letters[position] != "2" else "4") + letters[position + 1 :]
    assert sealing.crockford_check(letters) != sealing.crockford_check(wrong)


def test_given_two_first_starts_at_once_then_all_hold_the_same_keys(tmp_path: Path) -> None:
    """One made its keys while the other found one of two, and refused to start."""

    def start(_number: int) -> bytes:
        return sealing.keyring_from(tmp_path / "keys", may_create=True).hash_key("x")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(start, range(8)))) == 1


def test_given_a_lost_key_file_when_starting_then_no_new_one_takes_its_place(tmp_path: Path) -> None:
    sealing.keyring_from(tmp_path, may_create=True)
    (tmp_path / "master-0001.key").unlink()
    with pytest.raises(UnsafeSettings, match="missing"):
        sealing.keyring_from(tmp_path, may_create=True)


def test_given_the_record_key_is_destroyed_then_nobody_opens_the_fields(in_app: Flask) -> None:
    """Deleting a person means destroying this key (PD8)."""
    key, wrapped = sealing.new_record_key(place="t.k.1")
    sealed = key.seal("Siti", place="t.c.1")
    assert sealing.open_record_key(wrapped, place="t.k.1").unseal(sealed, place="t.c.1") == "Siti"
    for gone, place in ((b"", "t.k.1"), (wrapped, "t.k.2")):
        with pytest.raises(SealBroken):
            sealing.open_record_key(gone, place=place)
    with pytest.raises(SealBroken):
        key.unseal(sealed, place="t.c.2")
