"""An officer has the poster of a counter drawn, and hangs it where people wait."""

import io
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
import segno
from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.keeping import sweep_produced
from ombudsman_app.core.produced.models import ProducedFile
from ombudsman_app.directory.posters import Poster, PosterSize
from ombudsman_app.web.pdf import Paper, draw

from ..children import child_server
from ..factories.accounts import UserFactory
from ..factories.directory import CounterFactory, OfficeFactory
from ..visitor import Visitor

COUNTERS = "/staff/directory/counters"
MM = 25.4
SHEETS = {PosterSize.A4: (210, 297), PosterSize.A5: (148, 210)}


@dataclass(frozen=True)
class Hall:
    """A counter in Mamuju, and an officer whose office watches over it."""

    app: Flask
    officer: Visitor
    counter_id: int
    code: str

    @property
    def order_page(self) -> str:
        return f"{COUNTERS}/{self.counter_id}/poster"

    def order(self, size: str = "a4") -> UUID:
        answer = self.officer.submit(self.order_page, {"size": size})
        assert answer.status_code == 302, answer.text
        return UUID(answer.location.rsplit("/", 1)[1])

    def work(self, uuid: UUID) -> JobState:
        with self.app.app_context():
            claimed = claim(uuid)
            assert claimed is not None
            db.session.remove()
        perform(self.app, claimed)
        with self.app.app_context():
            return db.session.scalars(select(Job.state).where(Job.uuid == uuid)).one()


@pytest.fixture
def hall(app: Flask) -> Hall:
    with app.app_context():
        counter = CounterFactory(OfficeFactory("BPJS Ketenagakerjaan Kantor Cabang Poster"))
        officer = UserFactory(Role.PVL_ASSISTANT, password=None)
        return Hall(app, Visitor(app).enter(officer.id), counter.id, counter.code)


@pytest.fixture
def renderer(app: Flask) -> Iterator[None]:
    with child_server(app.extensions["settings"].run_dir, "render"):
        yield


# --- the way to it --------------------------------------------------------------------------------------


def test_given_a_counter_when_its_poster_is_ordered_then_it_can_be_fetched(hall: Hall, renderer: None):
    assert hall.code in hall.officer.get(f"{COUNTERS}?q=poster").text
    uuid = hall.order()
    page = hall.officer.get(f"/staff/directory/posters/{uuid}").text
    assert "Membuat poster loket" in page
    assert "Simpan poster" not in page

    assert hall.work(uuid) is JobState.DONE

    page = hall.officer.get(f"/staff/directory/posters/{uuid}").text
    assert "Simpan poster (PDF)" in page
    file = hall.officer.client.get(f"/staff/directory/posters/{uuid}/file")
    assert file.data.startswith(b"%PDF-")
    assert file.headers["Content-Disposition"].startswith(f'attachment; filename="poster-{hall.code}-a4.pdf"')
    assert file.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Cache-Control"] == "no-store"
    assert file.mimetype == "application/pdf"


def test_given_an_impatient_officer_when_the_button_is_pressed_twice_then_one_poster_is_drawn(hall: Hall):
    assert hall.order() == hall.order()
    assert hall.order("a5") != hall.order("a4")


def test_given_no_size_or_an_unknown_one_when_ordering_then_it_is_asked_for_again(hall: Hall):
    for given in ("", "a0"):
        answer = hall.officer.submit(hall.order_page, {"size": given})
        assert answer.status_code == 422


def test_given_a_counter_of_another_province_when_ordering_then_it_does_not_exist(hall: Hall):
    with hall.app.app_context():
        other = CounterFactory(OfficeFactory(place="53.71"))
        number, code = other.id, other.code
    assert hall.officer.get(f"{COUNTERS}/{number}/poster").status_code == 404
    assert "Loket tidak ditemukan" in hall.officer.get(f"{COUNTERS}?q={code}").text


def test_given_the_renderer_is_away_when_the_job_runs_then_it_waits_for_another_try(hall: Hall):
    uuid = hall.order()
    assert hall.work(uuid) is JobState.WAITING
    with hall.app.app_context():
        assert db.session.scalars(select(Job.reason).where(Job.uuid == uuid)).one() == "child_away"


def test_given_another_officer_or_a_lost_right_when_fetching_then_it_does_not_exist(
    hall: Hall, renderer: None, another_visitor: Visitor
):
    uuid = hall.order()
    assert hall.work(uuid) is JobState.DONE
    with hall.app.app_context():
        colleague = UserFactory(Role.PVL_ASSISTANT, password=None)
    another_visitor.enter(colleague.id)
    for path in (f"/staff/directory/posters/{uuid}", f"/staff/directory/posters/{uuid}/file"):
        assert another_visitor.get(path).status_code == 404


