"""Instruments out of chance: every key that an instrument can have, alone and together."""

from typing import Any

from hypothesis import strategies as st

from ombudsman_app.audits.scoring.definition import (
    COMPONENTS,
    AnswerType,
    Definition,
    EvidenceKind,
    Maladministration,
    read_definition,
)
from ombudsman_app.audits.scoring.reader import clean, is_shown

_STRANGE = ["=1+1", "'=x", "''+62", "@at", "'quoted'", "yes", "1.0", "null", "a: b", "# a", "a\nb", "😀", "½"]


def _is_taken(text: str) -> bool:
    return bool(text) and is_shown(text) and "_x" not in text and "${" not in text


_TEXT = (
    st.one_of(st.text(st.characters(blacklist_categories=("C",)), max_size=40), st.sampled_from(_STRANGE))
    .map(clean)
    .filter(_is_taken)
)
_SPLITS = st.sampled_from(
    [
        ["100"],
        ["50", "50"],
        ["33.3333", "33.3333", "33.3334"],
        ["21.85", "32.37", "24.24", "21.54"],
        ["0.0001", "99.9999"],
    ]
)
_EVIDENCE = st.sampled_from([str(one) for one in EvidenceKind])
_ANCHORS = st.fixed_dictionaries({str(step): _TEXT for step in range(5)})
_WORD = st.from_regex(r"\A[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,8})?\Z")


@st.composite
def _thresholds(draw: st.DrawFn) -> list[dict[str, Any]]:
    bounds = sorted(draw(st.sets(st.integers(1, 10_000), min_size=1, max_size=4)))
    scores = st.sampled_from(["0", "12.5", "50", "75", "100"])
    if draw(st.booleans()):
        return [*({"max": str(n / 8), "score": draw(scores)} for n in bounds), {"score": draw(scores)}]
    last = draw(st.sampled_from([{"min": 0}, {}]))
    return [*({"min": n, "score": draw(scores)} for n in reversed(bounds)), {**last, "score": draw(scores)}]


@st.composite
def _indicator(draw: st.DrawFn, name: str, weight: str, before: list[dict[str, Any]]) -> dict[str, Any]:
    kind = draw(st.sampled_from(list(AnswerType)))
    given: dict[str, Any] = {
        "id": name,
        "variable": draw(_WORD),
        "component": draw(st.sampled_from(COMPONENTS)),
        "weight": weight,
        "question_id": draw(_TEXT),
        "question_en": draw(_TEXT),
        "answer_type": str(kind),
        "evidence": draw(st.lists(_EVIDENCE, min_size=1, unique=True)),
        "legal_basis": draw(_TEXT),
        "maladministration_if_fail": str(draw(st.sampled_from(list(Maladministration)))),
        "critical": draw(st.booleans()),
        "may_be_na": draw(st.booleans()),
    }
    more = {"item": st.just(f"item_{name}"), "respondents": st.integers(1, 99), "unit": _TEXT}
    given |= {key: draw(one) for key, one in more.items() if draw(st.booleans())}
    if given["may_be_na"] and draw(st.booleans()):
        given["na_reason"] = draw(_TEXT)
    if kind is AnswerType.MEASURE:
        given["thresholds"] = draw(_thresholds())
    if kind is AnswerType.SCALE4 and draw(st.booleans()):
        given |= {"anchors_id": draw(_ANCHORS), "anchors_en": draw(_ANCHORS)}
    if kind is AnswerType.PERCENTAGE and draw(st.booleans()):
        given |= {"standard_days": draw(st.integers(1, 60)), "standard_day_type": "working"}
        given["standard_verified"] = draw(st.sampled_from(["text", "press", "unverified"]))
    chosen = [one for one in before if one["answer_type"] in ("yes_no", "scale4")]
    if chosen and draw(st.booleans()):
        other = draw(st.sampled_from(chosen))
        values = ["yes", "no"] if other["answer_type"] == "yes_no" else list("01234")
        picked = draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
        given["relevant_if"] = {"indicator": other["id"], "is": picked}
    return given


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """Return a sound instrument."""
    before: list[dict[str, Any]] = []
    dimensions = []
    for number, weight in enumerate(draw(_SPLITS)):
        indicators = []
        for place, share in enumerate(draw(_SPLITS)):
            indicators.append(draw(_indicator(f"q{number}_{place}", share, before)))
            before.append(indicators[-1])
        titles = {key: draw(_TEXT) for key in ("title_id", "title_en")}
        about = {key: draw(_TEXT) for key in ("description_id", "description_en") if draw(st.booleans())}
        dimensions.append({"id": f"d{number}", **titles, **about, "weight": weight, "indicators": indicators})
    return read_definition(
        {
            "id": draw(_WORD),
            "title_id": draw(_TEXT),
            "title_en": draw(_TEXT),
            "version": draw(st.sampled_from(["1", "1.0", "2.10.3"])),
            "scheme": draw(_WORD),
            **({"origin": draw(_TEXT)} if draw(st.booleans()) else {}),
            "anchors_id": draw(_ANCHORS),
            "anchors_en": draw(_ANCHORS),
            "min_denominator": draw(st.integers(1, 99)),
            "min_respondents": draw(st.integers(1, 99)),
            "dimensions": dimensions,
        }
    )
