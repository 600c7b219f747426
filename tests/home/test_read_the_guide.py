"""The user guide at /bantuan: read it, look for words, print it, come to it from a page."""

import gzip
import io
import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po
from flask import Flask
from PIL import Image

from ombudsman_app.app import create_app
from ombudsman_app.core.config import Settings
from ombudsman_app.core.paths import GUIDE, TRANSLATIONS
from ombudsman_app.core.policy import Role
from ombudsman_app.home import guide
from ombudsman_app.home.guide.contents import Chapter
from ombudsman_app.home.guide.pictures import size_of
from ombudsman_app.home.guide.written import heading_id, written

from ..factories.accounts import UserFactory
from ..pages import Page
from ..routes import ROUTES
from ..visitor import Visitor

ROOT = Path(__file__).parents[2]
LISTED = yaml.safe_load((GUIDE / "daftar.yaml").read_text(encoding="utf-8"))
SLUGS = [slug for part in LISTED["parts"] for slug in part["chapters"]]
KIB = 1024
WORDS_OF_OTHERS = {"Paling kompatibel", "English"}  # of the camera of a phone; of no catalogue


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The product without any database: the guide must not need one."""
    folder = tmp_path_factory.mktemp("guide")
    return create_app(Settings(data_dir=folder, database_url="sqlite://", argon2_memory_kib=8))


@pytest.fixture
def reader(shown: Flask) -> Visitor:
    return Visitor(shown)


def test_the_first_page_names_every_chapter_and_a_way_into_each(reader: Visitor) -> None:
    page = reader.get("/bantuan").text
    for slug in [*SLUGS, "english", "semua"]:
        assert f'href="/bantuan/{slug}"' in page


@pytest.mark.parametrize("slug", [*SLUGS, "english"])
def test_each_chapter_is_whole(reader: Visitor, slug: str) -> None:
    """Every picture is there with its size, every link and every anchor leads somewhere."""
    answer = reader.get(f"/bantuan/{slug}")
    assert answer.status_code == 200
    text = answer.text
    source = (GUIDE / f"{slug}.md").read_text(encoding="utf-8")
    assert source.startswith("# ")
    assert len(re.findall(r"<img [^>]*>", text)) == source.count("](img/")
    for tag in re.findall(r"<img [^>]*>", text):
        assert re.search(r'width="[1-9]\d+"', tag), tag
        assert 'loading="lazy"' in tag
        assert re.search(r'alt="[^"]+"', tag), "what it shows, in words"
        picture = re.search(r'src="([^"]+)"', tag)
        assert picture
        assert reader.client.get(picture[1]).content_type == "image/webp"
    article = text.split("<article", 1)[1].split("</article>", 1)[0]
    for address in re.findall(r'href="([^"]+)"', article):
        path, _, anchor = address.partition("#")
        target = reader.client.get(path) if path else answer
        assert target.status_code == 200, address
        assert not anchor or f'id="{anchor}"' in target.text, address


def test_chapters_follow_each_other(reader: Visitor) -> None:
    first, second, third = (reader.get(f"/bantuan/{slug}").text for slug in SLUGS[:3])
    assert 'rel="prev"' not in first
    assert f'href="/bantuan/{SLUGS[1]}" rel="next"' in first
    assert f'href="/bantuan/{SLUGS[0]}" rel="prev"' in second
    assert f'href="/bantuan/{SLUGS[2]}" rel="next"' in second
    assert f'href="/bantuan/{SLUGS[1]}" rel="prev"' in third
    assert 'rel="next"' not in reader.get(f"/bantuan/{SLUGS[-1]}").text


@pytest.mark.parametrize("slug", ["tidak-ada", "README", "daftar", "..%2f..%2fREADME", "melapor.md"])
def test_given_another_name_then_there_is_no_page(reader: Visitor, slug: str) -> None:
    assert reader.get(f"/bantuan/{slug}").status_code == 404


@pytest.mark.parametrize("asked", ["kode akses", "KODE  akses", "akses kode"])
def test_given_words_then_the_places_that_hold_all_of_them_are_listed(reader: Visitor, asked: str) -> None:
    page = reader.get("/bantuan/cari", query_string={"q": asked}).text
    assert 'href="/bantuan/melapor#setelah-terkirim"' in page
    assert "<mark>kode</mark>" in page
    assert Page(page).values["q"] == " ".join(asked.split())
    first = page.index('class="guide-hits"')
    assert "<mark>" in page[first : page.index("</li>", first)]


def test_given_a_part_of_a_word_then_its_other_forms_are_found_too(reader: Visitor) -> None:
    assert "/bantuan/melapor" in reader.get("/bantuan/cari?q=lapor").text


@pytest.mark.parametrize(
    "asked", ["", " ", "zzzzzz", "<script>alert(1)</script>", "([.*+?", "a" * 5_000, "%", "é" * 90, "x y"]
)
def test_given_anything_to_look_for_then_it_is_answered(reader: Visitor, asked: str) -> None:
    answer = reader.get("/bantuan/cari", query_string={"q": asked})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    if asked == "zzzzzz":
        assert "Tidak ditemukan" in answer.text


def test_the_whole_guide_stands_on_one_page_and_waits_for_no_picture(reader: Visitor) -> None:
    page = reader.get("/bantuan/semua").text
    for slug in SLUGS:
        assert f'id="{slug}"' in page
    assert 'loading="lazy"' not in page
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert anchor in ids, anchor


def test_given_english_then_it_says_in_which_language_the_guide_is(reader: Visitor) -> None:
    reader.get("/bahasa/en")
    for path in ("/bantuan", f"/bantuan/{SLUGS[0]}"):
        page = reader.get(path).text
        assert "The guide is written in Indonesian." in page
        assert 'href="/bantuan/english"' in page
    assert '<article class="guide-text" lang="id">' in reader.get(f"/bantuan/{SLUGS[0]}").text
    english = reader.get("/bantuan/english").text
    assert '<article class="guide-text" lang="en">' in english
    assert "The guide is written" not in english


def test_each_page_leads_to_what_explains_it(reader: Visitor) -> None:
    assert 'href="/bantuan/melacak"' in reader.get("/lacak").text
    assert 'href="/bantuan/melapor"' in reader.get("/lapor").text
    reader.get("/bahasa/en")
    assert 'href="/bantuan/english"' in reader.get("/lacak").text


def test_given_staff_then_help_is_one_click_away(app: Flask) -> None:
    with app.app_context():
        user = UserFactory(Role.PVL_ASSISTANT, password=None).id
    officer = Visitor(app).enter(user)
    assert 'href="/bantuan/meja-kerja#daftar-laporan"' in officer.get("/staff/complaints/").text
    assert 'href="/bantuan/masuk#akun-anda"' in officer.get("/staff/account").text


def test_every_line_of_the_contents_names_pages_and_anchors_that_exist(shown: Flask) -> None:
    endpoints = {route.endpoint for route in ROUTES}
    with shown.test_request_context("/"):
        for begin, target in LISTED["pages"].items():
            assert any(f"{one}.".startswith(f"{begin}.") for one in endpoints), begin
            slug, _, anchor = target.partition("#")
            chapter = guide.chapter_of(slug)
            assert chapter is not None, target
            assert not anchor or anchor in {one.id for one in written(chapter).headings}, target


def test_nothing_lies_in_the_folder_unused() -> None:
    chapters = {path.stem for path in GUIDE.glob("*.md")} - {"README"}
    assert chapters == {*SLUGS, LISTED["english"]}
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert all(f"({slug}.md)" in index for slug in chapters)
    shown = "".join(path.read_text(encoding="utf-8") for path in (*GUIDE.glob("*.md"), ROOT / "README.md"))
    pictures = {path.name for path in (GUIDE / "img").iterdir()}
    assert pictures == set(re.findall(r"img/([a-z-]+\.webp)", shown))


def test_every_button_that_the_guide_names_is_a_word_of_the_product() -> None:
    """“Quoted” is what stands on a page; a button that gets another name takes the guide along."""
    with (TRANSLATIONS / "id/LC_MESSAGES/messages.po").open("rb") as file:
        entries = list(read_po(file, locale="id"))
    ours = " | ".join(" | ".join(_forms(one.string)) for one in entries).casefold()
    english = " | ".join(" | ".join(_forms(one.id)) for one in entries).casefold()
    for path in GUIDE.glob("*.md"):
        text = " ".join(path.read_text(encoding="utf-8").split())
        for quoted in re.findall(r"“([^”]+)”", text):
            word = quoted.casefold().rstrip("… .")
            known = english if path.stem == LISTED["english"] else ours
            assert word in known or quoted in WORDS_OF_OTHERS, f"{path.name}: {quoted}"


def _forms(said: str | tuple[str, ...]) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else said


def test_given_hostile_markdown_then_only_harmless_html_comes_out(shown: Flask) -> None:
    hostile = (
        "<script>alert(1)</script>\n\n[a](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n"
        "[b](//evil.example) [c](data:text/html,x) [d](https://evil.example)\n\n## <b>x</b> “Ya, 2/3”?\n"
    )
    with shown.test_request_context("/"):
        page = written(Chapter("jahat", "Jahat", "id", hostile))
    assert not re.search(r"<(script|img|b)\b|href=\"(javascript|data|https)", page.html)
    assert page.headings[0].id == heading_id("<b>x</b> “Ya, 2/3”?") == "b-x-b-ya-2-3"


@pytest.mark.parametrize("made", [{"quality": 80}, {"lossless": True}, {"quality": 80, "exif": b"Exif\0\0x"}])
def test_the_size_of_a_picture_is_read_from_its_first_bytes(
    made: dict[str, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "img").mkdir()
    monkeypatch.setattr("ombudsman_app.home.guide.pictures.GUIDE", tmp_path)
    Image.new("RGB", (321, 1234), "teal").save(tmp_path / "img" / "a.webp", "WEBP", **made)
    size_of.cache_clear()
    assert size_of("a.webp") == (321, 1234)
    (tmp_path / "img" / "b.webp").write_bytes(b"\x89PNG")
    with pytest.raises(ValueError, match="no WebP"):
        size_of("b.webp")
    size_of.cache_clear()


def test_every_picture_has_the_size_that_it_says() -> None:
    for path in (GUIDE / "img").iterdir():
        with Image.open(io.BytesIO(path.read_bytes())) as picture:
            assert size_of(path.name) == picture.size, path.name


def test_the_first_page_is_light(reader: Visitor) -> None:
    """≤ 50 KiB on the wire without pictures, all files of its face included; a chapter too."""
    assets = reader.app.extensions["assets"]
    parts = (
        "css/public.css",
        "css/guide.css",
        "js/public.js",
        "fonts/plus-jakarta-sans.woff2",
        "img/favicon.svg",
    )
    files = sum(len(assets[name].packed or assets[name].content) for name in parts)
    for path in ("/bantuan", *(f"/bantuan/{slug}" for slug in SLUGS)):
        assert files + len(gzip.compress(reader.client.get(path).data, 6)) <= 50 * KIB, path
