"""Whatever somebody types into a letter, it stays text: the paper keeps its shape and asks for nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ombudsman_app.app import create_app
from ombudsman_app.cli.bench.letter_samples import KINDS, sample_letter, sample_paper, template_of
from ombudsman_app.core.config import Settings
from ombudsman_app.web.pdf import draw

from ..children import child_server
from .drawing import Sheet, printed

Drawn = Callable[[str, Callable[[Any], Any]], Sheet]
PIECES = (
    "</p></body></html><h1>x</h1>", "<script>alert(1)</script>", "<img src='file:///etc/passwd' alt=x>",
    "<svg><image href='http://127.0.0.1/'/></svg>", "{{ 7*7 }}", "{% include 'x' %}", "%(place)s", "&#x202e;",
    "&lt;b&gt;", "]]>", "<!--", "\u202e", "\u2066", "\x00", "\x07", "\x1b[31m", "\r\n\r\n", "\t", "\u200b",
    "e\u0301\u0327", "\U0001f600", "\ua995", "\u4e2d\u6587", "\u0639\u0631\u0628", "sangat" * 60, "'\"`\\",
)  # fmt: skip
HOSTILE = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(codec="utf-8"), max_size=30)), max_size=6
).map(" ".join)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Drawn]:
    folder = tmp_path_factory.mktemp("hostile")
    app = create_app(Settings(data_dir=folder, database_url="sqlite://"))

    def with_words(kind: str, change: Callable[[Any], Any]) -> Sheet:
        paper = sample_paper(kind, "https://lapor.contoh")
        paper = replace(paper, subject=change(paper.subject), signer_name=change("-"), copies=(change("-"),))
        letter = _changed(sample_letter(kind, is_long=False), change)
        done = draw(template_of(kind), variant="pdf/ua-1", letter=letter, paper=paper)
        assert done.warnings == ()
        path = folder / "paper.pdf"
        path.write_bytes(done.content)
        return Sheet(Path(path))

    with child_server(app.extensions["settings"].run_dir, "render"), app.app_context():
        yield with_words


def _changed(value: Any, change: Callable[[Any], Any]) -> Any:
    """Put other words wherever words stand."""
    if isinstance(value, dict):
        return {key: _changed(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_changed(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def keeps_its_shape(sheet: Sheet) -> None:
    printed("qpdf", "--check", str(sheet.path))
    assert sheet.headings.count(1) == 1
    assert set(sheet.headings) <= {1, 2}
    assert sheet.tags.count("Figure") == 1
    for at, page in enumerate(sheet.pages, 1):
        assert f"Halaman {at} dari {len(sheet.pages)}" in page


@pytest.mark.parametrize("kind", KINDS)
def test_given_hostile_words_in_every_place_when_drawn_then_the_paper_keeps_its_shape(
    drawn: Drawn, kind: str
):
    keeps_its_shape(drawn(kind, lambda _old: " ".join(PIECES)))


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=HOSTILE)
def test_given_any_words_when_drawn_then_the_letter_keeps_its_shape(drawn: Drawn, words: str):
    keeps_its_shape(drawn("closing_notice", lambda _old: words))


@pytest.mark.full
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=HOSTILE)
def test_given_many_words_when_drawn_then_every_kind_keeps_its_shape(drawn: Drawn, kind: str, words: str):
    keeps_its_shape(drawn(kind, lambda _old: words))


def test_given_markup_when_drawn_then_it_is_read_as_it_was_typed(drawn: Drawn):
    sheet = drawn("closing_notice", lambda _old: "<script>alert(1)</script> {{ 7*7 }} &lt;b&gt; %(place)s")
    assert "<script>alert(1)</script>{{7*7}}&lt;b&gt;%(place)s" in sheet.unbroken


@pytest.mark.parametrize("end", ["\u2028", "\u2029"])
def test_given_a_line_end_of_another_kind_when_drawn_then_both_lines_are_read(drawn: Drawn, end: str):
    sheet = drawn("closing_notice", lambda _old: f"sebelum{end}sesudah")
    assert "sebelum sesudah" in sheet.text


def test_given_an_order_to_write_backwards_when_drawn_then_it_is_seen_and_not_obeyed(drawn: Drawn):
    sheet = drawn("closing_notice", lambda _old: "Rp1.000\u202e000.9pR\u0007")
    assert "Rp1.000\ufffd000.9pR\ufffd" in sheet.unbroken
