"""Projects are written down, judged, amended and registered; agencies are counted (enter by the door)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.employers.commands.projects import PartyInput
from ombudsman_app.employers.models import Noncompliance, Project, ProjectChange, ProjectOwner, ProjectParty
from ombudsman_app.employers.projects.rules import PartyRole, Standing
from ombudsman_app.employers.states import Breach

from ..conftest import StoppedClock
from ..factories.employers import EmployerFactory, keeper_of, region_id
from ..factories.findings import person
from ..factories.projects import AGENCY, ProjectFactory, amended
from ..pages import Page
from ..visitor import Visitor

LIST, NEW = "/staff/employers/projects", "/staff/employers/projects/new"
CONTRACT = {
    "package": "Rehabilitasi Jalan Ahmad Yani",
    "contract_number": "602/12/SPK/IX/2026",
    "owner": AGENCY,
    "fund_source": "APBD",
    "region": "",
    "place": "Mamuju",
    "spk_on": "2026-09-21",
    "value": "Rp2.775.000.000",
    "value_net": "2.500.000.000",
    "start_on": "2026-09-22",
    "end_on": "2026-12-18",
    "lead": "PT Karya Mamuju",
    "lead_share": "60",
    "members": "CV Bahtera; 25\nCV Cakra Utama; 15",
}
Inside = Callable[..., Any]


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")
    return inside


@pytest.fixture
def keeper(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(inside(keeper_of).user_id)


def stored(inside: Inside, **known: Any) -> Project:
    def find() -> Project:
        return db.session.scalars(select(Project).filter_by(**known)).one()

    found: Project = inside(find)
    return found


def test_given_a_contract_when_written_down_then_its_last_day_is_counted_and_it_is_not_registered(
    keeper: Visitor, inside: Inside
) -> None:
    answer = keeper.submit(NEW, CONTRACT)
    assert answer.status_code == 302, answer.text

    held = stored(inside, contract_number=CONTRACT["contract_number"])
    assert (held.due_on, held.length, held.standing) == (date(2026, 10, 9), 14, Standing.OPEN)
    assert held.rule_version == "employers.yaml 1"
    page = keeper.get(answer.location).text
    assert "Belum didaftarkan, terlambat 42 hari" in page
    assert "Permenaker 44/2015 Pasal 3(3)" in page
    assert "Rp2.500.000.000" in page
    for name in ("PT Karya Mamuju", "CV Bahtera", "CV Cakra Utama", "25%"):
        assert name in page
    days = keeper.get(f"{answer.location}/days").text
    assert "Jumat, 9 Oktober 2026" in days
    told = keeper.get(f"{answer.location}/days/json").json
    assert told["due"] == told["stored_due"] == "2026-10-09"
    assert sum(step["counted"] for step in told["steps"]) == 14
    assert inside(lambda: db.session.scalars(select(TrailEntry.event)).all())[-1] == "employers:project:added"


def test_given_a_registration_when_noted_then_in_time_and_late_are_told_apart(
    keeper: Visitor, inside: Inside
) -> None:
    project = inside(ProjectFactory)
    address = f"{LIST}/{project.id}"
    registered = {"registered_on": "2026-04-06", "project_number": "PRJ-26/01", "registered_value": ""}
    assert keeper.submit(f"{address}/registration", registered).status_code == 302
    assert "Didaftarkan tepat waktu" in keeper.get(address).text

    keeper.submit(f"{address}/registration", {**registered, "registered_on": "2026-04-07"})
    page = keeper.get(address).text
    assert "Terlambat didaftarkan, terlambat 1 hari" in page
    assert "salah satu dari dua nilai belum ada" in page


def test_given_an_amendment_raises_the_value_then_it_is_registered_for_too_little(
    keeper: Visitor, inside: Inside
) -> None:
    project = inside(ProjectFactory)
    address = f"{LIST}/{project.id}"
    keeper.submit(
        f"{address}/registration", {"registered_on": "2026-03-20", "registered_value": "2.500.000.000"}
    )
    assert "Didaftarkan di bawah nilai" not in keeper.get(address).text

    change = {
        "kind": "amended",
        "changed_on": "2026-06-01",
        "number": "ADD-1",
        "value_net": "3.000.000.000",
        "source": "Adendum 1",
    }
    assert keeper.submit(f"{address}/amend", change).status_code == 302
    page = keeper.get(address).text
    assert "Didaftarkan di bawah nilai" in page
    assert "Rp500.000.000" in page
    assert "Rp2.500.000.000 tanpa PPN" in page, "what was there before stays to be read"
    assert "6 April 2026" in page, "the time still runs from the first SPK"
    assert keeper.submit(f"{address}/amend", change).status_code == 422, "the same number again"
    assert "sudah punya perubahan dengan nomor ini" in keeper.submit(f"{address}/amend", change).text


@pytest.mark.parametrize(
    ("day", "standing", "words"),
    [
        ("2026-04-06", Standing.CANCELLED, "Dibatalkan sebelum tenggat"),
        ("2026-04-07", Standing.OPEN, "seharusnya sudah didaftarkan"),
    ],
)
def test_given_a_contract_is_cancelled_when_judged_then_the_last_day_decides(
    keeper: Visitor, inside: Inside, day: str, standing: Standing, words: str
) -> None:
    project = inside(ProjectFactory)
    change = {"kind": "cancelled", "changed_on": day, "number": "SP-1", "source": "Surat pembatalan"}
    assert keeper.submit(f"{LIST}/{project.id}/amend", change).status_code == 302
    assert stored(inside, id=project.id).standing is standing
    assert words in keeper.get(f"{LIST}/{project.id}").text


BAD = [
    ("value", "-5", "kurang dari nol"),
    ("value_net", "9.999.999.999", "lebih besar daripada nilai dengan PPN"),
    ("value", "dua miliar", "Tulis rupiah bulat"),
    ("value", "9" * 16, "Tulis rupiah bulat"),
    ("value", "9.999.999.999.999.999", "Jumlah ini terlalu besar"),
    ("spk_on", "2027-01-01", "belum terjadi"),
    ("spk_on", "31-31-2026", "Tulis tanggal"),
    ("end_on", "2026-01-01", "sebelum tanggal mulai"),
    ("lead", "", "Tulis siapa yang mengerjakan"),
    ("members", "CV Bahtera; 90", "lebih dari 100 persen"),
    ("members", "CV Bahtera; banyak", "Tulis bagian dalam persen"),
    ("members", "\n".join(f"CV {n}" for n in range(20)), "paling banyak dua puluh"),
    ("package", "Jalan\0", "tidak dapat disimpan"),
    ("region", "999999999", ""),
    ("fund_source", "KAS", ""),
]


@pytest.mark.parametrize(("field", "typed", "words"), BAD)
def test_given_what_cannot_be_when_sent_then_it_says_so_and_keeps_the_words(
    keeper: Visitor, inside: Inside, field: str, typed: str, words: str
) -> None:
    answer = keeper.submit(NEW, {**CONTRACT, field: typed})
    assert answer.status_code == 422
    assert words in answer.text
    assert CONTRACT["contract_number"] in answer.text
    assert inside(lambda: db.session.scalars(select(Project.id)).all()) == []
    assert inside(lambda: db.session.scalars(select(ProjectOwner.id)).all()) == []


def test_given_the_same_number_at_one_agency_then_it_is_refused_and_at_another_it_is_another_contract(
    keeper: Visitor, inside: Inside
) -> None:
    keeper.submit(NEW, CONTRACT)
    again = keeper.submit(NEW, {**CONTRACT, "contract_number": "602 / 12 / spk / ix / 2026"})
    assert again.status_code == 422
    assert "sudah punya kontrak dengan nomor ini" in again.text
    assert keeper.submit(NEW, {**CONTRACT, "owner": "Dinas Pendidikan"}).status_code == 302
    assert len(inside(lambda: db.session.scalars(select(Project.id)).all())) == 2


def test_given_values_that_lie_apart_by_no_vat_then_it_warns_and_stores(keeper: Visitor) -> None:
    answer = keeper.submit(NEW, {**CONTRACT, "value": "4.000.000.000"})
    assert answer.status_code == 302
    assert "tidak sesuai dengan tarif PPN" in keeper.get(answer.location).text


def test_given_an_amendment_before_the_spk_then_it_is_refused(keeper: Visitor, inside: Inside) -> None:
    project = inside(ProjectFactory)
    change = {
        "kind": "amended",
        "changed_on": "2026-03-08",
        "number": "A",
        "value_net": "1",
        "source": "Adendum",
    }
    answer = keeper.submit(f"{LIST}/{project.id}/amend", change)
    assert answer.status_code == 422
    assert "sebelum SPK-nya terbit" in answer.text
    nothing = keeper.submit(
        f"{LIST}/{project.id}/amend", {**change, "changed_on": "2026-06-08", "value_net": ""}
    )
    assert "Sebutkan apa yang berubah" in nothing.text
    assert inside(lambda: db.session.scalars(select(ProjectChange.id)).all()) == []


def test_given_a_change_of_the_contract_when_somebody_writes_over_it_then_the_database_refuses(
    inside: Inside,
) -> None:
    project = inside(lambda: amended(ProjectFactory()))

    def write_over() -> None:
        change = db.session.scalars(select(ProjectChange).where(ProjectChange.project_id == project.id)).one()
        change.value_net = 1
        db.session.flush()

    with pytest.raises(Exception, match="stays as it was written"):
        inside(write_over)


def test_given_another_spk_when_corrected_then_the_last_day_is_counted_anew(
    keeper: Visitor, inside: Inside
) -> None:
    project = inside(ProjectFactory)
    address = f"{LIST}/{project.id}/edit"
    typed = Page(keeper.get(address).text).values
    assert typed["value_net"] == "2.500.000.000"
    assert keeper.submit(address, {**typed, "spk_on": ""}).status_code == 302
    assert stored(inside, id=project.id).standing is Standing.UNKNOWN
    assert "Tanggal SPK belum diketahui" in keeper.get(f"{LIST}/{project.id}").text
    typed = Page(keeper.get(address).text).values
    keeper.submit(address, {**typed, "spk_on": "2026-11-16"})
    held = stored(inside, id=project.id)
    assert held.due_on == date(2026, 12, 4)
    assert "Masih ada waktu, sisa 14 hari" in keeper.get(f"{LIST}/{project.id}").text


def test_given_two_people_when_both_change_it_then_the_second_is_told(
    keeper: Visitor, inside: Inside
) -> None:
    project = inside(ProjectFactory)
    address = f"{LIST}/{project.id}/registration"
    old = Page(keeper.get(address).text).values
    keeper.submit(address, {"registered_on": "2026-04-01"})
    assert keeper.post(address, {**old, "registered_on": "2026-05-01"}).status_code == 409
    assert stored(inside, id=project.id).registered_on == date(2026, 4, 1)


def test_given_a_firm_when_a_person_says_who_it_is_then_each_leads_to_the_other(
    keeper: Visitor, inside: Inside
) -> None:
    project = inside(
        ProjectFactory, parties=(PartyInput("PT Bangun Sulbar"), PartyInput("CV X", PartyRole.MEMBER))
    )
    employer = inside(EmployerFactory, name="PT Bangun Sulbar")
    other = inside(EmployerFactory, office="KPG", name="PT Bangun Sulbar")
    assert inside(lambda: set(db.session.scalars(select(ProjectParty.employer_id)).all())) == {None}
    page = keeper.get(f"{LIST}/{project.id}").text
    link = re.search(rf"{LIST}/{project.id}/firms/[0-9]+", page)
    assert link
    offered = keeper.get(link[0]).text
    assert f'value="{employer.id}"' in offered
    assert f'value="{other.id}"' not in offered, "an employer of another office"
    assert keeper.submit(link[0], {"employer": str(other.id)}).status_code == 422
    assert keeper.submit(link[0], {"employer": str(employer.id)}).status_code == 302
    assert f"/staff/employers/{employer.id}" in keeper.get(f"{LIST}/{project.id}").text
    assert f"{LIST}/{project.id}" in keeper.get(f"/staff/employers/{employer.id}").text


def test_given_projects_of_all_kinds_when_asked_by_verdict_then_each_stands_in_its_list(
    keeper: Visitor, inside: Inside
) -> None:
    def make() -> None:
        ProjectFactory(package="Paket lewat")
        ProjectFactory(package="Paket waktu", spk_on=date(2026, 11, 18))
        ProjectFactory(package="Paket tanpa SPK", spk_on=None)

    inside(make)
    for verdict, package in (
        ("unregistered", "Paket lewat"),
        ("running", "Paket waktu"),
        ("unknown", "Paket tanpa SPK"),
    ):
        page = keeper.get(f"{LIST}?verdict={verdict}").text
        shown = [name for name in ("Paket lewat", "Paket waktu", "Paket tanpa SPK") if name in page]
        assert shown == [package]
    whole = keeper.get(LIST).text
    assert "Belum didaftarkan <b>1</b>" in whole
    assert "Semua <b>3</b>" in whole
    assert "Paket lewat" in keeper.get(f"{LIST}?year=2026&fund=APBD&number=602/").text
    assert "Paket lewat" not in keeper.get(f"{LIST}?year=2025").text
    assert "Paket lewat" not in keeper.get(f"{LIST}?fund=APBN").text
    for nonsense in ("verdict=x&fund=x&year=x&agency=x&place=x&number=%00", "after=1&before=2", "year=99999"):
        assert keeper.get(f"{LIST}?{nonsense}").status_code == 200


def test_given_more_than_a_page_when_walked_then_both_ways_tell_the_same(
    keeper: Visitor, inside: Inside
) -> None:
    def make() -> None:
        actor = keeper_of()
        for number in range(30):
            ProjectFactory(
                actor, package=f"Paket ke-{number:02}", spk_on=date(2026, 1 + number % 3, 5 + number % 2)
            )

    inside(make)

    def walk(address: str, word: str) -> list[list[str]]:
        pages = []
        while address:
            page = keeper.get(address).text
            pages.append(re.findall(r">(Paket ke-[0-9]{2})<", page))
            link = re.search(rf'href="([^"]+)" rel="{word}"', page)
            address = link[1].replace("&amp;", "&") if link else ""
        return pages

    on, back = walk(LIST, "next"), walk(f"{LIST}?before=2000-01-01.1", "prev")
    order = inside(
        lambda: db.session.scalars(
            select(Project.package).order_by(Project.listed_on.desc(), Project.id.desc())
        ).all()
    )
    assert [one for page in on for one in page] == list(order)
    assert [one for page in reversed(back) for one in page] == list(order)
    assert [len(page) for page in on] == [25, 5]


def test_given_agencies_when_listed_then_those_with_most_unregistered_stand_first(
    keeper: Visitor, inside: Inside
) -> None:
    def make() -> None:
        ProjectFactory(owner="Dinas Pendidikan", spk_on=date(2026, 11, 18))
        for _ in range(3):
            ProjectFactory(owner="Dinas PUPR")

    inside(make)
    page = keeper.get(f"{LIST}/agencies").text
    table = page[page.index('id="agencies"') :]
    assert table.index("Dinas PUPR") < table.index("Dinas Pendidikan")
    assert 'verdict=unregistered">3</a>' in table
    owner = inside(
        lambda: db.session.scalars(select(ProjectOwner).where(ProjectOwner.name == "Dinas PUPR")).one()
    )
    assert (owner.open, owner.projects, owner.open_order) == (3, 3, -3)
    form = keeper.get(f"{LIST}/agencies/{owner.id}").text
    choice = re.search(r'<option value="([0-9]+)">Pemerintah Kabupaten Mamuju</option>', form)
    assert choice
    assert keeper.submit(f"{LIST}/agencies/{owner.id}", {"office": choice[1]}).status_code == 302
    assert "Kabupaten Mamuju" in keeper.get(f"{LIST}/agencies").text


def test_given_another_office_when_opening_a_project_then_it_does_not_exist(
    visitor: Visitor, inside: Inside
) -> None:
    project = inside(ProjectFactory)
    kupang = visitor.enter(inside(person, Role.PREVENTION_ASSISTANT, office="KPG").user_id)
    assert kupang.get(f"{LIST}/{project.id}").status_code == 404
    assert project.package not in kupang.get(LIST).text
    assert AGENCY not in kupang.get(f"{LIST}/agencies").text
    place = inside(region_id, "76.02")
    answer = kupang.submit(NEW, {**CONTRACT, "region": str(place)})
    assert answer.status_code == 422


def test_given_a_project_is_not_registered_when_a_person_confirms_then_it_is_noted_at_its_employers(
    keeper: Visitor, inside: Inside
) -> None:
    def make() -> tuple[Project, int]:
        employer = EmployerFactory()
        return ProjectFactory(parties=(PartyInput(employer.name, employer_id=employer.id),)), employer.id

    project, employer_id = inside(make)
    address = f"{LIST}/{project.id}"
    assert "Catat pada pemberi kerja" in keeper.get(address).text
    assert keeper.post(f"{address}/mark", {"version": "1"}).status_code == 302
    page = keeper.get(address).text
    assert "Dicatat: proyek belum didaftarkan" in page
    assert "Catat pada pemberi kerja" not in page
    row = inside(lambda: db.session.scalars(select(Noncompliance)).one())
    assert (row.employer_id, row.breach, row.is_proven) == (employer_id, Breach.PROJECT_UNREGISTERED, False)
    keeper.submit(f"{address}/registration", {"registered_on": "2026-11-19"})
    version = str(stored(inside, id=project.id).version)
    assert keeper.post(f"{address}/mark", {"version": version}).status_code == 409


def test_given_an_agency_of_the_directory_when_a_finding_is_proposed_then_a_draft_waits_for_its_sender(
    keeper: Visitor, inside: Inside
) -> None:
    project = inside(ProjectFactory)
    address = f"{LIST}/{project.id}/new-finding"
    form = Page(keeper.get(address).text).values
    assert "Proyek belum didaftarkan pada BPJS Ketenagakerjaan" in form["summary"]
    assert "tenggat pendaftaran 14 hari kerja berakhir pada 6 April 2026" in form["description"]
    assert "Permenaker 44/2015" in form["rule"]
    refused = keeper.submit(address, form)
    assert refused.status_code == 422
    assert "kantor mana dalam direktori" in refused.text

    agency = f"{LIST}/agencies/{project.owner_id}"
    choice = re.search(r'value="([0-9]+)">Pemerintah Kabupaten Mamuju<', keeper.get(agency).text)
    assert choice
    keeper.submit(agency, {"office": choice[1]})
    answer = keeper.submit(address, form)
    assert answer.status_code == 302
    draft = keeper.get(answer.location).text
    assert "Pemerintah Kabupaten Mamuju" in draft
    assert "Saran perbaikan" in draft
    origin = keeper.get(f"{answer.location}/origin")
    assert origin.location.endswith(f"{LIST}/{project.id}")
    page = keeper.get(f"{LIST}/{project.id}").text
    assert answer.location in page
    assert "Usulkan temuan" not in page


def test_given_the_value_is_known_when_shown_then_the_contributions_are_an_estimate(
    keeper: Visitor, inside: Inside
) -> None:
    """2.5 billion: 3,550,000 (employers.yaml E3); 2 billion: 3,550,000 less 500 million at 0.12 percent."""
    project = inside(ProjectFactory)
    address = f"{LIST}/{project.id}"
    page = keeper.get(address).text
    assert "sekitar Rp3.550.000" in page
    assert "Perkiraan, bukan tagihan" in page
    keeper.submit(
        f"{address}/registration", {"registered_on": "2026-03-20", "registered_value": "2.000.000.000"}
    )
    assert "sekitar Rp600.000 dari Rp3.550.000" in keeper.get(address).text
