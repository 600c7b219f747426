"""Lists of figures to which addresses lead: those of one office (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .factories.figure_imports import FigureImportFactory


@dataclass(frozen=True)
class FigureImportPlaces:
    """A list whose proposals wait."""

    run: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses, by endpoint."""
        pages = ("run", "release", "send_back")
        return {f"staff.coverage_imports.{page}": {"run_id": self.run} for page in pages}


def build_figure_import_places(office: str = "MAM") -> FigureImportPlaces:
    """Bring and apply a list. Call inside a context."""
    return FigureImportPlaces(FigureImportFactory(office).id)
