"""The filters above a list of local rules."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from .local_rule_words import ASKED, KINDS, STATES
from .queries.local_rule_list import RuleFilter

Box = dict[str, Any]


def rule_boxes(
    chosen: RuleFilter, provinces: Sequence[tuple[str, str]], places: Sequence[tuple[int, str]]
) -> list[Box]:
    """Return what can be chosen. `places`: those of the chosen province, by id."""
    boxes = [_box("province", _("Province"), provinces, chosen.province)]
    if places:
        by_id = [(str(key), name) for key, name in places]
        boxes.append(_box("place", _("Place"), by_id, str(chosen.region_id or "")))
    return [
        *boxes,
        _box("kind", _("Kind of rule"), _rows(KINDS), chosen.kind or ""),
        _box("state", _("State"), _rows(STATES), chosen.status or ""),
        _box("covers", _("What it says"), _rows(ASKED), chosen.covers),
    ]


def _rows(words: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(str(key), str(word)) for key, word in words.items()]


def _box(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Box:
    return {"name": name, "label": label, "options": [("", _("All")), *options], "chosen": chosen}
