"""What the page of components shows of audits: invented scores, and the edges of each picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.home.samples import LONG_WORD
from ombudsman_app.web import charts
from ombudsman_app.web.charts import Band, Dimension, Indicator, Loss, Scored

_NONE = Decimal(0)
_FULL = Decimal(100)
_LIMITS = (Decimal(50), Decimal(75))
_WEIGHTS = (
    ("Input", "21.85", 15),
    (_l("Process"), "32.37", 20),
    ("Output", "24.24", 10),
    (_l("Complaint handling"), "21.54", 12),
)
_ANSWERS = ("0", "1", "2", "3", "4")


@dataclass(frozen=True)
class ScorePictures:
    """The pictures of audits: nothing, the edges, many."""

    wheel: charts.Wheel
    worst: charts.Wheel
    best: charts.Wheel
    old: charts.Wheel
    many: charts.Wheel
    bare: charts.Wheel
    scale: charts.Scale
    zones: charts.Scale
    no_scale: charts.Scale
    trend: charts.Trend | None
    one_round: charts.Trend | None
    dots: charts.Dots | None
    few_dots: charts.Dots | None
    costs: charts.Costs
    no_costs: charts.Costs
    funnel: charts.Funnel
    no_funnel: charts.Funnel
    agreement: charts.Agreement
    no_agreement: charts.Agreement
    answers: dict[str, str]


def _bands(*rows: tuple[str, str, str, str, str]) -> list[Band]:
    return [Band(letter, label, zone, Decimal(low), Decimal(high)) for letter, label, zone, low, high in rows]


LETTERS = _bands(
    ("A", "Kualitas tertinggi", "green", "88", "100"),
    ("B", "Kualitas tinggi", "green", "78", "87.99"),
    ("C", "Kualitas sedang", "yellow", "54", "77.99"),
    ("D", "Kualitas rendah", "red", "32", "53.99"),
    ("E", "Kualitas terendah", "red", "0", "31.99"),
)
ZONES = _bands(
    ("", "Kepatuhan tinggi", "green", "81", "100"),
    ("", "Kepatuhan sedang", "yellow", "51", "80.99"),
    ("", "Kepatuhan rendah", "red", "0", "50.99"),
)


def score_pictures() -> ScorePictures:
    """Return pictures of invented scores."""
    total = Decimal("75.69")
    some = [Dimension(f"Dimensi {place}", Decimal(40 + 7 * place), Decimal(place)) for place in range(1, 8)]
    cloud = _cloud(500)
    return ScorePictures(
        wheel=charts.wheel(_dimensions(), total=total, band=LETTERS[2], limits=_LIMITS),
        worst=charts.wheel(_dimensions(_NONE), total=_NONE, band=LETTERS[4], limits=_LIMITS),
        best=charts.wheel(_dimensions(_FULL), total=_FULL, band=LETTERS[0], limits=_LIMITS),
        old=charts.wheel([], total=Decimal("61.50"), band=ZONES[1]),
        many=charts.wheel(some, total=Decimal("72.4"), band=ZONES[1]),
        bare=charts.wheel([Dimension(_("Quality"), Decimal("90.61"), _FULL)], total=Decimal("90.61")),
        scale=charts.scale(
            LETTERS,
            [
                ("own", _("This office"), total),
                ("mean", _("All offices"), Decimal("71.02")),
                ("before", "2023", Decimal("66.4")),
            ],
        ),
        zones=charts.scale(ZONES, [("own", _("This office"), _FULL)]),
        no_scale=charts.scale([]),
        trend=_trend(),
        one_round=charts.trend([Scored("2024", total, "a", "v1", "Kepatuhan 2022–2024")], {"a": LETTERS}),
        dots=charts.dots([*cloud, total], own=total),
        few_dots=charts.dots([Decimal("88"), Decimal("88"), Decimal("61.2"), _FULL], own=_FULL),
        costs=charts.costs(_losses(), most=6),
        no_costs=charts.costs([]),
        funnel=_funnel(4, 9, 6, 0, 12, 3, 21),
        no_funnel=_funnel(),
        agreement=_agreement(),
        no_agreement=charts.agreement({}, _ANSWERS),
        answers={answer: answer for answer in _ANSWERS},
    )


def _dimensions(fixed: Decimal | None = None) -> list[Dimension]:
    """Return the dimensions of an audit, with scores that look like an audit or all the same."""
    drawn = []
    for place, (name, weight, number) in enumerate(_WEIGHTS):
        label = str(name)
        scores = [fixed if fixed is not None else _score(place * 7 + one * 11) for one in range(number)]
        indicators = [
            Indicator(
                f"{label[0]}{one + 1:02} " + _("Sample indicator"),
                score,
                Decimal(4 + one % 5),
                is_alarm=one % 6 == 4 and score is not None and score < _LIMITS[0],
            )
            for one, score in enumerate(scores)
        ]
        known = [one for one in scores if one is not None]
        drawn.append(Dimension(label, sum(known, _NONE) / len(known), Decimal(weight), indicators))
    return drawn


def _score(seed: int) -> Decimal | None:
    return (_FULL, Decimal(75), _FULL, Decimal("83.33"), Decimal(50), _NONE, None, Decimal(25), _FULL)[
        seed % 9
    ]


def _cloud(number: int) -> Sequence[Decimal]:
    """Return scores as many offices have them: most in the middle."""
    return [
        Decimal(30 + (place * 37 % 23) + (place * 17 % 29) + place * 7 % 19) + Decimal(place % 4) / 4
        for place in range(number)
    ]


def _trend() -> charts.Trend | None:
    old, new = "Kepatuhan 2013–2021", "Kepatuhan 2022–2024"
    rows = [
        ("2019", "58.4", "old", "v1", old),
        ("2020", None, "old", "v1", old),
        ("2021", "64.15", "old", "v1", old),
        ("2022", "66.9", "new", "v1", new),
        ("2023", "71.3", "new", "v1", new),
        ("2024", "75.69", "new", "v1", new),
        ("2025", "81", "opini", "v2", "Opini Ombudsman RI"),
        ("2026", "84.2", "opini", "v2", "Opini Ombudsman RI"),
    ]
    rounds = [
        Scored(label, None if value is None else Decimal(value), scheme, instrument, regime)
        for label, value, scheme, instrument, regime in rows
    ]
    return charts.trend(rounds, {"old": ZONES, "new": LETTERS})


def _losses() -> list[Loss]:
    rows = [
        ("P16", "2.59", "0", True),
        ("I09", "1.75", "25", True),
        ("G05", "1.29", "50", False),
        ("O02", "0.97", "66.67", False),
        ("P11", "0.81", "75", False),
        ("I01", "0.55", "75", False),
        ("I03", "0.2", "90", False),
        ("I05", "0", "100", False),
    ]
    return [
        Loss(
            code,
            LONG_WORD if code == "O02" else _("Sample indicator"),
            Decimal(lost),
            Decimal(score),
            is_alarm,
        )
        for code, lost, score, is_alarm in rows
    ]


def _funnel(*numbers: int) -> charts.Funnel:
    stages = (
        ("planned", _("Planned")),
        ("field", _("In the field")),
        ("submitted", _("Submitted")),
        ("reviewed", _("Reviewed")),
        ("draft", _("With the branch")),
        ("final", _("Final result")),
        ("published", _("Published")),
    )
    padded = (*numbers, *(0 for _stage in stages))
    return charts.funnel([(key, label, padded[place]) for place, (key, label) in enumerate(stages)])


def _agreement() -> charts.Agreement:
    rows = ((3, 1, 0, 0, 0), (0, 4, 2, 0, 0), (0, 1, 9, 3, 0), (0, 0, 2, 14, 2), (0, 0, 0, 1, 15))
    return charts.agreement(
        {(_ANSWERS[one], _ANSWERS[two]): rows[one][two] for one in range(5) for two in range(5)}, _ANSWERS
    )
