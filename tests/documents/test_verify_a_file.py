"""Whoever has the file of a letter learns whether it is what we issued, to the last bit."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from flask import Flask

from ombudsman_app.cli.bench.dice import Dice
from ombudsman_app.cli.main import main
from ombudsman_app.core.db import command, db
from ombudsman_app.core.signatures import PublicKey, office_certificate, record_keys
from ombudsman_app.documents import marks
from ombudsman_app.documents.genuine import Status, verify
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.registers import BrokenRegister, DatabaseRegister, FileRegister, export
from ombudsman_app.documents.states import UNPUBLISHED, DocumentState

from ..factories.letters import code, drawn, signed
from ..factories.register import issued

FLIPS = 1000


@dataclass(frozen=True)
class Letter:
    """A letter that went out, and the registers that know it."""

    app: Flask
    content: bytes
    code: str
    number: str

    @property
    def database(self) -> DatabaseRegister:
        return DatabaseRegister(db.session.execute, record_keys(), (office_certificate().public_key,))

    @property
    def file(self) -> bytes:
        return export(self.database, record_keys(), address="https://kawal.example.go.id")


@pytest.fixture(scope="module")
def letter(shared_app: Flask) -> Iterator[Letter]:
    with shared_app.app_context():
        own = code()
        content = signed(own)
        paper = issued(content, code=own)
        assert paper.number is not None
        yield Letter(shared_app, content, own, paper.number)


def flipped(content: bytes, place: int, by: int) -> bytes:
    return content[:place] + bytes([content[place] ^ by]) + content[place + 1 :]


def test_given_the_file_as_it_was_issued_then_it_is_genuine(letter: Letter) -> None:
    for register in (letter.database, FileRegister(letter.file)):
        found = verify(letter.content, register)

        assert found.status is Status.GENUINE
        assert found.known is not None
        assert found.known.record.number == letter.number


def test_given_any_one_byte_is_changed_then_it_is_altered(letter: Letter) -> None:
    register = FileRegister(letter.file)
    dice = Dice(5)  # the same places each time
    every = [*range(200), *range(len(letter.content) - 200, len(letter.content))]
    places = every + dice.some(range(200, len(letter.content) - 200), FLIPS - len(every))

    said = {place: verify(flipped(letter.content, place, dice.between(1, 255)), register) for place in places}

    assert len(said) == FLIPS
    assert {place for place, found in said.items() if found.status is not Status.ALTERED} == set()
    assert {found.known.record.number for found in said.values() if found.known} == {letter.number}
    assert sum(found.known is None for found in said.values()) == 0


@pytest.mark.full
def test_given_every_single_byte_is_changed_then_each_is_altered(letter: Letter) -> None:
    register = FileRegister(letter.file)
    said = {
        verify(flipped(letter.content, place, 1), register).status for place in range(len(letter.content))
    }
    assert said == {Status.ALTERED}


def updated(content: bytes) -> bytes:
    """Write another title behind the end, as editors do that leave what was signed in place."""
    with pikepdf.open(io.BytesIO(content)) as paper:
        number = len(paper.objects) + 9
    at = len(content)
    place = content.rindex(b"startxref") + 10
    return content + (
        b"%d 0 obj\n<</Title (Lain)>>\nendobj\nxref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root 2 0 R"
        b"/Info %d 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n"
        % (number, number, at, number + 1, number, content[place:].split()[0], at + 40)
    )


def saved_anew(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as paper:
        out = io.BytesIO()
        paper.save(out)
    return out.getvalue()


CHANGES = {
    "half of it": lambda content: content[: len(content) // 2],
    "its first hundred bytes": lambda content: content[:100],
    "all but the last byte": lambda content: content[:-1],
    "its second half": lambda content: content[len(content) // 2 :],
    "a byte more": lambda content: content + b"\n",
    "a byte in front": lambda content: b" " + content,
    "many bytes more": lambda content: content + bytes(100_000),
    "twice": lambda content: content * 2,
    "an update behind its end": updated,
    "the whole saved anew": saved_anew,
    "the marks taken out": lambda content: content.replace(marks.PREFIX.encode(), b"X" * len(marks.PREFIX)),
}


@pytest.mark.parametrize("change", CHANGES)
def test_given_the_file_was_changed_then_it_is_altered(letter: Letter, change: str) -> None:
    changed = CHANGES[change](letter.content)

    for register in (letter.database, FileRegister(letter.file)):
        assert verify(changed, register).status is Status.ALTERED


def test_given_our_signature_on_a_letter_that_was_never_issued_then_it_is_altered(letter: Letter) -> None:
    assert verify(signed(code()), letter.database).status is Status.ALTERED


@pytest.mark.parametrize("strange", [b"", b"x", b"%PDF-1.7\n", "Kawal Layanan – surat".encode(), bytes(1000)])
def test_given_a_file_without_our_mark_then_it_is_unknown(letter: Letter, strange: bytes) -> None:
    for register in (letter.database, FileRegister(letter.file)):
        assert verify(strange, register).status is Status.UNKNOWN
    assert verify(drawn(), letter.database).status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("state", "more", "status"),
    [
        (DocumentState.SUPERSEDED, {"superseded_on": date(2026, 11, 24)}, Status.SUPERSEDED),
        (DocumentState.REVOKED, {"revoked_on": date(2026, 11, 25)}, Status.REVOKED),
    ],
)
def test_given_a_letter_that_is_over_then_its_file_says_so(
    letter: Letter, state: DocumentState, more: dict[str, object], status: Status
) -> None:
    own = code()
    content = f"%PDF-1.7\n%{marks.mark_of(own)}".encode()
    issued(content, code=own, state=state, **more)

    for register in (letter.database, FileRegister(letter.file)):
        found = verify(content, register)
        assert found.status is status
        assert found.known is not None
        assert found.known.changed_on in more.values()


@pytest.mark.parametrize("state", sorted(UNPUBLISHED))
def test_given_a_letter_that_never_went_out_then_no_register_has_it(
    letter: Letter, state: DocumentState
) -> None:
    own = code()
    issued(own.encode(), code=own, state=state)

    assert verify(own.encode(), letter.database).status is Status.UNKNOWN
    assert letter.database.by_code(own) is None
    assert FileRegister(letter.file).by_code(own) is None


@pytest.mark.parametrize(
    "field", ["number", "issued_on", "pages", "kind", "sha256", "signature", "signing_key_id"]
)
def test_given_somebody_changed_the_row_then_the_letter_is_not_genuine(letter: Letter, field: str) -> None:
    """Who can write to the database makes no paper genuine: the signature over the record says no (RP3)."""
    own = code()
    content = f"%PDF-1.7\n%{marks.mark_of(own)}".encode()
    other: dict[str, object] = {
        "number": f"B/9999/{own}",
        "issued_on": date(2026, 1, 1),
        "pages": 99,
        "kind": "closing_notice",
        "sha256": "f" * 64,
        "signature": b"x" * 64,
        "signing_key_id": "0" * 64,
    }

    @command
    def change() -> None:
        setattr(db.session.get_one(Document, paper.id), field, other[field])

    paper = issued(content, code=own)
    assert verify(content, letter.database).status is Status.GENUINE
    change()

    assert verify(content, letter.database).status is Status.ALTERED
    assert letter.database.by_code(own) is None


def test_given_nothing_happens_then_the_register_is_the_same_file(letter: Letter) -> None:
    assert letter.file == letter.file


def test_the_register_tells_nobody_without_the_paper_what_was_written_when(letter: Letter) -> None:
    """A list of numbers and days would tell what our statistics keep to themselves (PD5)."""
    text = letter.file.decode()

    for word in (letter.number, letter.code, "2026-11-20", "completion_request", "LM.12"):
        assert word not in text
    assert verify(b"", FileRegister(letter.file)).status is Status.UNKNOWN


def test_given_a_register_with_any_byte_changed_then_it_is_refused(letter: Letter) -> None:
    content = letter.file
    dice = Dice(7)
    places = dice.some(range(len(content)), 400)

    for place in places:
        with pytest.raises(BrokenRegister):
            FileRegister(flipped(content, place, dice.between(1, 255)))


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b"{" * 9000,
        b'{"format":"kawal-layanan-register"}',
        b"[" * 100_000,
    ],
)
def test_given_something_else_than_a_register_then_it_is_refused(broken: bytes) -> None:
    with pytest.raises(BrokenRegister):
        FileRegister(broken)


def test_given_a_line_is_taken_out_or_a_status_changed_then_the_register_is_refused(letter: Letter) -> None:
    held = json.loads(letter.file)
    held["papers"][0]["status"] = "revoked"
    for forged in (held, {**json.loads(letter.file), "papers": []}, {**held, "keys": []}):
        with pytest.raises(BrokenRegister):
            FileRegister(json.dumps(forged, sort_keys=True, separators=(",", ":")).encode())


# the command


@pytest.fixture
def run(letter: Letter, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    """The command line on the database of the letter."""
    settings = letter.app.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
    monkeypatch.chdir(tmp_path)
    db.session.rollback()  # SQLite has one writer; this test only reads

    def call(*words: str, typed: bytes = b"") -> Result:
        return CliRunner().invoke(main, ["documents", *words], input=typed)

    return call


def lines(said: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.stdout.splitlines()]


def test_given_a_genuine_file_when_asked_then_one_line_and_exit_0(letter, run) -> None:
    Path("surat.pdf").write_bytes(letter.content)

    said = run("verify", "surat.pdf")

    assert said.exit_code == 0
    assert lines(said) == [
        {"file": "surat.pdf", "status": "genuine", "number": letter.number, "issued_on": "2026-11-20"}
    ]


def test_given_a_signed_register_then_no_database_is_needed(letter, run, monkeypatch, tmp_path) -> None:
    Path("surat.pdf").write_bytes(letter.content)
    Path("changed.pdf").write_bytes(flipped(letter.content, 900, 1))
    Path("other.pdf").write_bytes(b"%PDF-1.4\n")
    assert run("register", "--out", "daftar").exit_code == 0
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", "postgresql+psycopg://nobody@/nothing?host=/nowhere")

    said = run("verify", "--register", "daftar", "surat.pdf", "changed.pdf", "other.pdf")

    assert said.exit_code == 1
    assert [line["status"] for line in lines(said)] == ["genuine", "altered", "unknown"]
    assert [line["number"] for line in lines(said)] == [letter.number, letter.number, None]
    assert FileRegister(Path("daftar").read_bytes()).signed_with in said.stderr
    assert run("verify", "surat.pdf").exit_code == 2


def test_given_thousands_of_paths_on_standard_input_then_a_line_for_each(letter, run) -> None:
    Path("surat.pdf").write_bytes(letter.content)
    for number in range(50):
        Path(f"{number}.pdf").write_bytes(flipped(letter.content, number * 11, 1))
    paths = "\n".join(["surat.pdf", *(f"{number}.pdf" for number in range(50))])

    said = run("verify", "-", typed=paths.encode() + b"\n")

    assert said.exit_code == 1
    assert [line["status"] for line in lines(said)] == ["genuine"] + ["altered"] * 50


def test_given_the_key_that_one_knows_then_a_register_of_another_is_refused(letter, run) -> None:
    Path("surat.pdf").write_bytes(letter.content)
    run("register", "--out", "daftar")
    own = FileRegister(Path("daftar").read_bytes()).signed_with

    assert run("verify", "--register", "daftar", "--key", own, "surat.pdf").exit_code == 0
    refused = run("verify", "--register", "daftar", "--key", PublicKey(bytes(32)).id, "surat.pdf")
    assert refused.exit_code == 2
    assert "another key" in refused.stderr


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["verify"], "Missing argument"),
        (["verify", "not-there.pdf"], "cannot be read"),
        (["verify", "."], "cannot be read"),
        (["verify", "--register", "not-there", "surat.pdf"], "cannot be read"),
        (["verify", "--register", "surat.pdf", "surat.pdf"], "no register"),
        (["verify", "--register", "tampered", "surat.pdf"], "changed"),
        (["verify", "--key", "00", "surat.pdf"], "--key belongs"),
        (["verify", "a\0b"], "cannot be read"),
        (["register", "--out", "not/there"], "cannot be written"),
        (["dance"], "No such command"),
    ],
)
def test_given_bad_input_then_one_sentence_and_exit_2(letter, run, words, says) -> None:
    Path("surat.pdf").write_bytes(letter.content)
    run("register", "--out", "daftar")
    Path("tampered").write_bytes(Path("daftar").read_bytes().replace(b'"genuine"', b'"revoked"', 1))

    said = run(*words)

    assert said.exit_code == 2
    assert said.stdout == ""
    assert says in said.stderr
    assert said.stderr.count("\n") == 1


def test_given_the_keys_are_asked_for_then_the_public_halves(letter, run) -> None:
    said = lines(run("keys"))

    assert said[0] == {"id": record_keys().newest.id, "public_key": record_keys().newest.text}
    assert said[-1]["development"] is True


def test_given_no_database_then_none_is_made(tmp_path: Path) -> None:
    env = {**os.environ, "OMBUDSMAN_DATA": str(tmp_path)}
    (tmp_path / "a.pdf").write_bytes(b"x")

    said = subprocess.run(
        [sys.executable, "-m", "ombudsman_app", "documents", "verify", str(tmp_path / "a.pdf")],
        env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert said.returncode == 2
    assert "there is no database" in said.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_it_starts_without_the_web_application_and_without_the_signing_library() -> None:
    program = (
        "import sys; from ombudsman_app.cli import documents; import ombudsman_app.documents.registers;"
        "import ombudsman_app.documents.genuine;"
        "print([name for name in ('ombudsman_app.app', 'ombudsman_app.accounts.models', 'pyhanko',"
        " 'weasyprint', 'ombudsman_app.web.access') if name in sys.modules])"
    )
    seen = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == "[]"


def test_given_an_old_key_then_what_it_signed_stays_genuine(letter: Letter) -> None:
    """The key changes, the papers do not."""
    known = letter.database.by_code(letter.code)
    assert known is not None
    assert verify(letter.content, FileRegister(letter.file)).known == replace(
        known, office_name="", successor_code=""
    )
