"""Two versions of an instrument beside each other, by item: what came, went, moved, changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .definition.shape import Definition, Dimension, Indicator
from .definition.writing import as_mapping, indicator_mapping
from .exact import plain, written
from .formula import EXACT_DECIMALS, FULL

_NOT_CONTENT = {"id", "item"}  # who the question is, not what it asks
_PARTS = {"dimensions", "indicators"}


@dataclass(frozen=True)
class Change:
    """One field, before and after; None where it was not there."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Placed:
    """An indicator of one version, where it stood and how much of the whole it made."""

    indicator: Indicator
    dimension: str
    share: Fraction  # of the total, in points of 100


@dataclass(frozen=True)
class ItemComparison:
    """One item. `before` is missing for one that was added, `after` for one that was removed."""

    item: str
    before: Placed | None
    after: Placed | None
    changes: tuple[Change, ...] = ()

    @property
    def is_added(self) -> bool:
        return self.before is None

    @property
    def is_removed(self) -> bool:
        return self.after is None

    @property
    def is_moved(self) -> bool:
        """Whether it went to another dimension."""
        return bool(self.before and self.after and self.before.dimension != self.after.dimension)

    @property
    def is_renumbered(self) -> bool:
        return bool(self.before and self.after and self.before.indicator.id != self.after.indicator.id)

    @property
    def is_same(self) -> bool:
        """Whether nothing about the item itself changed; its share may have, with that of the dimension."""
        return not (self.is_added or self.is_removed or self.is_moved or self.is_renumbered or self.changes)

    @property
    def weights(self) -> tuple[Decimal | None, Decimal | None]:
        """The weight inside its dimension, before and after."""
        before, after = self.before, self.after
        return before.indicator.weight if before else None, after.indicator.weight if after else None

    def as_json(self) -> dict[str, Any]:
        sides = {"before": self.before, "after": self.after}
        return {
            "item": self.item,
            **{side: _placed_json(placed) for side, placed in sides.items()},
            "changes": [vars(change) for change in self.changes],
        }


@dataclass(frozen=True)
class DimensionComparison:
    """One dimension, by its id."""

    id: str
    before: Dimension | None
    after: Dimension | None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """All that differs, and what stayed."""

    whole: tuple[Change, ...]
    dimensions: tuple[DimensionComparison, ...]
    items: tuple[ItemComparison, ...]  # in the order of the newer one; what was removed comes last

    @property
    def added(self) -> tuple[ItemComparison, ...]:
        return tuple(one for one in self.items if one.is_added)

    @property
    def removed(self) -> tuple[ItemComparison, ...]:
        return tuple(one for one in self.items if one.is_removed)

    @property
    def moved(self) -> tuple[ItemComparison, ...]:
        return tuple(one for one in self.items if one.is_moved)

    @property
    def renumbered(self) -> tuple[ItemComparison, ...]:
        return tuple(one for one in self.items if one.is_renumbered)

    @property
    def changed(self) -> tuple[ItemComparison, ...]:
        return tuple(one for one in self.items if one.changes)

    @property
    def kept(self) -> tuple[ItemComparison, ...]:
        return tuple(one for one in self.items if one.is_same)

    @property
    def is_same(self) -> bool:
        is_whole = not self.whole and not any(
            one.changes or one.before is None or one.after is None for one in self.dimensions
        )
        return is_whole and all(one.is_same for one in self.items)

    def as_json(self) -> dict[str, Any]:
        groups = ("added", "removed", "moved", "renumbered", "changed")
        return {
            "whole": [vars(change) for change in self.whole],
            "dimensions": [
                {"id": one.id, "changes": [vars(change) for change in one.changes]} for one in self.dimensions
            ],
            **{name: [one.item for one in getattr(self, name)] for name in groups},
            "items": [one.as_json() for one in self.items if not one.is_same],
        }


def compare(before: Definition, after: Definition) -> Comparison:
    """Compare an older with a newer version. A condition on another question is compared by its item."""
    old, new = _placed(before), _placed(after)
    items = [_item(name, old.get(name), placed, before, after) for name, placed in new.items()]
    items += [ItemComparison(name, placed, None) for name, placed in old.items() if name not in new]
    return Comparison(
        whole=_differences(_without_parts(as_mapping(before)), _without_parts(as_mapping(after))),
        dimensions=_dimensions(before, after),
        items=tuple(items),
    )


def _placed(definition: Definition) -> dict[str, Placed]:
    return {
        one.item: Placed(one, dimension.id, Fraction(one.weight) * Fraction(dimension.weight) / FULL)
        for dimension in definition.dimensions
        for one in dimension.indicators
    }


def _item(
    name: str, old: Placed | None, new: Placed, before: Definition, after: Definition
) -> ItemComparison:
    if old is None:
        return ItemComparison(name, None, new)
    sides = (_content(old.indicator, before), _content(new.indicator, after))
    return ItemComparison(name, old, new, _differences(*sides))


def _content(indicator: Indicator, definition: Definition) -> dict[str, Any]:
    """Return what the question asks, with the other question named by its item."""
    content = {key: value for key, value in indicator_mapping(indicator).items() if key not in _NOT_CONTENT}
    if condition := indicator.relevant_if:
        other = definition.by_id[condition.indicator].item
        content["relevant_if"] = {"indicator": other, "is": list(condition.is_)}
    return content


def _dimensions(before: Definition, after: Definition) -> tuple[DimensionComparison, ...]:
    old, new = ({one.id: one for one in definition.dimensions} for definition in (before, after))
    plain_old, plain_new = (
        {one["id"]: _without_parts(one) for one in as_mapping(definition)["dimensions"]}
        for definition in (before, after)
    )
    return tuple(
        DimensionComparison(
            name,
            old.get(name),
            new.get(name),
            _differences(plain_old[name], plain_new[name]) if name in old and name in new else (),
        )
        for name in dict.fromkeys([*new, *old])
    )


def _without_parts(mapping: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in mapping.items() if key not in _PARTS}


def _differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )


def _placed_json(placed: Placed | None) -> dict[str, str] | None:
    if placed is None:
        return None
    return {
        "id": placed.indicator.id,
        "dimension": placed.dimension,
        "weight": plain(placed.indicator.weight),
        "share": written(placed.share, EXACT_DECIMALS),
    }
