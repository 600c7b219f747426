"""`ombudsman employers match`: which rows of two lists may be one employer, and why. No database."""

from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Any

import click

from ombudsman_app.core.paths import TRANSLATIONS
from ombudsman_app.employers.matching.engine import InMemory, Pair
from ombudsman_app.employers.matching.reasons import REASON_WORDS, Reason

from .employer_lists import EmployerList
from .lines import BadInput, Plain, print_line


@click.command(cls=Plain)
@click.argument("left")
@click.argument("right")
@click.option("--language", type=click.Choice(["en", "id"]), default="en", help="Of the reasons.")
def match(left: str, right: str, language: str) -> None:
    """Compare the lists LEFT and RIGHT (CSV), and print a line of JSON for each pair.

    Columns: id, name, nib, npwp, regency, perhaps nitku and npp. Pairs are the same, or for a person to
    review; nothing is joined. `-` is the standard input, for one of the two.
    """
    if left == right == "-":
        raise BadInput("only one of the two lists can come from the standard input.")
    first, second = EmployerList(left), EmployerList(right)
    is_turned = _size(left) > _size(right)
    held, passing = (second, first) if is_turned else (first, second)
    # All pairs are found before the first line, so that bad input leaves nothing half done.
    pairs = list(InMemory().pairs(list(held.parties()), passing.parties()))
    for pair in pairs:
        print_line(_line(pair, language, is_turned=is_turned))
    if unreadable := first.unreadable + second.unreadable:
        click.echo(f"{unreadable} numbers of another form were left out of the comparison.", err=True)


def _size(name: str) -> float:
    """Return bytes: the smaller list is held in memory. What is not known passes by."""
    try:
        return float("inf") if name == "-" else Path(name).stat().st_size
    except (OSError, ValueError):
        raise BadInput(f"the file {name!r} cannot be read.") from None


def _line(pair: Pair, language: str, *, is_turned: bool) -> dict[str, Any]:
    one, other = (pair.right, pair.left) if is_turned else (pair.left, pair.right)
    return {
        "left": one.id,
        "right": other.id,
        "decision": str(pair.verdict.decision),
        "score": pair.verdict.score,
        "reasons": [_said(reason, language) for reason in pair.verdict.reasons],
    }


def _said(reason: Reason, language: str) -> str:
    words = REASON_WORDS[reason.why]
    words = words if language == "en" else _indonesian().gettext(words)
    return f"{words}: {reason.one} / {reason.other}" if reason.one or reason.other else words


@cache
def _indonesian() -> GNUTranslations:
    with (TRANSLATIONS / "id" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        return GNUTranslations(file)
