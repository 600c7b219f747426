"""Which indicator depends on which: only on what exists, can be chosen, and never in a circle."""

from collections.abc import Mapping

from ombudsman_app.audits.scoring.problems import Problem

from .shape import Dimension, Indicator


def note_relevance(dimensions: tuple[Dimension, ...], problems: list[Problem]) -> None:
    """Note every condition that cannot be met or judged."""
    placed = {
        indicator.id: (f"dimensions[{n}].indicators[{m}].relevant_if", indicator)
        for n, dimension in enumerate(dimensions)
        for m, indicator in enumerate(dimension.indicators)
        if indicator.id
    }
    for where, indicator in placed.values():
        if indicator.relevant_if:
            _note_one(where, indicator, {name: one for name, (_at, one) in placed.items()}, problems)
    _note_cycles(placed, problems)


def _note_one(
    where: str, indicator: Indicator, known: Mapping[str, Indicator], problems: list[Problem]
) -> None:
    condition = indicator.relevant_if
    if condition is None or not condition.indicator:
        return
    if condition.indicator == indicator.id:
        problems.append(Problem(f"{where}.indicator", "relevance_of_itself"))
    elif condition.indicator not in known:
        problems.append(Problem(f"{where}.indicator", "relevance_unknown", {"value": condition.indicator}))
    elif not (choices := known[condition.indicator].answer_type.choices):
        problems.append(Problem(f"{where}.indicator", "relevance_kind"))
    else:
        for value in condition.is_:
            if value not in choices:
                said = {"value": value, "known": ", ".join(choices)}
                problems.append(Problem(f"{where}.is", "unknown_choice", said))


def _note_cycles(placed: Mapping[str, tuple[str, Indicator]], problems: list[Problem]) -> None:
    """Each indicator depends on one other at most, so that a walk along them finds each circle once."""
    depends = {
        name: one.relevant_if.indicator
        for name, (_where, one) in placed.items()
        if one.relevant_if and one.relevant_if.indicator in placed and one.relevant_if.indicator != name
    }
    done: set[str] = set()
    for start in depends:
        walk: list[str] = []
        at = start
        while at in depends and at not in done and at not in walk:
            walk.append(at)
            at = depends[at]
        if at in walk:
            circle = [*walk[walk.index(at) :], at]
            problems.append(Problem(placed[at][0], "relevance_cycle", {"cycle": " → ".join(circle)}))
        done |= set(walk)
