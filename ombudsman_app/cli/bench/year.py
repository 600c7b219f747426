"""`ombudsman bench year`: a simulated year of findings, and whether its numbers can be counted again."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from ombudsman_app.cli.lines import BadInput, Plain

MOST = 5_000


@click.command(cls=Plain)
@click.option("--findings", default=300, show_default=True, type=click.IntRange(1, MOST), help="How many.")
@click.option("--year", "in_year", default=2026, show_default=True, type=click.IntRange(2024, 2026))
@click.option("--seed-number", default=1, show_default=True, type=click.IntRange(0, 2**31 - 1))
@click.option(
    "--database-url", default="", help="A server with {name} for the database; else SQLite in a new folder."
)
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
def year(*, findings: int, in_year: int, seed_number: int, database_url: str, is_json: bool) -> None:
    """Let a year of findings happen to ten offices, with every step of the ladder; count it in two ways.

    In a house of its own that is gone afterwards. Letters get their numbers; no page of them is drawn. Exit 1
    where the register and the trail do not say the same.
    """
    from .serving import WrongAnswer
    from .table import year_table
    from .year_running import Plan

    try:
        result = _run(Plan(findings, in_year, seed_number), database_url)
    except WrongAnswer as refused:
        raise BadInput(str(refused)) from None
    click.echo("", err=True)
    click.echo(json.dumps(result) if is_json else year_table(result))
    if result["missed"]:
        sys.exit(1)


def _run(plan: Any, database_url: str) -> dict[str, Any]:
    from ombudsman_app.core.clock import monotonic
    from ombudsman_app.core.config import settings_from

    from .quiet import quiet_app
    from .scratch import scratch
    from .year_running import counted, live

    began = monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="year") as place,
        scratch(Path(place) / "house", database_url) as environ,
        quiet_app(settings_from(environ)) as app,
        app.app_context(),
    ):
        for day in live(plan):
            if day.day == 1:
                click.echo(f"\r{day}", err=True, nl=False)
        result = counted(plan)
    return {**result, "seconds": round(monotonic() - began)}
