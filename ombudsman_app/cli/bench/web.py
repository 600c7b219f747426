"""`ombudsman bench web`: what our pages cost, beside a bare page and a bare hello of the same run."""

import json
import sys

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from ombudsman_app.cli.lines import BadInput, Plain
from ombudsman_app.core.errors import UnsafeSettings

from .serving import WrongAnswer

_MOST = 2_000_000


@click.command(cls=Plain)
@click.option(
    "--complaints",
    default=1_000,
    show_default=True,
    type=click.IntRange(1, _MOST),
    help="How many there must be at least; what is missing is invented first.",
)
@click.option("--office", default="MAM", show_default=True, help="Code of the office whose queue is read.")
@click.option(
    "--requests", default=300, show_default=True, type=click.IntRange(1, _MOST), help="Of each page."
)
@click.option("--rounds", default=6, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
@click.option("--growth", "compares_sizes", is_flag=True, help="Compare --sizes, in databases of its own.")
@click.option("--findings", "of_findings", is_flag=True, help="For --growth: the pages of findings.")
@click.option("--sizes", default="10,10000,100000", show_default=True, help="For --growth.")
@click.option("--database-url", default="", help="For --growth: a server, {name} in it; else SQLite files.")
@click.option("--really", metavar="DATABASE", default="", help="In production: the name of the database.")
def web(
    *,
    complaints: int,
    office: str,
    requests: int,
    rounds: int,
    is_json: bool,
    compares_sizes: bool,
    of_findings: bool,
    sizes: str,
    database_url: str,
    really: str,
) -> None:
    """Measure the pages on the configured database; exit 1 when a goal is missed.

    Adds invented officers, drafts and complaints to it (BENCH), so production refuses.
    """
    from .growing import grow, read_sizes
    from .one_run import run
    from .table import growth_table, page_table

    office = office.strip().upper()
    try:
        if compares_sizes:
            read = read_sizes(sizes)
            result = grow(read, database_url, office, requests, rounds, of_findings=of_findings, tell=_tell)
        else:
            result = run(complaints, office, requests, rounds, really=really, tell=_tell)
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None
    except LookupError:
        raise BadInput(f"no case is open at the office {office!r}: another --office?") from None
    except WrongAnswer as wrong:
        raise BadInput(str(wrong)) from None
    except (OperationalError, ProgrammingError):
        raise BadInput("the database is not ready: run `ombudsman db upgrade` first") from None
    click.echo("", err=True)
    as_table = growth_table if compares_sizes else page_table
    click.echo(json.dumps(result) if is_json else as_table(result))
    if result["missed"]:
        sys.exit(1)


def _tell(word: str) -> None:
    click.echo(f"\r{word:<60}", err=True, nl=False)
