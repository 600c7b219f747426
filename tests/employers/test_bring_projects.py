"""Lists of projects and OCDS packages by the door: dry run with reasons, apply, undo, the same file again."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import MetaData, select

from ombudsman_app.core.db import db
from ombudsman_app.employers.models import Project, ProjectChange, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.rules import FundSource, Standing

from ..conftest import StoppedClock
from ..factories.employers import EmployerFactory
from ..factories.projects import AGENCY, ProjectFactory
from ..imports.lists import HOME, Bringer, csv_of, reading, xlsx
from ..visitor import Visitor

SAMPLE = Path(__file__).parents[2] / "ombudsman_app" / "employers" / "data" / "ocds-sample.json"
HEADS = (
    *("Nama Paket", "Nomor Kontrak", "Instansi", "Sumber Dana", "Lokasi", "Tanggal SPK", "Nilai Kontrak"),
    *("Nilai tanpa PPN", "Penyedia", "NIB", "Anggota KSO", "Tanggal Daftar", "Nilai terdaftar", "Adendum"),
)
OURS = ("project_owner", "project", "project_party", "project_change")


class ProjectBringer(Bringer):
    """Somebody who brings lists of projects."""

    bring = f"{HOME}/new/projects"

    def send(self, content: bytes, name: str = "paket.xlsx", **given: str) -> Any:
        self.visitor.get(self.bring)
        assert self.visitor.page is not None
        fields = {
            **self.visitor.page.values,
            "csrf_token": self.visitor.token(),
            "source": "LPSE Sulawesi Barat",
            "source_kind": "procurement",
            "as_of": "2026-10-31",
            **given,
        }
        return self.posted(content, name, fields)

    def rows(self, table: Any) -> list[Any]:
        with self.app.app_context():
            return list(db.session.scalars(select(table).order_by(table.id)))

    def whole(self) -> dict[str, Any]:
        """All that stands in our tables."""
        with self.app.app_context():
            metadata = MetaData()
            metadata.reflect(db.engine, only=OURS)
            with db.engine.connect() as connection:
                return {
                    name: sorted(map(str, connection.execute(metadata.tables[name].select())))
                    for name in OURS
                }


@pytest.fixture
def bringer(app: Flask, visitor: Visitor, clock: StoppedClock) -> Iterator[ProjectBringer]:
    clock.at("2026-11-20T09:00+08:00")
    with reading(app):
        yield ProjectBringer(app, visitor)


def line(number: int, **given: Any) -> Sequence[Any]:
    values = {
        "package": f"Rehabilitasi jalan {number}",
        "contract": f"602/{number:03}/SPK/2026",
        "agency": "Dinas PUPR Kabupaten Mamuju",
        "fund": "APBD Kab.",
        "place": "76.02",
        "spk": "2026-03-09",
        "value": "2.775.000.000",
        "net": "2500000000",
        "firm": f"PT Penyedia {number}",
        "nib": "",
        "members": "",
        "registered": "",
        "told": "",
        "changes": "",
        **given,
    }
    return list(values.values())


def test_given_a_list_when_applied_then_each_project_is_judged_and_undo_leaves_nothing(
    bringer: ProjectBringer,
) -> None:
    with bringer.app.app_context():
        employer = EmployerFactory(name="PT Penyedia Dua", nib="9120001234567").id
    before = bringer.whole()
    rows = [
        line(1),
        line(
            2, nib="9120001234567", registered="06/04/2026", told="2500000000", members="CV A; 30 | CV B; 10"
        ),
        line(3, registered="2026-04-07", told="2000000000"),
        line(4, spk="", fund="APBN"),
        line(5, changes="ADD-1; 2026-06-01; adendum; 3000000000; 2026-12-18"),
        line(6, changes="SP-1; 2026-03-20; dibatalkan"),
    ]
    run = bringer.checked(xlsx(rows, HEADS))
    page = bringer.page(run)
    assert "6" in page
    assert bringer.whole() == before, "a dry run writes nothing"
    bringer.applied(run)

    projects = bringer.rows(Project)
    assert [one.standing for one in projects] == [
        *(
            Standing.OPEN,
            Standing.IN_TIME,
            Standing.LATE,
            Standing.UNKNOWN,
            Standing.OPEN,
            Standing.CANCELLED,
        ),
    ]
    assert projects[2].is_under_valued
    assert projects[3].fund_source is FundSource.APBN
    assert projects[4].current_value == 3_000_000_000
    parties = [one for one in bringer.rows(ProjectParty) if one.project_id == projects[1].id]
    assert [(one.name, one.employer_id, one.share_hundredths) for one in parties] == [
        *(("PT Penyedia 2", employer, None), ("CV A", None, 3_000), ("CV B", None, 1_000)),
    ]
    (owner,) = bringer.rows(ProjectOwner)
    assert (owner.projects, owner.open, owner.late, owner.under_valued) == (6, 2, 1, 1)
    list_page = bringer.visitor.get("/staff/employers/projects?verdict=unregistered").text
    assert "Rehabilitasi jalan 1" in list_page
    assert "Rehabilitasi jalan 2" not in list_page

    again = bringer.checked(xlsx(rows, HEADS))
    with bringer.app.app_context():
        counts = bringer.run(again).counts
    assert counts.get("unchanged") == 6, counts

    bringer.step(run, "undo")
    bringer.work()
    assert bringer.whole() == before


def test_given_a_later_list_when_applied_then_blanks_are_filled_and_undo_puts_them_back(
    bringer: ProjectBringer,
) -> None:
    with bringer.app.app_context():
        project = ProjectFactory(contract_number="602/001/SPK/2026", spk_on=None, value_net=None)
        kept = ProjectFactory(contract_number="602/002/SPK/2026")
        ids = project.id, kept.id
    before = bringer.whole()
    rows = [
        line(1, agency=AGENCY.upper(), registered="2026-04-01", told="2500000000"),
        line(2, net="1000000000"),
    ]
    run = bringer.checked(csv_of(rows, heads=HEADS).encode(), "paket.csv")
    told = bringer.page(run, "/rows")
    assert "belum diketahui sampai sekarang" in told
    assert "yang sudah diketahui tetap" in told
    bringer.applied(run)
    held = {one.id: one for one in bringer.rows(Project)}
    assert held[ids[0]].standing is Standing.IN_TIME
    assert str(held[ids[0]].due_on) == "2026-04-06"
    assert held[ids[1]].value_net == 2_500_000_000, "what is known stays"
    bringer.step(run, "undo")
    bringer.work()
    assert bringer.whole() == before


def test_given_a_change_after_the_list_when_taken_back_then_it_is_refused(bringer: ProjectBringer) -> None:
    run = bringer.checked(xlsx([line(1)], HEADS))
    bringer.applied(run)
    (project,) = bringer.rows(Project)
    bringer.visitor.submit(
        f"/staff/employers/projects/{project.id}/registration", {"registered_on": "2026-04-01"}
    )
    after = bringer.whole()
    bringer.step(run, "undo")
    bringer.work()
    assert bringer.whole() == after


BAD = {
    "two contracts with one number": [line(1), line(1, firm="PT Lain")],
    "the same twice": [line(1), line(1)],
    "an SPK in the future": [line(1), line(2, spk="2027-02-01")],
    "a negative value": [line(1), line(2, value="-5")],
    "another currency": [line(1), line(2, value="5000 USD")],
    "without VAT above with": [line(1), line(2, net="9999999999")],
    "an amendment before the SPK": [line(1), line(2, changes="ADD; 2026-03-01; adendum; 5")],
    "a change that nobody can read": [line(1), line(2, changes="entahlah")],
    "shares above the whole": [line(1), line(2, members="CV A; 60 | CV B; 60")],
    "no contractor": [line(1), line(2, firm="")],
}


@pytest.mark.parametrize("name", BAD)
def test_given_a_row_that_cannot_be_when_checked_then_it_is_left_out_with_a_reason(
    bringer: ProjectBringer, name: str
) -> None:
    run = bringer.checked(xlsx(BAD[name], HEADS))
    with bringer.app.app_context():
        counts = bringer.run(run).counts
    assert (counts.get("new"), counts.get("rejected")) == (1, 1), counts
    bringer.applied(run)
    assert len(bringer.rows(Project)) == 1


def test_given_the_number_at_another_agency_and_one_package_when_checked_then_a_person_decides(
    bringer: ProjectBringer,
) -> None:
    with bringer.app.app_context():
        ProjectFactory(contract_number="602/001/SPK/2026", package="Rehabilitasi jalan 1", owner="Dinas Lain")
    run = bringer.checked(xlsx([line(1)], HEADS))
    with bringer.app.app_context():
        assert bringer.run(run).counts.get("doubtful") == 1


def test_given_an_ocds_package_when_brought_then_it_enters_like_any_list(bringer: ProjectBringer) -> None:
    run = bringer.checked(SAMPLE.read_bytes(), "paket.json", source="Portal OCDS")
    bringer.applied(run)
    road, consortium, cancelled = bringer.rows(Project)
    assert (road.ocid, road.value, road.spk_on.isoformat()) == (
        *("ocds-demo00-2026-001", 2_775_000_000, "2026-02-03"),
    )
    assert (consortium.current_value, consortium.fund_source) == (20_535_000_000, FundSource.APBN)
    assert cancelled.standing is Standing.CANCELLED
    assert len([one for one in bringer.rows(ProjectParty) if one.project_id == consortium.id]) == 5
    assert bringer.rows(ProjectChange)[0].number == "DEMO-ADD-1"
    again = bringer.checked(SAMPLE.read_bytes(), "paket.json", source="Portal OCDS")
    with bringer.app.app_context():
        assert bringer.run(again).counts.get("unchanged") == 3


@pytest.mark.parametrize(
    "content",
    [
        b'{"releases": [',
        b'{"type": "FeatureCollection"}',
        b'{"releases":' + b"[" * 100_000,
        b'{"releases": [{"ocid": "a", "ocid": "b"}]}',
    ],
)
def test_given_what_is_no_package_when_brought_then_it_is_refused_with_a_sentence(
    bringer: ProjectBringer, content: bytes
) -> None:
    run = bringer.brought(content, "paket.json")
    with bringer.app.app_context():
        assert bringer.run(run).refused_for
    assert bringer.visitor.get(f"{HOME}/{run}").status_code == 200


def test_given_more_than_30_mib_when_sent_then_it_says_so(bringer: ProjectBringer) -> None:
    release = {"ocid": "x", "id": "1", "tag": ["contract"], "contracts": [], "x": "y" * 1_000_000}
    content = json.dumps({"releases": [release] * 32}).encode()
    answer = bringer.send(content, "paket.json")
    assert answer.status_code in (413, 422)
    assert bringer.rows(Project) == []
    assert re.search("30", answer.text)
