"""The `ombudsman` command. Subcommands are imported only when they are called, so each starts fast."""

import os
from functools import partial
from importlib import import_module

import click

OWNER_ONLY = 0o077

# name → (module, attribute, one line of help)
COMMANDS: dict[str, tuple[str, str]] = {
    "audits": ("ombudsman_app.cli.audits", "audits"),
    "backup": ("ombudsman_app.cli.backup", "backup"),
    "bench": ("ombudsman_app.cli.bench.group", "bench"),
    "db": ("ombudsman_app.cli.db", "db_group"),
    "deadlines": ("ombudsman_app.cli.deadlines", "deadlines"),
    "documents": ("ombudsman_app.cli.documents", "documents"),
    "doctor": ("ombudsman_app.cli.doctor", "doctor"),
    "employers": ("ombudsman_app.cli.employers", "employers"),
    "holidays": ("ombudsman_app.cli.holidays", "holidays"),
    "import": ("ombudsman_app.cli.imports", "import_group"),
    "mail": ("ombudsman_app.cli.mail", "mail"),
    "relay": ("ombudsman_app.cli.runner", "relay"),
    "restore": ("ombudsman_app.cli.backup", "restore"),
    "rules": ("ombudsman_app.cli.rules", "rules"),
    "run": ("ombudsman_app.cli.run", "run"),
    "runner": ("ombudsman_app.cli.runner", "runner"),
    "scores": ("ombudsman_app.cli.scores", "scores"),
    "seed": ("ombudsman_app.cli.seed", "seed"),
    "sweep": ("ombudsman_app.cli.sweep", "sweep"),
    "trail": ("ombudsman_app.cli.trail", "trail"),
    "user": ("ombudsman_app.cli.users", "user"),
    "worker": ("ombudsman_app.cli.runner", "worker"),
}


class _Lazy(click.Group):
    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, attribute = COMMANDS[name]
        found: click.Command = getattr(import_module(module), attribute)
        return found


@click.group(cls=_Lazy)
@click.version_option(package_name="kawal-layanan")
def main() -> None:
    """Kawal Layanan: run it, keep it, and repeat every calculation from the command line."""
    # Database, keys, lists of links: nobody else on this machine reads what a command writes.
    click.get_current_context().call_on_close(partial(os.umask, os.umask(OWNER_ONLY)))
