"""Databases of a measurement's own: made, filled, and gone afterwards."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import NullPool, create_engine, text

from .serving import WrongAnswer, plain_environ

_MAIN = "from ombudsman_app.cli.main import main; main()"


@contextmanager
def scratch(
    folder: Path, database_url: str, size: int = 0, *, of_findings: bool = False
) -> Iterator[dict[str, str]]:
    """Give the environment of a fresh house with so many complaints, and as much information.

    `of_findings`: with so many findings and one complaint instead.
    `database_url` empty: SQLite in the folder. Else a server, {name} standing for the database.
    """
    folder.mkdir()
    environ = {name: word for name, word in plain_environ().items() if not name.startswith("OMBUDSMAN_")}
    environ["OMBUDSMAN_DATA"] = str(folder)
    name = f"bench_{folder.name}_{size}"
    if database_url:
        environ["OMBUDSMAN_DATABASE_URL"] = database_url.format(name=name)
        _on_server(database_url, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    try:
        _run(("db", "upgrade"), environ)
        _run(("seed", "reference"), environ)
        if size:
            numbers = (1, "--findings") if of_findings else (size, "--tips")
            words = ("--complaints", str(numbers[0]), numbers[1], str(size))
            _run(("bench", "seed", *words), environ)
        yield environ
    finally:
        if database_url:
            _on_server(database_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _run(words: tuple[str, ...], environ: dict[str, str]) -> None:
    """Run one of our commands in that house. Raises WrongAnswer with what it said."""
    done = subprocess.run(  # noqa: S603 - our own command, no shell
        [sys.executable, "-c", _MAIN, *words], env=environ, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise WrongAnswer(f"`ombudsman {' '.join(words)}` ended with {done.returncode}: {done.stderr[-300:]}")


def _on_server(database_url: str, *statements: str) -> None:
    address = database_url.format(name="postgres")
    engine = create_engine(address, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
