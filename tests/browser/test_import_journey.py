"""A dirty list of 3,000 employers goes in, is decided by keyboard, goes out again; nothing of it is left.

Brought twice, the second time nothing would change. The list is made here: wrong numbers, doubles, two
rows of heads, floats, a hidden sheet, a formula.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import text

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.employers import EmployerFactory

from . import journeys
from .live import Site
from .people import DESK, PATIENCE_MS, People
from .test_accessibility import Inspector

ROWS, KNOWN = 3_000, ("PT Ragu Satu", "PT Ragu Dua", "PT Ragu Tiga")
TABLES = ("employer", "employer_observation", "employer_noncompliance")


@pytest.fixture
def people(chromium: Browser, site: Site, served: str) -> Iterator[People]:
    made = People(chromium, site.url)
    yield made
    made.close()
    assert made.problems == []


def dirty_list() -> bytes:
    """Two rows of heads; of each hundred rows one has a float, one no name, one comes twice."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Identitas", "", "", "Tenaga kerja", "", ""])
    sheet.append(["Nama Perusahaan", "NIB", "Kab/Kota", "Jumlah TK", "TK Terdaftar", "Tanggal"])
    sheet.merge_cells("A1:C1")
    for number in range(1, ROWS + 1):
        sheet.append(_row(number))
    for name in KNOWN:
        sheet.append([name.replace("PT", "CV"), "", "76.02", 12, 3, "31/10/2026"])
    sheet["H3"] = "=D3-E3"
    hidden = book.create_sheet("Catatan")
    hidden.sheet_state, hidden["A1"] = "hidden", "jangan dikirim"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _row(number: int) -> list[Any]:
    name, nib = f"PT Usaha Kotor {number}", f"{9_200_000_000_000 + number}"
    match number % 100:
        case 1:
            return [name, 9.2e12, "76.02", 10, 5, "2026-10-31"]
        case 2:
            return ["", nib, "76.02", 10, 5, "2026-10-31"]
        case 3:  # the row before the last of each hundred again
            return [f"PT Usaha Kotor {number + 1}", f"{int(nib) + 1}", "76.02", 20, 5, "31 Oktober 2026"]
    return [name, nib, "Kabupaten Mamuju", 20, 5, "31 Oktober 2026"]


def dump(site: Site) -> list[tuple[Any, ...]]:
    """Every row of the tables of employers."""
    with site.app.app_context():
        found = [
            (table, *row)
            for table in TABLES
            for row in db.session.execute(text(f"SELECT * FROM {table} ORDER BY id"))
        ]
        db.session.rollback()
        return found


@pytest.mark.xdist_group("import_journey")
def test_a_dirty_list_goes_in_is_decided_by_keyboard_and_goes_out_again(
    site: Site, people: People, tmp_path: Path
) -> None:
    with site.app.app_context():
        for name in KNOWN:
            EmployerFactory(name=name)
        email = UserFactory(Role.PREVENTION_ASSISTANT, office="MAM").email
        db.session.remove()
    before = dump(site)
    path = tmp_path / "daftar-kotor.xlsx"
    path.write_bytes(dirty_list())
    page = people.person(DESK, language="id")
    journeys.sign_in(page, email, site=site)
    inspector = Inspector(page)

    _bring(page, path, inspector)
    _check(page, inspector)
    expect(page.locator(".verdicts")).to_contain_text("3", timeout=PATIENCE_MS)
    _decide(page, inspector)
    _fetch_rejected(page, inspector)
    page.get_by_role("button", name="Terapkan daftar").click()
    expect(page.get_by_role("button", name="Tarik daftar kembali")).to_be_visible(timeout=PATIENCE_MS * 4)
    inspector.look("applied")
    assert len(dump(site)) > len(before) + 2 * (ROWS * 9 // 10)
    first = page.url

    _bring(page, path, inspector)
    expect(page.locator("main")).to_contain_text("Berkas yang sama sudah ada di register")
    _check(page, inspector)
    expect(page.get_by_role("heading", name="Tidak ada yang perlu diterapkan")).to_be_visible()
    expect(page.get_by_role("button", name="Terapkan daftar")).to_have_count(0)

    page.goto(first)
    page.get_by_role("button", name="Tarik daftar kembali").click()
    expect(page.get_by_role("heading", name="Daftar sudah ditarik kembali")).to_be_visible(
        timeout=PATIENCE_MS * 4
    )
    assert dump(site) == before


def _bring(page: Page, path: Path, inspector: Inspector) -> None:
    page.goto(page.url.split("/staff")[0] + "/staff/imports/new/employers")
    page.get_by_label("Daftar", exact=True).set_input_files(path)
    page.get_by_label("Siapa yang memberi daftar ini?").fill("BPJS Ketenagakerjaan Mamuju")
    inspector.look("bring")
    page.get_by_role("button", name="Kirim daftar").click()
    expect(page.get_by_role("link", name="Tentukan kolom")).to_be_visible(timeout=PATIENCE_MS * 2)


def _check(page: Page, inspector: Inspector) -> None:
    page.get_by_role("link", name="Tentukan kolom").click()
    expect(page.locator("main")).to_contain_text("lembar tersembunyi: Catatan")
    inspector.look("columns")
    page.get_by_role("button", name="Periksa semua baris").click()
    expect(page.locator(".verdicts")).to_be_visible(timeout=PATIENCE_MS * 4)
    inspector.look("checked")


def _decide(page: Page, inspector: Inspector) -> None:
    page.get_by_role("link", name="Putuskan baris yang meragukan").click()
    inspector.look("doubtful")
    for key, left in (("1", "2 menunggu"), ("2", "1 menunggu"), ("3", "0 menunggu")):
        page.keyboard.press(key)
        expect(page.locator("main .lead")).to_contain_text(left, timeout=PATIENCE_MS)
    page.get_by_role("link", name="Kembali ke daftar untuk menerapkannya").click()


def _fetch_rejected(page: Page, inspector: Inspector) -> None:
    there = page.url
    page.locator("input[name=reason]").fill("Dikembalikan kepada BPJS Ketenagakerjaan untuk diperbaiki")
    page.get_by_role("button", name="Buat berkasnya").click()
    link = page.get_by_role("link", name="Simpan lembar")
    expect(link).to_be_visible(timeout=PATIENCE_MS * 2)
    inspector.look("rejected")
    with page.expect_download() as fetched:
        link.click()
    sheet = load_workbook(io.BytesIO(fetched.value.path().read_bytes())).worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][-1] == "Mengapa tidak diambil"
    assert len(lines) - 1 == ROWS // 100 * 3 + 1  # and the one that was left out
    assert all(line[-1] for line in lines[1:])
    page.goto(there)
