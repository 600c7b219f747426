"""`ombudsman audits score` and `audits kappa`: repeat a score, or the agreement of two. No database."""

from typing import Any

import click

from ombudsman_app.audits.scoring.agreement import compare_sheets, read_sheet
from ombudsman_app.audits.scoring.answers import read_answers
from ombudsman_app.audits.scoring.definition import BPJSTK_BRANCH_V1_ID, Definition, bpjstk_branch_v1
from ombudsman_app.audits.scoring.problems import Invalid
from ombudsman_app.audits.scoring.reader import shown
from ombudsman_app.audits.scoring.refusals import SheetRefused
from ombudsman_app.audits.scoring.scheme import Scheme, scheme, schemes
from ombudsman_app.audits.scoring.score import score_sheet

from .lines import BadInput, Plain, PlainGroup, objects_in, print_line

_SCORE_KEYS = {"instrument", "scheme", "cap", "answers"}
_KAPPA_KEYS = {"instrument", "a", "b"}


@click.group(cls=PlainGroup)
def audits() -> None:
    """Scores of audited offices, counted again."""


@audits.command(cls=Plain)
@click.argument("file")
@click.option("--no-cap", is_flag=True, help="Let critical indicators below 50 not cap the category.")
def score(file: str, *, no_cap: bool) -> None:
    """Score the sheets in FILE (`-`: JSON lines), and print JSON.

    FILE holds objects with instrument and answers, perhaps scheme (else that of the instrument) and cap.
    """
    # All sheets are scored before the first answer, so that bad input leaves nothing half done.
    answers = [_scored(place, held, cap=not no_cap) for place, held in objects_in(file)]
    for answer in answers:
        print_line(answer)


@audits.command(cls=Plain)
@click.argument("file")
def kappa(file: str) -> None:
    """Compare the pairs of sheets in FILE (`-`: JSON lines): percent agreement and Cohen's kappa.

    FILE holds objects with a and b, answers by indicator, and perhaps instrument.
    """
    answers = [_compared(place, held) for place, held in objects_in(file)]
    for answer in answers:
        print_line(answer)


def _scored(place: str, held: dict[str, Any], *, cap: bool) -> dict[str, Any]:
    _refuse_unknown(place, held, _SCORE_KEYS)
    definition = _instrument(place, held.get("instrument"))
    if "answers" not in held:
        raise BadInput(f"{place}answers is missing.")
    given = held.get("cap", cap)
    if type(given) is not bool:
        raise BadInput(f"{place}cap must be true or false.")
    used = _scheme(place, held.get("scheme", definition.scheme))
    try:
        read = read_answers(held["answers"], definition)
        return score_sheet(definition, used, read, cap=given and cap).as_json()
    except (Invalid, SheetRefused) as refused:
        raise BadInput(f"{place}{_one_sentence(refused)}.") from None


def _compared(place: str, held: dict[str, Any]) -> dict[str, Any]:
    _refuse_unknown(place, held, _KAPPA_KEYS)
    definition = _instrument(place, held.get("instrument", BPJSTK_BRANCH_V1_ID))
    for side in ("a", "b"):
        if side not in held:
            raise BadInput(f"{place}{side} is missing.")
    try:
        sheets = [read_sheet(held[side], side, definition) for side in ("a", "b")]
    except Invalid as refused:
        raise BadInput(f"{place}{_one_sentence(refused)}.") from None
    return compare_sheets(definition, *sheets).as_json()


def _one_sentence(refused: ValueError) -> str:
    """The first problem, and how many more there are."""
    if isinstance(refused, Invalid):
        more = len(refused.problems) - 1
        return refused.problems[0].sentence + (f" (and {more} more)" if more else "")
    return str(refused)


def _refuse_unknown(place: str, held: dict[str, Any], known: set[str]) -> None:
    if unknown := [key for key in held if key not in known]:
        raise BadInput(f"{place}unknown key {unknown[0][:40]!r}; known are {', '.join(sorted(known))}.")


def _instrument(place: str, name: object) -> Definition:
    if name is None:
        raise BadInput(f"{place}instrument is missing.")
    if name != BPJSTK_BRANCH_V1_ID:
        raise BadInput(f"{place}there is no instrument {shown(name)!r}; {BPJSTK_BRANCH_V1_ID} is one.")
    return bpjstk_branch_v1()


def _scheme(place: str, name: object) -> Scheme:
    found = scheme(name) if isinstance(name, str) else None
    if found is None:
        known = ", ".join(one.id for one in schemes())
        raise BadInput(f"{place}there is no scheme {shown(name)!r}; known are {known}.")
    return found
