"""A poster: ordered at the desk, drawn meanwhile, read by a phone that is pointed at its picture."""

import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.db import db

from . import journeys
from .live import Site
from .people import DESK, PHONE, People
from .test_accessibility import Inspector

COUNTERS = "/staff/directory/counters"
DOTS_PER_INCH = 100  # what a phone makes of a sheet at arm's length, and less
REST = journeys.ANSWERS[journeys.ANSWERS.index(journeys.answer_service) :]


def ordered(desk: Page, size: str) -> tuple[str, bytes]:
    """Find a counter of Mamuju, have its poster drawn, fetch it; return its code and the PDF."""
    desk.locator(f"nav a[href='{COUNTERS}']").click()
    desk.locator("form[role=search] input").fill("mamuju")
    desk.locator("form[role=search] button").click()
    row = desk.locator("tbody tr").last
    code = row.locator("td").nth(1).inner_text()
    row.locator("a").click()
    journeys.choose(desk, "size", size)
    desk.locator("main form button[type=submit]").click()
    desk.wait_for_url("**/posters/*")
    saves = desk.locator("main a[download]")
    expect(saves.or_(desk.locator("main .progress"))).to_be_visible()
    expect(saves).to_be_visible()  # the bar goes to it by itself
    with desk.expect_download() as waited:
        saves.click()
    assert waited.value.suggested_filename == f"poster-{code}-{size}.pdf"
    return code, Path(waited.value.path()).read_bytes()


def picture_of(pdf: bytes, folder: Path) -> Image.Image:
    (folder / "poster.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", "-singlefile", "poster.pdf", "poster"]
    subprocess.run(command, cwd=folder, check=True, timeout=60)
    return Image.open(folder / "poster.png")


@pytest.mark.parametrize("size", ["a5", pytest.param("a4", marks=pytest.mark.full)])
def test_given_an_ordered_poster_when_a_phone_looks_at_it_then_the_complaint_is_about_that_very_counter(
    chromium, site: Site, served: str, tmp_path: Path, size: str
) -> None:
    people = People(chromium, served)
    desk = people.person(DESK)
    journeys.sign_in(desk, journeys.intake_officer(site))
    code, pdf = ordered(desk, size)

    (seen,) = zxingcpp.read_barcodes(picture_of(pdf, tmp_path))
    address = urlsplit(seen.text)
    assert f"{address.scheme}://{address.netloc}" == served
    assert address.path == f"/lapor/loket/{code}"
    assert not address.query

    phone = people.person(PHONE)
    phone.goto(seen.text)
    asked = phone.locator("main .card h2").inner_text()
    eyes = Inspector(phone)
    eyes.look("from the poster")
    assert eyes.found == []
    journeys.go_on(phone)
    for answer in REST:
        answer(phone)
    phone.wait_for_url("**/lapor/periksa")
    journeys.go_on(phone)
    receipt = journeys.receipt_on(phone)

    with site.app.app_context():
        case = db.session.scalars(select(Complaint).where(Complaint.ticket == receipt.ticket)).one()
        db.session.refresh(case, ["counter"])
        assert (case.counter.code, case.counter.name) == (code, asked)
    people.close()
    assert people.problems == []
