"""One fresh database per test, copied from a migrated template: cheap, and nobody shares rows."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from flask import Flask
from sqlalchemy import Connection, NullPool, create_engine, text

from .servers import SERVING_ROLE


class Template(Protocol):
    """A migrated database that can be copied."""

    url: str

    def copy(self) -> str: ...
    def drop(self, url: str) -> None: ...


class SqliteTemplate:
    """A file."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._file, self._count = folder, folder / f"{name}.db", 0
        self.url = f"sqlite:///{self._file}"

    def copy(self) -> str:
        self._count += 1
        target = self._folder / f"copy-{self._count}.db"
        shutil.copyfile(self._file, target)
        return f"sqlite:///{target}"

    def drop(self, url: str) -> None:
        path = url.removeprefix("sqlite:///")
        for tail in ("", "-wal", "-shm"):
            Path(path + tail).unlink(missing_ok=True)


def as_served(address: str) -> str:
    """Return the address for the role that owns no table (AZ12); a server given from outside has one role."""
    return address.replace("//kawal@/", f"//{SERVING_ROLE}@/", 1)


def as_owned(address: str) -> str:
    """Return the address for the role that makes the tables; the same where there is one role."""
    return address.replace(f"//{SERVING_ROLE}@/", "//kawal@/", 1)


@contextmanager
def owner_of(app: Flask) -> Iterator[Connection]:
    """Act on the tables themselves, which who serves the pages cannot. Committed at the end."""
    address = as_owned(app.extensions["settings"].database_url)
    engine = create_engine(address, poolclass=NullPool)
    with engine.begin() as connection:
        yield connection


def gather_statistics(app: Flask) -> None:
    """Look at all tables, as a server in use does by itself."""
    address = as_owned(app.extensions["settings"].database_url)
    word = "VACUUM ANALYZE" if address.startswith("postgresql") else "PRAGMA optimize"
    with create_engine(address, poolclass=NullPool, isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(word))


class PostgresTemplate:
    """A database of the throw-away server."""

    def __init__(self, address: str, name: str) -> None:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self._address, self._name, self._count = address, f"{name}_{worker}", 0
        self.url = as_served(address.format(name=self._name))
        self._run(f'DROP DATABASE IF EXISTS "{self._name}"', f'CREATE DATABASE "{self._name}"')

    def _run(self, *statements: str) -> None:
        # Not pooled: a connection that stays open would be a leak that pytest reports, years later.
        address = self._address.format(name="postgres")
        engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with engine.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    def copy(self) -> str:
        self._count += 1
        name = f"{self._name}_{self._count}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{self._name}"')
        return as_served(self._address.format(name=name))

    def drop(self, url: str) -> None:
        name = url.split("@/")[1].split("?", maxsplit=1)[0]
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
