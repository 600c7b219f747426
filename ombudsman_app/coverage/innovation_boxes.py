"""The filters above a list of innovations."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from .innovation_words import STATUSES
from .queries.innovation_list import InnovationFilter

Box = dict[str, Any]


def innovation_boxes(
    chosen: InnovationFilter,
    provinces: Sequence[tuple[str, str]],
    places: Sequence[tuple[int, str]] = (),
    *,
    province: str = "province",
) -> list[Box]:
    """Return what can be chosen. `places`: of the chosen province; `province`: the word of the address."""
    statuses = [(str(key), str(word)) for key, word in STATUSES.items()]
    boxes = [_box(province, _("Province"), provinces, chosen.province)]
    if places:
        by_id = [(str(key), name) for key, name in places]
        boxes.append(_box("place", _("Place"), by_id, str(chosen.region_id or "")))
    return [*boxes, _box("status", _("State"), statuses, chosen.status or "")]


def _box(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Box:
    return {"name": name, "label": label, "options": [("", _("All")), *options], "chosen": chosen}
