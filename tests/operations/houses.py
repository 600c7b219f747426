"""A house with everything in it, empty places for its copy, and what an honest comparison looks like."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from shutil import copytree

from flask import Flask
from sqlalchemy import MetaData, NullPool, create_engine, select

from ombudsman_app.core.config import Settings
from ombudsman_app.core.sealing import make_backup_key

from ..databases import PostgresTemplate, as_owned

LEFT_OUT = {"arriving", "backups", "produced", "run", "scratch"}
ADDED = {"restored-manifest.jsonl", "restore-unfinished"}


class Places:
    """Gives empty places beside a house, on the same kind of database, and removes them."""

    def __init__(self, root: Path, postgres_address: Callable[[], str]) -> None:
        self._root, self._postgres_address = root, postgres_address
        self._stack, self._number = ExitStack(), 0

    def beside(self, settings: Settings, *, with_keys: bool = True) -> Settings:
        """Return settings of a folder and a database under another name, both empty but for the keys."""
        self._number += 1
        folder = self._root / f"elsewhere-{self._number}"
        folder.mkdir()
        if with_keys:
            copytree(settings.keys, folder / "keys")
        url = f"sqlite:///{folder / 'moved.db'}"
        if settings.database_url.startswith("postgresql"):
            made = PostgresTemplate(self._postgres_address(), f"elsewhere_{self._number}")
            self._stack.callback(made.drop, made.url)
            url = as_owned(made.url)  # a house is put back by who makes its tables
        return replace(
            settings,
            data_dir=folder,
            database_url=url,
            database_owner_url="",
            backup_key=settings.backup_key_file,
        )

    def close(self) -> None:
        self._stack.close()


def with_backup_key(app: Flask) -> Settings:
    settings: Settings = app.extensions["settings"]
    make_backup_key(settings.backup_key_file)
    return settings


def rows_of(url: str) -> dict[str, list[tuple[object, ...]]]:
    """Return every value of every table, read plainly."""
    engine, metadata = create_engine(as_owned(url), poolclass=NullPool), MetaData()
    with engine.connect() as connection:
        metadata.reflect(connection)
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
    engine.dispose()
    return found


def files_of(settings: Settings) -> dict[str, str]:
    """Return name and digest of every file that a copy must hold."""
    root = settings.data_dir
    database = settings.database_url.rpartition("/")[2]
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file()
        and path.relative_to(root).parts[0] not in {*LEFT_OUT, *ADDED, "keys"}
        and not path.name.startswith((".", database))
    }


@contextmanager
def flipped(path: Path, place: int) -> Iterator[None]:
    """Let one bit of a file be another one for the length of the block."""
    with path.open("r+b") as file:
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 1 << place % 8]))
    yield
    with path.open("r+b") as file:
        file.seek(place)
        file.write(bytes([byte]))