def test_given_a_day_has_passed_when_fetching_then_the_file_is_gone_and_swept(hall: Hall, renderer: None):
    uuid = hall.order()
    assert hall.work(uuid) is JobState.DONE
    with hall.app.app_context(), stopped_at(now() + timedelta(hours=25)):
        names = list(db.session.scalars(select(ProducedFile.uuid)))
        db.session.rollback()
        assert all((store.folder() / name.hex).exists() for name in names)
        while sweep_produced():
            pass
        assert db.session.scalar(select(func.count()).select_from(ProducedFile)) == 0
        assert not any((store.folder() / name.hex).exists() for name in names)
    assert "Berkas sudah tidak ada" in hall.officer.get(f"/staff/directory/posters/{uuid}").text
    assert hall.officer.get(f"/staff/directory/posters/{uuid}/file").status_code == 404


def test_given_a_file_that_was_changed_on_disk_when_fetching_then_it_is_not_handed_over(
    hall: Hall, renderer: None
):
    uuid = hall.order()
    assert hall.work(uuid) is JobState.DONE
    with hall.app.app_context():
        name = db.session.scalars(select(ProducedFile.uuid)).one()
        path = store.folder() / name.hex
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))

    assert hall.officer.get(f"/staff/directory/posters/{uuid}/file").status_code == 404


def test_given_many_counters_when_paging_then_each_is_met_once_for_the_same_price(hall: Hall):
    with hall.app.app_context():
        office = OfficeFactory("Kantor Ramai Loket")
        codes = {CounterFactory(office).code for _ in range(60)}
    seen: list[str] = []
    path, costs = f"{COUNTERS}?q=ramai+loket", set()
    while path:
        page = hall.officer.get(path)
        costs.add(hall.officer.queries)
        seen += [code for code in codes if code in page.text]
        older = [link for link in page.text.split('href="') if 'rel="next"' in link[:200]]
        path = older[0].split('"')[0].replace("&amp;", "&") if older else ""
    assert sorted(seen) == sorted(codes)
    assert max(costs) <= 6


# --- the paper itself -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[PosterSize, Paper]]:
    """A poster of each size, with long names and letters of a neighbour's language."""
    from ombudsman_app.app import create_app
    from ombudsman_app.core.config import Settings

    app = create_app(Settings(data_dir=tmp_path_factory.mktemp("paper"), database_url="sqlite://"))
    with child_server(app.extensions["settings"].run_dir, "render"), app.app_context():
        yield {size: draw("directory/pdf/poster.html", assets={}, poster=poster(size)) for size in PosterSize}


def poster(size: PosterSize) -> Poster:
    return Poster(
        size=size,
        counter_name="Loket 12 – Ągnieszka, Jaminan Hari Tua dan Jaminan Pensiun untuk Pekerja Migran",
        office_name="BPJS Ketenagakerjaan Kantor Cabang Perintis Kabupaten Kepulauan Siau Tagulandang Biaro",
        watched_by="Ombudsman RI Perwakilan Sulawesi Barat",
        reach="0811 1733 737",
        address="https://lapor.ombudsman.example.go.id/lapor/loket/7K2M9X",
        code="7K2M9X",
        is_demo=True,
    )


@pytest.fixture(params=list(PosterSize))
def sheet(request, drawn: dict[PosterSize, Paper], tmp_path: Path) -> tuple[PosterSize, Path]:
    path = tmp_path / "poster.pdf"
    path.write_bytes(drawn[request.param].content)
    return request.param, path


def printed(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_given_a_poster_when_drawn_then_the_renderer_understood_everything(drawn):
    for paper in drawn.values():
        assert paper.warnings == ()
        assert paper.pages == 1


def test_given_a_poster_when_checked_then_it_is_sound_and_brings_its_fonts(sheet):
    size, path = sheet
    printed("qpdf", "--check", str(path))
    width, height = (side / MM * 72 for side in SHEETS[size])
    with pikepdf.open(path) as paper:
        assert [round(float(side)) for side in paper.pages[0].mediabox] == [0, 0, round(width), round(height)]
    fonts = printed("pdffonts", str(path)).splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), fonts
    assert any("Jakarta" in line for line in fonts)


