"""`ombudsman backup` and `ombudsman restore`: one sealed file in, the same house out, elsewhere."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ombudsman_app.core.config import Settings, settings_from
from ombudsman_app.core.errors import UnsafeSettings

from .lines import BadInput, Plain, print_line

if TYPE_CHECKING:
    from ombudsman_app.operations.backup.archive import Head, Summary
    from ombudsman_app.operations.backup.restoring import Restored

KEY_MADE = (
    "A new backup key lies in {path}.\n"
    "Copy the folder of the keys to another place now, apart from the backups: a backup holds no keys, and\n"
    "without them it opens for nobody."
)


class Failed(click.ClickException):
    """Nothing was made, or what was read is not whole: exit 1 and one sentence."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(f"Error: {' '.join(self.format_message().split())}", file=file, err=file is None)


@contextmanager
def _in_sentences() -> Iterator[None]:
    """Turn every way to fail into one sentence: exit 2 for what was asked, 1 for what was found."""
    from alembic.util import CommandError
    from sqlalchemy.exc import SQLAlchemyError

    from ombudsman_app.operations.backup.errors import BackupFailed, PlaceRefused

    try:
        yield
    except (UnsafeSettings, PlaceRefused) as refused:
        raise BadInput(str(refused)) from None
    except BackupFailed as failed:
        raise Failed(str(failed)) from None
    except OSError as failed:
        raise Failed(f"{failed.strerror or failed}: {failed.filename or 'the disk'}") from None
    except (SQLAlchemyError, CommandError) as failed:
        raise Failed(f"The database: {str(failed).splitlines()[0]}") from None


def ensure_key(settings: Settings) -> None:
    """In embedded mode make the backup key at the first need, and say that it must be kept elsewhere."""
    from ombudsman_app.core.sealing import make_backup_key

    if not settings.is_production and make_backup_key(settings.backup_key_file):
        click.echo(KEY_MADE.format(path=settings.backup_key_file), err=True)


@click.command(cls=Plain)
@click.option("--to", type=click.Path(path_type=Path), help="Folder (default: OMBUDSMAN_BACKUP_TO).")
@click.option("--keep", type=click.IntRange(1, 1000), help="Remove all but so many, the newest, afterwards.")
@click.option("--verify", type=click.Path(path_type=Path), metavar="FILE", help="Make none; prove this one.")
@click.option("--json", "as_json", is_flag=True, help="JSON lines; with --verify each line of the manifest.")
def backup(*, to: Path | None, keep: int | None, verify: Path | None, as_json: bool) -> None:
    """Copy database and files, sealed, into one file, while the service goes on."""
    with _in_sentences():
        settings = settings_from()
        if verify is not None:
            _verify(settings, verify, as_json=as_json)
            return
        folder = to or settings.backup_folder
        if folder is None:
            raise BadInput("Say where to: --to FOLDER, or OMBUDSMAN_BACKUP_TO.")
        ensure_key(settings)
        _make(settings, folder, keep, as_json=as_json)


def _make(settings: Settings, folder: Path, keep: int | None, *, as_json: bool) -> None:
    from sqlalchemy.exc import SQLAlchemyError

    from ombudsman_app.core.policy import STRANGER
    from ombudsman_app.operations.backup.making import make_backup
    from ombudsman_app.operations.commands import note_backup

    from .opened import opened_app

    made = make_backup(settings, folder, keep=keep)
    _say(made.path, made.head, made.summary, made.size_bytes, as_json=as_json, word="Made and read back")
    if made.summary.details["missing"]:
        names, number = made.summary.details["missing_names"], made.summary.details["missing"]
        click.echo(
            f"Warning: {number} files that the database names are not there (such as {names[0]}).",
            err=True,
        )
    try:
        with opened_app():
            note_backup(made.head, made.summary, actor=STRANGER)
    except SQLAlchemyError as failed:  # it cannot be written to: all the better that there is a copy
        click.echo(f"Warning: the trail could not be told: {str(failed).splitlines()[0]}", err=True)


def _verify(settings: Settings, path: Path, *, as_json: bool) -> None:
    from ombudsman_app.core.sealing import read_backup_key
    from ombudsman_app.operations.backup.archive import Reader

    key = read_backup_key(settings.backup_key_file)
    with path.open("rb") as file:
        reader = Reader(file, key)
        for member in reader.members():
            for _piece in member.pieces:
                pass
            if as_json and member.entry is not None:
                print_line(asdict(member.entry))
    _say(path, reader.head, reader.proved(), path.stat().st_size, as_json=as_json, word="Whole")


