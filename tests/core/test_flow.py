"""One table of moves: what it allows, refuses, and shows as buttons."""

from enum import StrEnum

import pytest

from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.workflow.flow import Flow, Move, Place, SideMove


class Light(StrEnum):
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    DARK = "dark"


MOVES: dict[str, Move[Light] | tuple[Move[Light], ...]] = {
    "slow": Move({Light.GREEN}, Light.YELLOW, by="system", released_by="warden"),
    "stop": Move({Light.GREEN, Light.YELLOW}, Light.RED, by="warden"),
    "go": Move({Light.RED}, Light.GREEN),
    "blink": Move({Light.RED}, Light.YELLOW, regime="night"),
    "switch_off": Move({Light.RED}, Light.DARK, outcome="broken"),
    "retire": Move({Light.RED}, Light.DARK, outcome="old"),
    "turn": (Move({Light.YELLOW}, Light.GREEN), Move({Light.GREEN}, Light.RED)),
}
LIGHT = Flow(
    MOVES,
    side_moves={
        "smash": SideMove(Place.ANY_NOT_CLOSED, Light.DARK, outcome="smashed"),
        "build": SideMove(Place.NONE, Light.RED),
        "repair": SideMove(Light.DARK, Light.RED),
    },
    closed=Light.DARK,
)


def test_given_a_state_when_asking_for_events_then_they_come_in_the_order_of_the_table() -> None:
    assert LIGHT.open_events(Light.GREEN) == ("slow", "stop", "turn")
    assert LIGHT.open_events(Light.DARK) == ()


def test_given_several_moves_of_one_event_when_moving_then_the_state_decides() -> None:
    assert LIGHT.after(Light.YELLOW, "turn") is Light.GREEN
    assert LIGHT.after(Light.GREEN, "turn") is Light.RED


def test_given_two_ends_in_one_state_when_moving_then_the_outcome_tells_them_apart() -> None:
    old, broken = (LIGHT.transition(Light.RED, event) for event in ("retire", "switch_off"))
    assert old.to is broken.to is Light.DARK
    assert (old.outcome, broken.outcome) == ("old", "broken")


def test_given_a_move_of_another_regime_when_moving_then_it_is_refused() -> None:
    assert LIGHT.after(Light.RED, "blink", regime="night") is Light.YELLOW
    assert "blink" not in LIGHT.open_events(Light.RED)
    assert "blink" in LIGHT.open_events(Light.RED, regime="night")
    for regime in (None, "day"):
        with pytest.raises(MoveNotAllowed):
            LIGHT.after(Light.RED, "blink", regime=regime)


@pytest.mark.parametrize("event", ["go", "smash", "nonsense"])
def test_given_no_such_move_from_here_when_moving_then_it_is_refused_by_name(event: str) -> None:
    with pytest.raises(MoveNotAllowed) as refused:
        LIGHT.after(Light.GREEN, event)
    assert refused.value.details == {"state": "green", "event": event}


def test_given_a_side_move_when_the_record_is_closed_or_new_then_only_fitting_ones_are_open() -> None:
    assert LIGHT.open_side_events(Light.GREEN) == ("smash",)
    assert LIGHT.open_side_events(Light.DARK) == ("repair",)
    assert LIGHT.open_side_events(Place.NONE) == ("build",)
    assert LIGHT.after_side(Place.NONE, "build") is Light.RED
    with pytest.raises(MoveNotAllowed):
        LIGHT.after_side(Light.DARK, "smash")


def test_given_an_ambiguous_table_when_it_is_made_then_it_is_refused() -> None:
    with pytest.raises(ValueError, match="two places"):
        Flow({"turn": (Move({Light.RED}, Light.GREEN), Move({Light.RED}, Light.YELLOW))})
    with pytest.raises(ValueError, match="side move"):
        Flow({"turn": Move({Light.RED}, Light.GREEN)}, side_moves={"turn": SideMove(Place.NONE, Light.RED)})
