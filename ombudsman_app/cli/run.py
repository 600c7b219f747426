"""`ombudsman run`: the whole service on this machine, under one supervisor."""

import http.client
import os
import socket
import sys
from itertools import zip_longest

import click

from ombudsman_app.core.children import SERVERS, Server, is_there
from ombudsman_app.core.config import Settings, settings_from
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.jobs.waking import READY
from ombudsman_app.core.supervisor import Part, Supervisor

DEMO_SIGN_INS = "demo-sign-ins"
CLEAR_ON_NETWORK = (
    "the address is plain http, so passwords and access codes can be read on the way. "
    "Use it with invented data only."
)
UNROUTED_ADDRESS = "192.0.2.1"  # RFC 5737; nothing is sent to it


@click.command()
def run() -> None:
    """Start the service, print its address, run until Ctrl-C."""
    from .backup import ensure_key

    try:
        settings = settings_from()
        listener = _listen(settings)
        ensure_key(settings)  # after it: a start that is refused leaves no key behind
    except UnsafeSettings as refused:
        click.echo(str(refused), err=True)
        sys.exit(2)
    parts = [web_part(settings, listener), *(child_server_part(settings, server) for server in SERVERS)]
    if not settings.redis_url:  # else workers and relay are units of their own
        parts.append(runner_part(settings))
    supervisor = Supervisor(parts, say=click.echo)
    click.echo(f"{settings.product_name} is starting …")
    code = supervisor.run(when_ready=lambda: _announce(settings))
    click.echo(f"{settings.product_name} has ended.")
    sys.exit(code)


def web_part(settings: Settings, listener: socket.socket) -> Part:
    """Return the web processes. The open socket is handed on: while they restart, visitors wait in line."""
    descriptor = listener.fileno()
    return Part(
        "web",
        [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            "python:ombudsman_app.web.server",
            "-b",
            f"fd://{descriptor}",
        ],
        descriptors=(descriptor,),
        is_ready=lambda: _answers(settings),
    )


def runner_part(settings: Settings) -> Part:
    """Return the embedded job runner."""
    ready = settings.run_dir / READY
    ready.unlink(missing_ok=True)
    return Part("runner", [sys.executable, "-m", "ombudsman_app", "runner"], is_ready=ready.exists)


def child_server_part(settings: Settings, server: Server) -> Part:
    """Return the server that reads foreign files or draws papers. It gets no environment, so no keys."""
    command = [sys.executable, "-I", "-m", f"ombudsman_app.isolated.{server}", str(settings.run_dir)]
    return Part(
        server,
        [*command, str(settings.job_slots)],
        is_bare=True,
        is_ready=lambda: is_there(settings.run_dir, server),
    )


def _listen(settings: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        return socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as taken:
        why = os.strerror(taken.errno) if taken.errno and taken.errno > 0 else "no such address"
        raise UnsafeSettings(
            f"Cannot listen on {settings.host}, port {settings.port}: {why}. Another port: PORT=8080."
        ) from None


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - compared
    connection = http.client.HTTPConnection(host, settings.port, timeout=1)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.hosts[0]})
        return connection.getresponse().status < http.client.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _announce(settings: Settings) -> None:
    click.echo(f"\n  {settings.product_name}: {settings.public_url}\n")
    sign_ins = settings.data_dir / DEMO_SIGN_INS
    if settings.is_demo and sign_ins.is_file():
        click.echo(f"  Demonstration sign-ins for {settings.public_url}/staff (invented people):\n")
        click.echo(_table(sign_ins.read_text(encoding="utf-8")))
    if settings.is_demo and settings.host == Settings.host:
        click.echo(
            "  To try it from a phone in the same network, end this and start it so:\n"
            f"    OMBUDSMAN_HOST=0.0.0.0 OMBUDSMAN_PUBLIC_URL=http://{_own_address()}:{settings.port} "
            "OMBUDSMAN_DEMO_ON_NETWORK=yes ./dev run\n"
        )
    if settings.host != Settings.host and not settings.proxy_hops:
        click.echo(
            "  No proxy stands in front: a few slow clients can hold all of it. For more than a trial put\n"
            "  one there (deploy/nginx.conf).\n"
        )
    if settings.is_clear_on_network:
        click.echo(f"  Warning: {CLEAR_ON_NETWORK}\n")
    click.echo("  Ctrl-C ends it.")


def _table(text: str) -> str:
    """Return lines of words between tabs as columns that a person can read."""
    rows = [line.split("\t") for line in text.splitlines()]
    widths = [max(map(len, column)) for column in zip_longest(*rows, fillvalue="")]
    return "".join(
        "    "
        + "  ".join(word.ljust(width) for word, width in zip(row, widths, strict=False)).rstrip()
        + "\n"
        for row in rows
    )


def _own_address() -> str:
    """Return the address that this machine has in its network, as far as it knows one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((UNROUTED_ADDRESS, 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "<address of this machine>"
