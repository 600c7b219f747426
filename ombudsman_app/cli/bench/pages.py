"""The pages that are measured, and what each may cost (issue 3; `design.md` §12)."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from flask import Flask

from .actors import Stage, draft_cookie, submission
from .dice import Dice
from .serving import Request, Server

Prepared = Callable[[int], list[Request]]  # so many requests, ready to be sent


@dataclass(frozen=True)
class Goal:
    """Most CPU as a multiple of the bare page, most statements; None: nothing is asked."""

    bare_pages: float | None = None
    statements: int | None = None


@dataclass(frozen=True)
class Page:
    """One line of the table."""

    name: str
    goal: Goal
    prepare: Prepared


HEALTH = "healthz"
HEALTH_OF_HELLO = 0.5  # requests per second of CPU, compared with the bare hello
HEALTH_REQUEST = Request("/healthz")
FLOOR_REQUEST = Request("/")
_QUEUE, _TIPS = "/staff/complaints/", "/staff/tips/"


def pages(app: Flask, server: Server, stage: Stage) -> list[Page]:
    """Return our pages in the order in which a complaint meets them."""
    dices = (Dice("web", server.port, number) for number in count())
    step = draft_cookie(app, stage, next(dices))
    filtered = f"{_QUEUE}?state=material_verification&overdue=yes&substance=jht_claim"

    def always(request: Request) -> Prepared:
        return lambda number: [request] * number

    def sent(number: int) -> list[Request]:
        return [submission(app, server, stage, next(dices)) for _ in range(number)]

    return [
        Page(HEALTH, Goal(), always(HEALTH_REQUEST)),
        Page("form, first page", Goal(statements=5), always(Request("/lapor"))),
        Page("form, one step", Goal(statements=5), always(Request("/lapor/kejadian", step))),
        Page("submission, POST", Goal(5, 12), sent),
        Page("desk", Goal(statements=6), always(Request("/staff/", stage.officer))),
        Page("queue", Goal(6, 6), always(Request(_QUEUE, stage.officer))),
        Page("queue, filtered", Goal(6, 6), always(Request(filtered, stage.officer))),
        Page("tips", Goal(6, 6), always(Request(_TIPS, stage.officer))),
        Page("case", Goal(8, 10), always(Request(f"{_QUEUE}{stage.case_id}", stage.examiner))),
    ]
