"""Real servers for the tests, on this machine only: PostgreSQL on a Unix socket, as a plain user."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def _bin(name: str) -> str:
    places = [*sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    for place in places:
        if (place / name).exists():
            return str(place / name)
    found = shutil.which(name)
    if found is None:
        raise RuntimeError(f"{name} is missing: run the tests by ./dev test, which installs PostgreSQL")
    return found


def _as_postgres(*words: str) -> list[str]:
    """initdb refuses root: go through the account that Debian's package made."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else list(words)


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a throw-away server; give its address with {name} for the database."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    folder = Path(tempfile.mkdtemp(prefix="kawal-pg-"))
    if os.geteuid() == 0:
        account = pwd.getpwnam("postgres")
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    run = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": "/"}
    subprocess.run(
        _as_postgres(_bin("initdb"), "-D", str(data), "-U", "kawal", "-A", "trust", "-E", "UTF8",
                     "--locale=C", "--no-sync"), check=True, **run)  # fmt: skip
    options = (
        f"-k {folder} -c listen_addresses= -c fsync=off -c full_page_writes=off "
        "-c synchronous_commit=off -c max_connections=60 -c autovacuum=off"
    )
    subprocess.run(
        _as_postgres(
            _bin("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"
        ),
        check=True,
        **run,
    )
    try:
        yield f"postgresql+psycopg://kawal@/{{name}}?host={folder}"
    finally:
        subprocess.run(
            _as_postgres(_bin("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"), check=True, **run
        )
        shutil.rmtree(folder, ignore_errors=True)
