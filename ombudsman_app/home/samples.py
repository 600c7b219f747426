"""What the page of components shows: invented people and cases, and words that are hard to fit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.attachments.models import FileAct
from ombudsman_app.attachments.queries import CustodyLine, FileLine
from ombudsman_app.complaints.formats import FILTERS
from ombudsman_app.complaints.models import ClockMove
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.jobs.shown import ShownJob
from ombudsman_app.core.workflow.moves import DayMoved
from ombudsman_app.web import charts
from ombudsman_app.web.clock_moves import ShownMove, shown_move
from ombudsman_app.web.deadlines import ShownDay
from ombudsman_app.web.formats import day_brief

_S = ComplaintState
TODAY = date(2026, 11, 20)
LONG_WORD = "Pertanggungjawabanpelaksanaanpengadministrasiankepesertaan"
LONG_TEXT = (
    "Saya sudah tiga kali datang ke loket dan berkas saya selalu dikembalikan tanpa alasan tertulis.\n\n"
    "Petugas hanya berkata: besok saja. Itu sudah sejak 3 Agustus."
)


@dataclass(frozen=True)
class Row:
    """One line of a sample table."""

    number: str
    office: str
    about: str
    stage: ComplaintState
    officer: str
    days_left: int | None

    @property
    def is_overdue(self) -> bool:
        return self.days_left is not None and self.days_left < 0


ROWS = [
    Row("0412/LM/XI/2026/MAM", "Kantor Cabang Mamuju", "jht_claim", _S.FORMAL_VERIFICATION, "Demo Sari", -2),
    Row("0398/LM/XI/2026/MAM", LONG_WORD, "jkk_claim", _S.PLENARY_DECISION, "", 1),
    Row("0391/LM/XI/2026/MAM", "Kantor Cabang Mamuju", "jkk_claim", _S.CLOSED, "Demo Rina", None),
]


def counted_days() -> list[ShownDay]:
    """Return three days as a deadline explains them."""
    return [
        ShownDay(date(2026, 11, 20), True, 1, str(_l("working day"))),
        ShownDay(date(2026, 11, 21), False, None, str(_l("weekend"))),
        ShownDay(date(2026, 11, 23), True, 2, str(_l("working day"))),
    ]


@dataclass(frozen=True)
class Named:
    """Somebody, by the name alone."""

    name: str


@dataclass(frozen=True)
class TimeAsked:
    """A request for more time. `granted`: None while it waits, 0 where it was refused."""

    days: int
    reason: str
    granted: int | None = None
    decision: str = ""
    decided_at: datetime | None = None
    asked_at: datetime = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
    asked_by: Named = Named("Demo Wahyu")
    decided_by: Named = Named("Demo Sari")


def time_asked() -> list[TimeAsked]:
    """Return requests for more time: granted in part, refused, waiting."""
    later = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
    return [
        TimeAsked(10, LONG_TEXT, 7, decided_at=later),
        TimeAsked(5, "Berkas dari loket belum lengkap.", 0, "Waktu yang ada cukup.", later),
        TimeAsked(3, LONG_WORD),
    ]


def moves() -> list[ShownMove]:
    """Return what moves a last day: each reason once, by the system and by people."""
    came, last = datetime(2026, 11, 20, 1, 5, tzinfo=UTC), TODAY
    shown = []
    for place, (why, by, days) in enumerate(_MOVES):
        before, last = last, last + timedelta(days=days)
        move = ClockMove(why=why, at=came + timedelta(days=place), due_before=before, due_after=last)
        shown.append(shown_move(move, by))
    return shown


_MOVES = [
    (DayMoved.CALENDAR, "", 1),
    (DayMoved.PAUSED, "Demo Sari", 14),
    (DayMoved.PAUSE_ENDED, "Demo Sari", -6),
    (DayMoved.RELEASED, LONG_WORD, -1),
    (DayMoved.GRANTED, "Demo Sari", 5),
]


def jobs() -> list[ShownJob]:
    """Return work that waits, runs and has failed."""

    def job(state: str, word: str, tone: str, percent: int | None, **more: str) -> ShownJob:
        return ShownJob(
            uuid=str(UUID(int=1)),
            title=_("Look into a file that arrived"),
            state=state,
            word=word,
            tone=tone,
            percent=percent,
            step=_("Looking into the file"),
            left=more.get("left", ""),
            reason=more.get("reason", ""),
            is_living=state != "failed",
        )

    return [
        job("sample", _("Waits"), "neutral", 0, left=_("It begins as soon as somebody is free.")),
        job("sample", _("Runs"), "info", 40, left=_("Less than a minute left")),
        job("failed", _("Failed"), "danger", None, reason=_("The file could not be opened safely.")),
    ]


def files() -> list[FileLine]:
    """Return files of every kind in every state."""
    came = datetime(2026, 11, 20, 1, 5, tzinfo=UTC)
    custody = (
        CustodyLine(FileAct.RECEIVED, came, "", ""),
        CustodyLine(FileAct.CHECKED, came + timedelta(minutes=1), "", ""),
        CustodyLine(FileAct.ORIGINAL_OPENED, came + timedelta(days=1), "Demo Sari", "Memeriksa waktu foto."),
    )

    def line(name: str, size: int, kind: str, state: str, reason: str = "") -> FileLine:
        return FileLine(
            uuid=UUID(int=size),
            name=name,
            size_bytes=size,
            kind=kind,
            state=state,
            reason=reason,
            added_at=came,
            is_from_reporter=True,
            has_preview=False,
            sha256=f"{size:032x}" * 2,
            events=custody if state == "ready" else custody[:1],
        )

    return [
        line("tanda-terima.jpg", 2_411_724, "image", "ready"),
        line("surat-penolakan.pdf", 381_000, "pdf", "quarantined"),
        line(f"{LONG_WORD}.mp4", 31_000_000, "video", "ready"),
        line("rekaman.ogg", 912_000, "audio", "refused", "damaged"),
    ]


@dataclass(frozen=True)
class Pictures:
    """The charts: nothing, one value, many."""

    no_bars: list[charts.Bar]
    one_bar: list[charts.Bar]
    bars: list[charts.Bar]
    no_line: charts.Line | None
    one_point: charts.Line | None
    line: charts.Line | None
    zeros: charts.Line | None
    no_heat: charts.Heat
    heat: charts.Heat
    heat_words: dict[str, str]
    no_stacks: charts.Stacks
    stacks: charts.Stacks
    stack_words: dict[str, str]
    short_span: charts.Span | None
    span: charts.Span | None
    stops: list[charts.Stop]


_WORDS: dict[str, Callable[[Any], Any]] = FILTERS
_INFLOW = (41, 52, 47, 63, 61, 72, 68, 79, 75, 92, 88, 86)
_STAGES = (_S.RECEIVED, _S.FORMAL_VERIFICATION, _S.PLENARY_DECISION)


def _state(state: ComplaintState) -> str:
    return str(_WORDS["state"](state))


def _service(service: str) -> str:
    return str(_WORDS["substance"](service))


def pictures() -> Pictures:
    """Return charts of invented numbers."""
    monday = TODAY - timedelta(days=TODAY.weekday())
    weeks = [
        (f"{monday - timedelta(weeks=11 - place):%d/%m}", number) for place, number in enumerate(_INFLOW)
    ]
    ages = ["1–3", "4–7", "8–30", "> 30"]
    return Pictures(
        no_bars=charts.bars([]),
        one_bar=charts.bars([(_service("jht_claim"), 4)]),
        bars=charts.bars(
            [
                (_service("jht_claim"), 38),
                (_service("employer_not_registered"), 27),
                (_service("data_correction"), 19),
                (LONG_WORD, 10),
                (_service("counter_service"), 4),
                (_service("digital_channel"), 3),
                (_service("migrant_workers"), 2),
            ],
            most=5,
            rest=str(_l("All others")),
        ),
        no_line=charts.line([]),
        one_point=charts.line(weeks[-1:]),
        line=charts.line(weeks),
        zeros=charts.line([(label, 0) for label, _number in weeks]),
        no_heat=charts.heat({}, [*_STAGES], ages),
        heat=charts.heat(
            {
                (_S.RECEIVED, "1–3"): 12,
                (_S.RECEIVED, "4–7"): 3,
                (_S.FORMAL_VERIFICATION, "1–3"): 7,
                (_S.FORMAL_VERIFICATION, "8–30"): 1,
                (_S.PLENARY_DECISION, "4–7"): 5,
                (_S.PLENARY_DECISION, "> 30"): 2,
            },
            [*_STAGES],
            ages,
        ),
        heat_words={state.value: _state(state) for state in _STAGES},
        no_stacks=charts.stacks([], ages),
        stacks=charts.stacks(
            [("one", (4, 3, 2, 1)), ("two", (2, 0, 3, 0)), ("three", (0, 0, 0, 1)), ("four", (1, 2, 0, 0))],
            ages,
            most=3,
        ),
        stack_words={
            "one": "Kantor Cabang Mamuju",
            "two": LONG_WORD,
            "three": "Kantor Cabang Kupang",
            "": str(_l("All others")),
        },
        short_span=charts.span([charts.Stretch(_state(_S.RECEIVED), "info", TODAY)], today=TODAY),
        span=_long_span(),
        stops=charts.stops(
            [
                (_state(_S.RECEIVED), day_brief(date(2026, 11, 6))),
                (_state(_S.FORMAL_VERIFICATION), day_brief(date(2026, 11, 9))),
                (_state(_S.MATERIAL_VERIFICATION), day_brief(date(2026, 11, 16))),
                (_state(_S.PLENARY_DECISION), ""),
                (_state(_S.CASE_REVIEW), ""),
            ],
            present=2,
        ),
    )


def _long_span() -> charts.Span | None:
    def ago(days: int) -> date:
        return TODAY - timedelta(days=days)

    return charts.span(
        [
            charts.Stretch(_state(_S.RECEIVED), "info", ago(14)),
            charts.Stretch(_state(_S.FORMAL_VERIFICATION), "info", ago(11)),
            charts.Stretch(_state(_S.MATERIAL_VERIFICATION), "info", ago(4)),
        ],
        today=TODAY,
        markers=[
            ("message_in", _("Message from the reporter"), ago(9)),
            ("note", _("Note"), ago(9)),
            ("message_out", _("Message to the reporter"), ago(8)),
            ("opened", _("Identity opened"), ago(3)),
        ],
        flags=[
            (_state(_S.FORMAL_VERIFICATION), "ended", ago(5)),
            (_("Material verification and plenary decision"), "soon", TODAY + timedelta(days=2)),
            (_("Whole examination"), "running", TODAY + timedelta(days=9)),
        ],
    )
