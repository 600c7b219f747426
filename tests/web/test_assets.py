"""The files of the browser: what is served, for how long, and how heavy a first visit is."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from ombudsman_app.core.paths import STATIC
from ombudsman_app.web.access import join_policies
from ombudsman_app.web.assets import ENTRIES, PARTS, Asset, asset_url, digest_of, init_assets, load_assets

PUBLIC_FIRST_VISIT = ("css/public.css", "js/public.js", "fonts/plus-jakarta-sans.woff2", "img/favicon.svg")


@pytest.fixture(scope="module")
def shelf() -> Flask:
    app = Flask("shelf", static_folder=None)
    join_policies(app, [])
    init_assets(app)
    return app


def address_of(app: Flask, name: str) -> str:
    with app.test_request_context():
        return asset_url(name)


def sent(asset: Asset) -> int:
    return len(asset.content if asset.packed is None else asset.packed)


def test_given_a_name_of_this_release_when_asked_then_it_may_be_kept_for_ever(shelf):
    answer = shelf.test_client().get(address_of(shelf, "css/public.css"), headers={"Accept-Encoding": "gzip"})

    assert answer.status_code == 200
    assert answer.content_type == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert b"--turmeric" in gzip.decompress(answer.data)


@pytest.mark.parametrize("encodings", ["", "identity", "br", "gzip;q=0"])
def test_given_a_browser_that_cannot_unpack_when_it_asks_then_it_gets_plain_text(shelf, encodings):
    answer = shelf.test_client().get(
        address_of(shelf, "js/public.js"), headers={"Accept-Encoding": encodings}
    )

    assert "Content-Encoding" not in answer.headers
    assert b"function sendOnce" in answer.data


def test_given_a_page_of_an_older_release_when_it_asks_then_it_is_served_but_not_kept(shelf):
    answer = shelf.test_client().get("/static/000000000000/css/public.css")

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "name",
    [
        "css/none.css", "css", "", "css/tokens.css", "js/loader.js", "VENDOR.md", "fonts/OFL.txt",
        "../app.py", "..%2fapp.py", "css/../../app.py", "%2e%2e/%2e%2e/etc/passwd", "css/public.css%00",
    ],
)  # fmt: skip
def test_given_any_other_name_when_asked_then_there_is_nothing(shelf, name):
    release = shelf.extensions["assets_release"]
    assert shelf.test_client().get(f"/static/{release}/{name}").status_code == 404


def test_given_a_misspelt_name_in_a_template_when_rendered_then_it_fails_loudly(shelf):
    with shelf.test_request_context(), pytest.raises(KeyError, match=r"css/publik\.css"):
        asset_url("css/publik.css")


def test_each_import_is_put_in_place_once_and_nothing_is_left_to_fetch(shelf):
    assets = shelf.extensions["assets"]
    for name in ENTRIES + PARTS:
        text = assets[name].content.decode()
        assert "@import" not in text
        assert "\nimport " not in text
        assert "\nexport " not in text or name in PARTS
        assert "/*" not in text
    assert assets["js/public.js"].content.count(b"function bind(") == 1
    assert b"prefers-color-scheme:dark" in assets["css/public.css"].content.replace(b": ", b":")


def test_given_a_changed_file_when_loaded_then_every_address_changes(tmp_path: Path):
    for path in STATIC.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(STATIC)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    before = digest_of(load_assets(tmp_path))
    assert digest_of(load_assets(tmp_path)) == before

    with (tmp_path / "css" / "components" / "status.css").open("a") as file:
        file.write("@layer components { .status { gap: 1em; } }\n")

    assert digest_of(load_assets(tmp_path)) != before


def test_colours_stand_in_tokens_and_nowhere_else():
    """`style.md` §7. Pictures inside data addresses hold their own."""
    for path in (STATIC / "css").rglob("*.css"):
        if path.name == "tokens.css":
            continue
        text = re.sub(r'url\("data:[^"]*"\)|/\*.*?\*/', "", path.read_text(), flags=re.DOTALL)
        found = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;, )])|\brgba?\(", text)
        assert not found, f"{path.name}: {found}"


def test_the_files_of_a_first_public_visit_leave_room_for_the_page(shelf):
    """Whole visit at most 50 KiB (design.md §10), 30 wanted: the page itself is 3 to 6."""
    assets = shelf.extensions["assets"]
    weights = {name: sent(assets[name]) for name in PUBLIC_FIRST_VISIT}

    assert weights["css/public.css"] <= 9 * 1024, weights
    assert weights["js/public.js"] <= 5 * 1024, weights
    assert sum(weights.values()) <= 27 * 1024, weights


@pytest.mark.parametrize("entry", ["public.js", "staff.js"])
def test_given_the_parts_of_a_script_when_joined_then_no_name_is_declared_twice(entry):
    """A second one of a name would stop the whole script, on every page of the face."""
    declared = re.findall(
        r"^(?:export )?(?:async )?(?:function|const|let|class) (\w+)",
        joined(STATIC / "js" / entry, set()),
        re.MULTILINE,
    )
    assert declared
    assert [name for name in declared if declared.count(name) > 1] == []


def joined(path: Path, seen: set[Path]) -> str:
    """Return the words of a script and of all that it imports, each file once."""
    if path in seen:
        return ""
    seen.add(path)
    text = path.read_text("utf-8")
    parts = re.findall(r'^import .*?from "(.+?)";', text, re.MULTILINE | re.DOTALL)
    return "\n".join([*(joined((path.parent / part).resolve(), seen) for part in parts), text])


def test_given_a_behaviour_of_few_pages_when_loaded_then_it_is_whole_and_no_face_carries_it(shelf):
    assets = shelf.extensions["assets"]
    for name in PARTS:
        text = assets[name].content.decode()
        assert text.startswith("export default function ") or "\nexport default function " in text
        name_of = re.search(r"^export default function (\w+)", text, re.MULTILINE)
        assert name_of is not None
        for entry in ENTRIES:
            assert f"function {name_of[1]}(" not in assets[entry].content.decode()
