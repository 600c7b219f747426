"""Real servers for the tests, on this machine only: PostgreSQL as a plain user and Redis, on Unix sockets."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from redis import Redis
from redis.exceptions import ConnectionError as NobodyThere

from .places import quick_place

SERVING_ROLE = "kawal_serves"  # owns no table, as in production (AZ12)


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
    folder = Path(tempfile.mkdtemp(prefix="kawal-pg-", dir=quick_place()))
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
        "-c synchronous_commit=off -c max_connections=60 -c autovacuum=off -c max_wal_size=256MB"
    )
    subprocess.run(
        _as_postgres(
            _bin("pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start"
        ),
        check=True,
        **run,
    )
    with psycopg.connect(f"host={folder} user=kawal dbname=postgres", autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {SERVING_ROLE} LOGIN")
    try:
        yield f"postgresql+psycopg://kawal@/{{name}}?host={folder}"
    finally:
        subprocess.run(
            _as_postgres(_bin("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"), check=True, **run
        )
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class RedisServer:
    """A Redis on a Unix socket that a test may kill, restart and empty."""

    folder: Path
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self.folder / 'redis.sock'}"

    def start(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise RuntimeError("redis-server is missing: run the tests by ./dev test, which installs it")
        self.process = subprocess.Popen(
            [program, "--port", "0", "--unixsocket", self.url.removeprefix("unix://"), "--save", ""],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
        end = time.monotonic() + 60
        while not self.is_there():
            assert time.monotonic() < end, "Redis does not answer"
            time.sleep(0.02)

    def is_there(self) -> bool:
        try:
            with self.client() as client:
                return bool(client.ping())
        except NobodyThere:
            return False

    def client(self) -> Redis:
        return Redis.from_url(self.url)

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def redis_server() -> Iterator[RedisServer]:
    """Start a throw-away Redis; its folder has a short name, as sockets need."""
    server = RedisServer(Path(tempfile.mkdtemp(prefix="kawal-redis-")))
    server.start()
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(server.folder, ignore_errors=True)
