"""What an invented reporter tells: sentences of `stories.yaml`, put together anew for each complaint."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ombudsman_app.core.workflow.yaml_file import read_yaml

from .dice import Dice, Weighted

STOCK = Path(__file__).with_name("stories.yaml")
MARK = "BENCH"  # begins every name and every text that could be taken for a real one
_LONGEST_MIDDLE = 24
_PARAGRAPH = 4  # sentences


@dataclass(frozen=True)
class Story:
    """One complaint in words."""

    substance: str
    narrative: str
    effort: str
    remedy: str
    employer: str


@cache
def stock() -> dict[str, Any]:
    """Return the sentences, read once."""
    return read_yaml(STOCK)


@cache
def _substances() -> Weighted[str]:
    return Weighted({name: row["weight"] for name, row in stock()["substances"].items()})


def told(dice: Dice) -> Story:
    """Tell one story. Most are short, some go on for a page."""
    substance = _substances().pick(dice)
    row, words = stock()["substances"][substance], _slots(dice)
    length = min(dice.between(1, 6) * dice.between(1, 4), _LONGEST_MIDDLE)
    middle = dice.some(row["more"] + stock()["common"], length)
    sentences = [dice.pick(row["begin"]), *middle, dice.pick(stock()["close"])]
    said = [_as_sentence(sentence.format_map(words)) for sentence in sentences]
    said[0] = f"{MARK}. {said[0]}"
    paragraphs = [" ".join(said[at : at + _PARAGRAPH]) for at in range(0, len(said), _PARAGRAPH)]
    is_about_employer = substance == "employer_not_registered"
    return Story(
        substance=substance,
        narrative="\n\n".join(paragraphs),
        effort=_as_sentence(dice.pick(stock()["efforts"]).format_map(words)),
        remedy=dice.pick(row["remedy"]),
        employer=f"{dice.pick(stock()['companies'])} ({MARK})" if is_about_employer else "",
    )


def person(dice: Dice) -> dict[str, str]:
    """Invent a reporter: answers as the wizard asks them, a name that nobody has."""
    name = f"{MARK} {dice.pick(stock()['first_names'])} {dice.pick(stock()['last_names'])}"
    told_of_person = {"full_name": name, "phone": f"0812 0000 {dice.below(10_000):04d}"}
    if dice.happens(60):
        told_of_person["address"] = f"{MARK}, Jalan Rekaan {dice.between(1, 200)}"
        told_of_person["occupation"] = dice.pick(stock()["trades"])
    return told_of_person


def line(dice: Dice, *path: str) -> str:
    """Return one sentence of a list, such as ("messages", "from_office")."""
    found: Any = stock()
    for name in path:
        found = found[name]
    return _as_sentence(dice.pick(found).format_map(_slots(dice)))


def _slots(dice: Dice) -> dict[str, object]:
    words = stock()
    return {
        "n": dice.between(2, 9),
        "weeks": dice.between(2, 20),
        "months": dice.between(2, 11),
        "day": dice.pick(words["days"]),
        "month": dice.pick(words["months"]),
        "rupiah": f"Rp{dice.between(5, 900)}.000",
        "relative": dice.pick(words["relatives"]),
        "work": dice.pick(words["trades"]),
        "loket": f"loket {dice.between(1, 6)}",
    }


def _as_sentence(text: str) -> str:
    return text[0].upper() + text[1:]
