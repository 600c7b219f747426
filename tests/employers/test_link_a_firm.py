"""A person says which employer a firm of a contract is; each one offered says why (enter by the door)."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.employers.commands.projects import PartyInput
from ombudsman_app.employers.models import Project, ProjectParty
from ombudsman_app.employers.queries.projects import numbers

from ..factories.employers import EmployerFactory, keeper_of
from ..factories.projects import ProjectFactory
from ..pages import Page
from ..visitor import Visitor

pytestmark = pytest.mark.both_databases
LIST = "/staff/employers/projects"
Inside = Callable[..., Any]


@pytest.fixture
def keeper(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(inside(keeper_of).user_id)


@pytest.fixture
def address(inside: Inside) -> Callable[[str], str]:
    """Give the page on which the only firm of a new contract is linked."""

    def make(name: str) -> str:
        project: Project = ProjectFactory(parties=(PartyInput(name),))
        party = db.session.scalars(select(ProjectParty.id).where(ProjectParty.project_id == project.id)).one()
        return f"{LIST}/{project.id}/firms/{party}"

    return lambda name: inside(make, name)


def offered(keeper: Visitor, address: str) -> dict[str, str]:
    """Return the employers that the page offers, each with its lines below, in their order."""
    cards = re.findall(
        r'<label class="choice".*?<b>(.*?)</b>(.*?)</label>', keeper.get(address).text, re.DOTALL
    )
    return {name: re.sub(r"<[^>]+>", " ", rest) for name, rest in cards}


def test_given_a_misspelt_firm_when_linked_then_what_looks_alike_is_offered_with_its_reasons(
    keeper: Visitor, inside: Inside, address: Callable[[str], str]
) -> None:
    for name in ("PT Tappalang Raya Sentosa", "PT Bangun Sulbar Mandiri", "PT Kalukku Jaya"):
        inside(EmployerFactory, name=name)
    inside(EmployerFactory, office="KPG", name="PT Tapalang Raya Sentosa")

    found = offered(keeper, address("PT Tapalang Raya Sentosa"))
    assert list(found) == ["PT Tappalang Raya Sentosa", "Bukan salah satu dari ini: belum diketahui"]
    said = found["PT Tappalang Raya Sentosa"]
    assert "nama ditulis berbeda: tapalang / tappalang" in said
    assert "Kabupaten Mamuju" in said
    assert "tidak diketahui" not in said, "the contract never says where its firm is"

    longer = offered(keeper, address("PT Bangun Sulbar"))
    assert "memuat semua kata nama ini" in longer["PT Bangun Sulbar Mandiri"]


def test_given_nothing_alike_when_looked_for_by_words_then_the_page_says_so_and_finds_it(
    keeper: Visitor, inside: Inside, address: Callable[[str], str]
) -> None:
    inside(EmployerFactory, name="CV Kalukku Jaya")
    page = address("PT Rantebulahan Perkasa")
    assert "Tidak ada pemberi kerja di daftar yang namanya mirip" in keeper.get(page).text
    found = offered(keeper, f"{page}?q=kalukku")
    assert "ditemukan dari kata pencarian Anda" in found["CV Kalukku Jaya"]
    assert "Tidak ada pemberi kerja di kantor Anda yang cocok" in keeper.get(f"{page}?q=tidakada").text


def test_given_two_of_one_name_when_one_is_linked_then_it_stands_first_and_checked(
    keeper: Visitor, inside: Inside, address: Callable[[str], str]
) -> None:
    inside(EmployerFactory, name="CV Maju Jaya")
    linked = inside(EmployerFactory, name="UD Sama Sekali Lain").id
    page = address("CV Maju Jaya")
    assert keeper.submit(f"{page}?q=lain", {"employer": str(linked)}).status_code == 302
    found = offered(keeper, page)
    assert list(found)[:2] == ["UD Sama Sekali Lain", "CV Maju Jaya"]
    assert "nama sama" in found["CV Maju Jaya"], "also where comparing lists leaves it out"
    assert Page(keeper.get(page).text).values["employer"] == str(linked)


@pytest.mark.parametrize("few", [2_000, 1])
def test_given_a_beginning_of_numbers_when_few_or_many_have_it_then_the_list_is_the_same(
    keeper: Visitor, inside: Inside, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(numbers, "FEW", few)
    for place, number in enumerate(("602/1.a/SPK", "602 1B", "603/1", "KU-602/1")):
        inside(ProjectFactory, package=f"Paket nomor {place}", contract_number=number)

    def shown(number: str) -> list[int]:
        page = keeper.get(f"{LIST}?number={number}").text
        assert f"Semua <b>{sum(f'Paket nomor {place}<' in page for place in range(4))}</b>" in page
        return [place for place in range(4) if f"Paket nomor {place}<" in page]

    assert shown("602/1") == [0, 1]
    assert shown("60") == [0, 1, 2]
    assert shown("KU") == [3]
    assert shown("9") == []


def test_given_a_name_written_together_when_linked_then_the_one_with_blanks_is_offered(
    keeper: Visitor, inside: Inside, address: Callable[[str], str]
) -> None:
    inside(EmployerFactory, name="PT Sumber Rejeki Abadi")
    assert "PT Sumber Rejeki Abadi" in offered(keeper, address("PT Sumberrejeki Abadi"))
