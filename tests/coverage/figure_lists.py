"""Lists of figures as bodies give them, and somebody who brings them by the door."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.states import Standing

from ..factories.findings import person
from ..imports.lists import HOME, Bringer
from ..visitor import Visitor

HEADS = ("Kode", "Kabupaten/Kota", "Definisi", "Periode", "Peserta aktif", "Potensi TK", "Cakupan (%)")
OUTSIDE = "/staff/coverage/imports"


class FigureBringer(Bringer):
    """Somebody who brings lists of figures at the office of NTT."""

    bring = f"{HOME}/new/coverage"

    def __init__(self, app: Any, visitor: Visitor, *roles: Role) -> None:
        super().__init__(app, visitor, *(roles or (Role.ANALYST,)), office="KPG")
        visitor.client.set_cookie("language", "en")

    def send(self, content: bytes, name: str = "cakupan.xlsx", **given: str) -> Any:
        self.visitor.get(self.bring)
        assert self.visitor.page is not None
        fields = {
            **self.visitor.page.values,
            "csrf_token": self.visitor.token(),
            "source": "BPJS Ketenagakerjaan NTT",
            "source_kind": "bpjs",
            "as_of": "2026-06-30",
            **given,
        }
        return self.posted(content, name, fields)

    def figures(self, *standings: Standing) -> list[CoverageFigure]:
        """All figures of lists, in the order they came."""
        with self.app.app_context():
            wanted = select(CoverageFigure).where(CoverageFigure.import_id.is_not(None))
            rows = wanted.where(CoverageFigure.standing.in_(standings or tuple(Standing)))
            found = list(db.session.scalars(rows.order_by(CoverageFigure.id)))
            for one in found:
                db.session.expunge(one)
            return found

    def decider(self, *roles: Role, office: str = "KPG") -> Visitor:
        """Another person, signed in."""
        with self.app.app_context():
            actor = person(*(roles or (Role.HEAD_OF_REPRESENTATIVE,)), office=office)
        visitor = Visitor(self.app).enter(actor.user_id)
        visitor.client.set_cookie("language", "en")
        return visitor

    def release(self, run_id: int) -> None:
        head = self.decider()
        head.get(f"{OUTSIDE}/{run_id}")
        answer = head.post(f"{OUTSIDE}/{run_id}/release", {})
        assert answer.status_code == 302, answer.text

    def why(self, run_id: int, verdict: str = "") -> str:
        """The page with the rows and their reasons."""
        return self.page(run_id, f"/rows?verdict={verdict}" if verdict else "/rows")


def line(code: Any = "53.15", name: Any = "", **given: Any) -> Sequence[Any]:
    """One row under HEADS."""
    values = {"definition": "UCJ", "day": "", "above": "", "below": "", "percent": "33,73", **given}
    return [code, name, *values.values()]