def test_given_a_poster_when_read_aloud_then_it_has_language_headings_steps_and_a_named_code(sheet):
    _size, path = sheet
    with pikepdf.open(path) as paper:
        assert paper.Root.Lang == "id"
        assert paper.Root.MarkInfo.Marked
        tags = [
            str(thing.S) for thing in paper.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        ]
        alternatives = [
            str(thing.Alt)
            for thing in paper.objects
            if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert {"/H1", "/H2", "/H3", "/L", "/LI", "/Figure"} <= set(tags)
    assert "https://lapor.ombudsman.example.go.id/lapor/loket/7K2M9X" in alternatives
    text = " ".join(printed("pdftotext", "-layout", str(path), "-").split())
    for said in (
        "Ada yang tidak beres di loket ini?",
        "Gratis",
        "Identitas dapat dirahasiakan",
        "7K2 M9X",
        "Ągnieszka",
        "Kepulauan Siau Tagulandang Biaro",
    ):
        assert said in text, text


def test_given_a_poster_when_a_phone_looks_then_each_module_of_the_code_is_where_it_belongs(sheet, tmp_path):
    size, path = sheet
    dots = 300
    printed("pdftoppm", "-r", str(dots), "-gray", str(path), str(tmp_path / "page"))
    image = Image.open(next(tmp_path.glob("page*.pgm")))
    unit = (4.2 if size is PosterSize.A4 else 2.96) / MM * dots
    matrix = segno.make(poster(size).address, error="m", micro=False).matrix
    step = 24.36 * unit / (len(matrix) + 8)
    left, top, side = 3.62 * unit + 4 * step, 21.92 * unit + 4 * step, len(matrix) * step
    assert side / dots * MM >= (70 if size is PosterSize.A4 else 50)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            seen = image.getpixel((round(left + (x + 0.5) * step), round(top + (y + 0.5) * step)))
            assert (seen < 128) == bool(dark), (x, y, seen)
    quiet = round(4 * step) - 2
    for box in (
        (left, top - quiet, left + side, top - 3),
        (left, top + side + 3, left + side, top + side + quiet),
        (left - quiet, top, left - 3, top + side),
        (left + side + 3, top, left + side + quiet, top + side),
    ):
        assert image.crop(tuple(map(round, box))).getextrema()[0] > 200


def test_given_a_template_that_names_something_else_when_drawn_then_it_fails(tmp_path):
    from ombudsman_app.core.children import ChildFailed, ask_in, bundle

    with child_server(tmp_path, "render"):
        for page in (
            "<img src='https://example.org/x.png' alt=x>",
            "<img src='file:///etc/passwd' alt=x>",
            "<svg><image href='file:///etc/passwd'/></svg>",
            "<style>@import 'file:///etc/passwd'; p {background: url(http://127.0.0.1/)}</style><p>x",
            "<link rel=stylesheet href='data:text/css,p{}'>",
            "<link rel=attachment href='file:///etc/passwd'>",
        ):
            html = f"<html lang=id><title>x</title><body>{page}"
            with pytest.raises(ChildFailed) as failed:
                ask_in(
                    tmp_path, "render", "pdf", {}, bundle({"page": (html.encode(), "text/html")}), seconds=60
                )
            assert failed.value.code == "refused", page


def test_given_letters_that_no_font_has_when_drawn_then_something_is_seen(tmp_path):
    from ombudsman_app.core.children import ask_in, bundle

    html = "<html lang=id><title>x</title><body><p>A\U00012000\ue000B"
    with child_server(tmp_path, "render"):
        _answer, content = ask_in(
            tmp_path, "render", "pdf", {}, bundle({"page": (html.encode(), "text/html")}), seconds=60
        )
    assert content is not None
    path = tmp_path / "odd.pdf"
    path.write_bytes(content)
    assert "A\ufffd\ufffdB" in printed("pdftotext", str(path), "-")
    with pikepdf.open(io.BytesIO(content)) as paper:
        assert len(paper.pages) == 1


def test_given_a_poster_that_waits_when_it_is_cancelled_without_scripts_then_its_page_comes_back_and_says_so(
    app: Flask, hall: Hall
) -> None:
    uuid = hall.order()
    page, cancel = f"/staff/directory/posters/{uuid}", f"/staff/operations/own/{uuid}/cancel"
    assert cancel in hall.officer.get(page).text

    back = hall.officer.post(cancel, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert (back.status_code, back.location) == (302, page)
    told = hall.officer.get(page).text
    assert "Pekerjaan sedang dihentikan" in told
    assert cancel not in told, "it has ended"
    assert hall.officer.post(cancel).status_code == 409
