"""Figures of coverage to which addresses lead (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ombudsman_app.coverage.open_data import FIGURES

from .factories.coverage import FigureFactory, SheetFactory, claim, proposed

OF_FIGURE, OF_WAITING = ("figure", "revise", "withdraw"), ("release", "send_back")
FIGURE_ACTS = frozenset(f"staff.coverage.{act}" for act in ("withdraw", *OF_WAITING))  # forms of its page
NOBODYS = 987654320


@dataclass(frozen=True)
class FigurePlaces:
    """A released figure of NTT. All that was released is everybody's to read: the other one is none."""

    figure: int
    waiting: int
    sheet: UUID  # drawn already

    def values(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses, by endpoint."""
        return {
            "public.coverage.place": {"code": "99" if other else "53"},
            "public.coverage.figure": {"figure_id": NOBODYS if other else self.figure},
            **{
                f"staff.coverage.{page}": {"figure_id": NOBODYS if other else self.figure}
                for page in OF_FIGURE
            },
            **{
                f"staff.coverage.{page}": {"figure_id": NOBODYS if other else self.waiting}
                for page in OF_WAITING
            },
            "public.coverage.sheet_file": {"uuid": UUID(int=7) if other else self.sheet},
            "public.coverage.file": {"name": "lain.csv" if other else FIGURES},
        }


def build_figure_places() -> FigurePlaces:
    """Release figures of a province and of two of its regencies. Call inside a context."""
    made = FigureFactory("53", claim(333, 1000), office="MAM")
    FigureFactory("53.04", claim(90, 100))
    FigureFactory("53.15", claim(percent="34"))
    waiting = proposed("76", claim(percent="22"), office="MAM")
    return FigurePlaces(made.id, waiting.id, SheetFactory())
