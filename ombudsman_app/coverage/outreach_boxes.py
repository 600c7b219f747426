"""The filters above a list of outreach events."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from .outreach_words import GROUPS
from .queries.outreach_list import OutreachFilter

Box = dict[str, Any]


def outreach_boxes(
    chosen: OutreachFilter,
    provinces: Sequence[tuple[str, str]],
    places: Sequence[tuple[int, str]],
    years: Sequence[int],
) -> list[Box]:
    """Return what can be chosen. `places`: those of the chosen province, by id."""
    boxes = [_box("province", _("Province"), provinces, chosen.province)] if len(provinces) > 1 else []
    if places:
        by_id = [(str(key), name) for key, name in places]
        boxes.append(_box("place", _("Place"), by_id, str(chosen.region_id or "")))
    groups = [(str(key), str(word)) for key, word in GROUPS.items()]
    return [*boxes, year_box(years, chosen.year), _box("group", _("For whom"), groups, chosen.group or "")]


def year_box(years: Sequence[int], chosen: int | None) -> Box:
    """Return the box of years, the latest first."""
    return _box("year", _("Year"), [(str(one), str(one)) for one in years], str(chosen or ""))


def province_box(provinces: Sequence[tuple[str, str]], chosen: str) -> Box:
    """Return the box of provinces of a page that is of one."""
    return {"name": "province", "label": _("Province"), "options": list(provinces), "chosen": chosen}


def _box(name: str, label: str, options: Sequence[tuple[str, str]], chosen: str) -> Box:
    return {"name": name, "label": label, "options": [("", _("All")), *options], "chosen": chosen}
