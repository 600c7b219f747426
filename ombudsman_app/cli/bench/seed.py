"""`ombudsman bench seed`: complaints, information without identity, findings, projects, files in bulk."""

import sys
from collections.abc import Iterator

import click
from sqlalchemy.exc import OperationalError, ProgrammingError

from ombudsman_app.cli.lines import BadInput, Plain
from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.errors import UnsafeSettings

MOST = 2_000_000
MOST_AUDITS = 20_000  # each keeps its score with all that decided it
MOST_FILES = 100_000  # each is up to four small files on the disk
STOPPED = 130  # as a shell reports Ctrl-C


@click.command(cls=Plain)
@click.option("--complaints", required=True, type=click.IntRange(1, MOST), help="How many to add.")
@click.option(
    "--tips", default=0, type=click.IntRange(0, MOST), help="How much information without identity."
)
@click.option("--findings", default=0, type=click.IntRange(0, MOST), help="How many findings.")
@click.option("--audits", default=0, type=click.IntRange(0, MOST_AUDITS), help="How many published audits.")
@click.option("--files", default=0, type=click.IntRange(0, MOST_FILES), help="How many small sealed files.")
@click.option(
    "--projects", default=0, type=click.IntRange(0, MOST), help="How many projects paid by APBN/APBD."
)
@click.option("--office", default="MAM", show_default=True, help="Code of the office that gets 60 % of them.")
@click.option("--spread", "is_spread", is_flag=True, help="Spread them over all offices instead.")
@click.option("--seed-number", default=1, show_default=True, type=click.IntRange(0, 2**31 - 1))
@click.option("--really", metavar="DATABASE", default="", help="In production: the name of the database.")
def seed(
    *,
    complaints: int,
    tips: int,
    findings: int,
    audits: int,
    files: int,
    projects: int,
    office: str,
    is_spread: bool,
    seed_number: int,
    really: str,
) -> None:
    """Add invented complaints (BENCH): two years of them, in every state, most of them open.

    With --tips information without identity too, with --findings what offices must answer, with --audits
    published results of branch offices over eight rounds, with --files evidence that can be opened, with
    --projects contracts of works of many agencies.

    Running it again adds more. Ctrl-C leaves what was stored so far.
    """
    from ombudsman_app.cli.opened import opened_app

    from .audits import fill_audits
    from .filling import Plan, analyze, fill, fill_findings, fill_tips
    from .production import refuse_in_production
    from .project_filling import fill_projects

    plan = Plan(complaints, office.strip().upper(), is_spread, seed_number, tips, files, findings)
    try:
        with opened_app():
            refuse_in_production(really)
            _tell(complaints, "complaints", fill(plan))
            _tell(tips, "tips", fill_tips(plan))
            _tell(findings, "findings", fill_findings(plan))
            _tell(audits, "audits", fill_audits(audits, office=plan.office, seed=seed_number))
            _tell(projects, "projects", fill_projects(projects, office=plan.office, seed=seed_number))
            analyze()
    except UnsafeSettings as refused:
        raise BadInput(str(refused)) from None
    except LookupError:
        raise BadInput(
            f"there is no representative office {plan.office!r} with offices to complain about: "
            "run `ombudsman seed reference` first, or name another by --office"
        ) from None
    except (OperationalError, ProgrammingError):
        raise BadInput("the database is not ready: run `ombudsman db upgrade` first") from None


def _tell(wanted: int, word: str, stored: Iterator[int]) -> None:
    """Say after each batch how far it is and how fast; on Ctrl-C what is there."""
    if not wanted:
        return
    began, done = monotonic(), 0
    try:
        for done in stored:
            pace = done / max(monotonic() - began, 0.001)
            click.echo(f"\r{done:,} of {wanted:,} {word}, {pace:,.0f} a second", err=True, nl=False)
    except KeyboardInterrupt:
        click.echo(f"\nStopped: {done:,} {word} were added.", err=True)
        sys.exit(STOPPED)
    click.echo("", err=True)
    click.echo(f"{done} {word} added (BENCH).")