def _say(path: Path, head: "Head", summary: "Summary", size_bytes: int, *, as_json: bool, word: str) -> None:
    if as_json:
        told = {key: value for key, value in asdict(head).items() if key != "salt"}
        print_line({"file": str(path), "size": size_bytes} | told | dict(summary.details))
        return
    trail = summary.details["trail"]
    click.echo(
        f"{word}: {path}\n"
        f"  {size_bytes / 1_000_000:.1f} MB, {head.made_at}, {head.instance}, release {head.release}, "
        f"tables {head.revision} ({head.engine}), key {head.key_id}\n"
        f"  {summary.details['tables']} tables with {summary.details['rows']} rows, "
        f"{summary.details['files']} files with {summary.details['file_bytes'] / 1_000_000:.1f} MB, "
        f"trail up to entry {trail['seq'] if trail else 0}\n"
        f"  manifest {summary.sha256}"
    )


@click.command(cls=Plain)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--data", type=click.Path(path_type=Path), required=True, help="Empty or new folder.")
@click.option("--database", help="Empty database; default: a SQLite file in the folder.")
@click.option("--key", type=click.Path(path_type=Path), help="The file of the backup key.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def restore(*, file: Path, data: Path, database: str | None, key: Path | None, as_json: bool) -> None:
    """Prove a backup, put it into an empty place, compare it there, and verify the trail."""
    from ombudsman_app.core.sealing import read_backup_key
    from ombudsman_app.operations.backup.restoring import restore as put_back

    with _in_sentences():
        settings = _settings_of(data, database, key)
        restored = put_back(file, read_backup_key(settings.backup_key_file), settings)
        entries, broken = (0, None) if restored.missing_keys else _verify_trail(settings, restored)
    _report(settings, restored, entries, broken, as_json=as_json)
    if broken:
        sys.exit(1)


def _settings_of(data: Path, database: str | None, key: Path | None) -> Settings:
    """Return settings for the new place. The environment tells what the options do not."""
    import os

    data_dir = data.resolve()
    environ = {**os.environ, "OMBUDSMAN_DATA": str(data_dir)}
    if key is not None:
        environ["OMBUDSMAN_BACKUP_KEY"] = str(key)
    if database is not None:
        environ["OMBUDSMAN_DATABASE_URL"] = database
        environ.pop("OMBUDSMAN_DATABASE_OWNER_URL", None)  # it names the house that stands
    return settings_from(environ)


def _verify_trail(settings: Settings, restored: "Restored") -> tuple[int, str | None]:
    """Walk the trail as `trail verify` does, then put on it that the house was restored."""
    from ombudsman_app.app import create_app
    from ombudsman_app.core.trail import heads, record
    from ombudsman_app.operations.commands import note_restored

    app = create_app(settings)
    try:
        with app.app_context():
            entries, broken = record.verify()
            broken = broken or heads.contradicted(settings.data_dir / heads.LOG)
            if not broken:
                note_restored(restored.head, restored.summary)
    finally:
        app.extensions["engine"].dispose()
    return entries, broken


def _report(
    settings: Settings, restored: "Restored", entries: int, broken: str | None, *, as_json: bool
) -> None:
    details, missing = restored.summary.details, restored.missing_keys
    if as_json:
        told = {
            "data": str(settings.data_dir),
            "made_at": restored.head.made_at,
            "rows": details["rows"],
            "files": details["files"],
            "revision": restored.revision,
            "trail": "unproved" if missing else "broken" if broken else "whole",
            "missing_keys": list(missing),
        }
        click.echo(json.dumps(told))
        return
    click.echo(
        f"Restored into {settings.data_dir}: {details['tables']} tables with {details['rows']} rows and "
        f"{details['files']} files, equal to the manifest of {restored.head.made_at}."
    )
    if broken:
        click.echo(f"The trail was broken before the backup, after {entries} entries: {broken}.", err=True)
    elif missing:
        click.echo(
            f"The keys of the house do not lie in {settings.keys} ({', '.join(missing)}).\n"
            "Put them there before the first start, then run `ombudsman trail verify`.",
            err=True,
        )
    else:
        click.echo(f"The trail is whole: {entries} entries.")
    if details["missing"]:
        click.echo(f"{details['missing']} files were missing already when the backup was made.", err=True)
