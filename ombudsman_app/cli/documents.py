"""`ombudsman documents …`: is a paper genuine? Without a web application, and by a signed file without us."""

import mmap
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .lines import BadInput, Plain, PlainGroup, print_line

if TYPE_CHECKING:
    from ombudsman_app.core.config import Settings
    from ombudsman_app.core.signatures import RecordKeys
    from ombudsman_app.documents.genuine import Register
    from ombudsman_app.documents.marks import Bytes
    from ombudsman_app.documents.registers import DatabaseRegister

LARGEST_REGISTER_BYTES = 256_000_000
LONGEST_SHOWN = 200


@click.group(cls=PlainGroup)
def documents() -> None:
    """Papers: verify files, export the register, show the public keys."""


@documents.command(cls=Plain)
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option(
    "--register", "register_file", metavar="FILE", help="A signed register instead of the database."
)
@click.option("--key", "key_id", metavar="ID", help="The key that must have signed that register.")
def verify(files: tuple[str, ...], register_file: str | None, key_id: str | None) -> None:
    """Say of each FILE whether it is genuine, one JSON line each; `-` reads paths from standard input.

    Exit 0 only if all are genuine, 1 if one is not, 2 for input that cannot be read.
    """
    from ombudsman_app.documents.genuine import Status
    from ombudsman_app.documents.genuine import verify as verdict_on

    if key_id and not register_file:
        raise BadInput("--key belongs to --register.")
    are_genuine = True
    with _register(register_file, key_id) as register:
        for name in _named(files):
            with _content_of(name) as content:
                answer = verdict_on(content, register)
            record = answer.known.record if answer.known else None
            print_line(
                {
                    "file": name,
                    "status": answer.status.value,
                    "number": record.number if record else None,
                    "issued_on": record.issued_on.isoformat() if record else None,
                }
            )
            are_genuine = are_genuine and answer.status is Status.GENUINE
    sys.exit(0 if are_genuine else 1)


@documents.command(cls=Plain)
@click.option("--out", "out", metavar="FILE", help="Where to write it; else standard output.")
def register(out: str | None) -> None:
    """Export the signed register of all papers: the same bytes as long as nothing happens."""
    from ombudsman_app.core.signatures import SigningNotPossible
    from ombudsman_app.documents.registers import export

    settings = _settings()
    keys = _keys(settings)
    with _database(settings, keys) as papers:
        try:
            written = export(papers, keys, address=settings.public_url)
        except SigningNotPossible:
            raise BadInput(f"there is no key of the records in {settings.keys}.") from None
    if out is None:
        sys.stdout.buffer.write(written)
        return
    try:
        Path(out).write_bytes(written)
    except OSError:
        raise BadInput(f"the file {out!r} cannot be written.") from None


@documents.command(cls=Plain)
def keys() -> None:
    """Show the public keys of the records, the newest first, and the certificate of the office."""
    from ombudsman_app.core.signatures import SigningNotPossible, open_certificate

    settings = _settings()
    for key in _keys(settings).public:
        print_line({"id": key.id, "public_key": key.text})
    try:
        found = open_certificate(settings)
    except SigningNotPossible as refused:
        print_line({"certificate": None, "why": str(refused.details["why"])})
        return
    print_line(
        {
            "certificate": found.fingerprint,
            "subject": found.subject,
            "issuer": found.issuer,
            "valid_until": found.valid_until.isoformat(),
            "development": found.is_development,
        }
    )


@contextmanager
def _register(file: str | None, key_id: str | None) -> Iterator["Register"]:
    from ombudsman_app.documents.registers import BrokenRegister, FileRegister

    if file is None:
        settings = _settings()
        with _database(settings, _keys(settings)) as register:
            yield register
        return
    try:
        with _content_of(file) as content:
            if len(content) > LARGEST_REGISTER_BYTES:
                raise BadInput(f"the register {file!r} is too large.")
            read = FileRegister(content[:])
    except BrokenRegister as broken:
        raise BadInput(f"{file!r}: {broken}.") from None
    if key_id is None:
        click.echo(f"The register is signed with the key {read.signed_with}.", err=True)
    elif key_id.replace(" ", "").lower() != read.signed_with:
        raise BadInput(f"{file!r} is signed with another key: {read.signed_with}.")
    yield read


@contextmanager
def _database(settings: "Settings", keys: "RecordKeys") -> Iterator["DatabaseRegister"]:
    from sqlalchemy.exc import SQLAlchemyError

    from ombudsman_app.core.db import engine_for, read_only
    from ombudsman_app.core.signatures import SigningNotPossible, open_certificate
    from ombudsman_app.documents.registers import DatabaseRegister

    certificates: tuple[bytes, ...] = ()
    with suppress(SigningNotPossible):
        certificates = (open_certificate(settings).public_key,)
    engine = engine_for(settings)
    path = engine.url.database
    if engine.dialect.name == "sqlite" and not (path and Path(path).is_file()):
        raise BadInput(f"there is no database at {path}: name a register with --register.")
    read_only(True)
    try:
        with engine.connect() as connection:
            yield DatabaseRegister(connection.execute, keys, certificates)
    except SQLAlchemyError:
        raise BadInput("the database cannot be asked: name a register with --register.") from None
    finally:
        engine.dispose()


def _settings() -> "Settings":
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.errors import UnsafeSettings

    try:
        return settings_from()
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None


def _keys(settings: "Settings") -> "RecordKeys":
    from ombudsman_app.core.errors import UnsafeSettings
    from ombudsman_app.core.signatures import record_keys_from

    try:
        return record_keys_from(settings.keys)
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None


def _named(files: tuple[str, ...]) -> Iterator[str]:
    for name in files:
        if name != "-":
            yield name
            continue
        for line in sys.stdin.buffer:
            if path := os.fsdecode(line.rstrip(b"\r\n")):
                yield path


@contextmanager
def _content_of(name: str) -> Iterator["Bytes"]:
    """Give the bytes of a file without copying it: thousands, or large ones, cost little."""
    content = _mapped(name)
    try:
        yield content
    finally:
        if isinstance(content, mmap.mmap):
            content.close()


def _mapped(name: str) -> "Bytes":
    try:
        with Path(name).open("rb") as file:
            if os.fstat(file.fileno()).st_size == 0:
                return b""
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        raise BadInput(f"the file {name[:LONGEST_SHOWN]!r} cannot be read.") from None
