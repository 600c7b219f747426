"""The demonstration of lists: one in the register, one that waits for decisions (`data/demo_lists.yaml`).

They go the way of every list, files and jobs included, so they need the server that reads files.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from flask import current_app
from sqlalchemy import select

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.children import is_there
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible, UnsafeSettings
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region
from ombudsman_app.imports.commands import ListInput, MappingInput, begin_apply, bring_list, map_columns
from ombudsman_app.imports.models import ImportRun
from ombudsman_app.imports.queries import preview_of, visible_run
from ombudsman_app.imports.states import RunState

from .imports import EMPLOYERS
from .models import Employer
from .policies import IMPORTERS
from .states import SourceKind

DATA = Path(__file__).parent / "data" / "demo_lists.yaml"
_ZONE = "Asia/Makassar"
_COLUMNS = ("name", "npp", "nib", "kbli", "place", "workers", "registered", "day")
_COUNTS = Employer.workers, Employer.registered
_KNOWN = 20


def load() -> str:
    """Bring invented lists once. They need the accounts and the employers of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration lists are made only with OMBUDSMAN_DEMO=yes.")
    keeper = demo_actor("prevention_assistant")
    is_made = db.session.scalar(select(ImportRun.id).limit(1)) is not None
    if keeper is None or is_made or not is_there(settings.run_dir, "parse"):
        return "Lists of employers: 0 invented ones (DEMO) brought."
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    teller = _Teller(told["source"], told["heads"], _employers(), keeper)
    for one in told["lists"]:
        teller.tell(one)
    return f"Lists of employers: {len(told['lists'])} invented ones (DEMO) brought."


def _employers() -> list[dict[str, Any]]:
    """Return invented employers of Mamuju that no case is about: so their list can be taken back."""
    found = (
        select(Employer.name, Employer.npp, Employer.nib, Employer.sector, Region.code, *_COUNTS)
        .join(Region, Region.id == Employer.region_id)
        .where(Employer.open_breaches == 0, Employer.is_listed, Employer.npp.is_not(None))
        .where(Employer.nib.is_not(None), Employer.registered.is_not(None), Region.province_code == "76")
        .order_by(Employer.id)
        .limit(_KNOWN)
    )
    return [
        {
            "name": name,
            "npp": npp or "",
            "nib": nib or "",
            "kbli": sector or "",
            "place": place,
            "workers": workers or 0,
            "registered": registered or 0,
        }
        for name, npp, nib, sector, place, workers, registered in db.session.execute(found)
    ]


@dataclass(frozen=True)
class _Teller:
    """The officer who brings the lists of one giver, each on its day."""

    source: str
    heads: list[str]
    employers: list[dict[str, Any]]
    keeper: Actor

    def tell(self, one: Mapping[str, Any]) -> None:
        """Bring a list and have it checked; apply it where the story says so."""
        given = ListInput(
            file_name=one["file"],
            content=_workbook(one["title"], [self.heads, *map(self._cells, one["rows"])]),
            source=self.source,
            source_kind=str(SourceKind.BPJS),
            as_of=today(_ZONE) - timedelta(days=one["as_of"]),
            office_id=min(self.keeper.offices_as(*IMPORTERS)),
        )
        brought = now() - timedelta(days=one["brought"])
        with stopped_at(brought):
            run_id = bring_list(EMPLOYERS, given, actor=self.keeper).id
            run = self._worked(run_id)
        with stopped_at(brought + timedelta(minutes=4)):
            self._map(run)
            run = self._worked(run_id)
        if one.get("is_applied") and run.state is RunState.CHECKED:
            with stopped_at(brought + timedelta(minutes=11)):
                begin_apply(run, version=run.version, actor=self.keeper)
                self._worked(run_id)

    def _map(self, run: ImportRun) -> None:
        look = preview_of(EMPLOYERS, run, sheet=None, header_row=None)
        if look is not None:
            given = MappingInput(look.sheet["number"], look.header_row, look.columns)
            map_columns(run, given, version=run.version, actor=self.keeper)

    def _worked(self, run_id: int) -> ImportRun:
        """Do what was asked for at once, as a runner would; return the import as it stands then."""
        while True:
            db.session.expire_all()
            run = visible_run(self.keeper, run_id)
            if run is None:
                raise NotVisible
            claimed = claim(run.job_uuid) if run.job_uuid else None
            if claimed is None:
                return run
            db.release()
            perform(current_app._get_current_object(), claimed)  # type: ignore[attr-defined]

    def _cells(self, row: Mapping[str, Any]) -> list[Any]:
        known = self.employers[row["of"] - 1] if "of" in row else {}
        day = (today(_ZONE) - timedelta(days=row["day"])).isoformat() if "day" in row else ""
        said = {**known, **row, "day": day}
        if "plus" in row:
            workers, registered = row["plus"]
            said["workers"], said["registered"] = known["workers"] + workers, known["registered"] + registered
        return [said.get(column, "") for column in _COLUMNS]


def _workbook(title: str, lines: list[list[Any]]) -> bytes:
    """Write a list as offices send it: a title over all columns, and a sheet that somebody hid."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_numbers": False}) as book:
        sheet, hidden = book.add_worksheet("Daftar"), book.add_worksheet("Catatan")
        sheet.merge_range(0, 0, 0, len(lines[0]) - 1, title, book.add_format({"bold": True}))
        for number, line in enumerate(lines, 2):
            for column, cell in enumerate(line):
                if cell != "":
                    sheet.write(number, column, cell)
        hidden.write_string(0, 0, "DEMO. Catatan untuk kantor cabang.")
        hidden.hide()
    return out.getvalue()
