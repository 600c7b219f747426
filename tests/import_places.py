"""Imports to which addresses lead: those of one office of the Ombudsman (`routes.py`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .factories.imports import ImportFactory

OF_RUN = (
    *("run", "columns", "rows", "doubtful", "apply", "skip_matching"),
    *("resume", "undo", "cancel", "order_rejected"),
)


@dataclass(frozen=True)
class ImportPlaces:
    """A list after its dry run."""

    run: int

    def values(self) -> dict[str, Mapping[str, Any]]:
        """Return what fills the addresses of imports, by endpoint."""
        nobodys = {
            "run_id": self.run,
            "uuid": UUID(int=11),
        }  # of a person (tests/imports/test_fetch_rejected.py)
        return {
            **{f"staff.imports.{page}": {"run_id": self.run} for page in OF_RUN},
            **{f"staff.imports.{page}": {"kind": "employers"} for page in ("bring", "sample")},
            **{f"staff.imports.{page}": nobodys for page in ("rejected", "rejected_file")},
        }


def build_import_places(office: str = "MAM") -> ImportPlaces:
    """Bring a list. Call inside a context."""
    return ImportPlaces(ImportFactory(office, name=f"rahasia-{office}.csv").id)
