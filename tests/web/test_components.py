"""What every field, status and table promises, whoever uses it: names, links, and nothing believed."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
import wtforms as w
from flask import Flask, render_template_string
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import validators
from wtforms.fields.choices import SelectChoice as Choice

from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.web import charts
from ombudsman_app.web.formats import init_formats

FORMS = '{% from "components/forms.html" import field, error_summary, send %}'
HOSTILE = '"><script>alert(1)</script>'


class Answers(w.Form):
    place = w.StringField("Place", [validators.InputRequired("Say where"), validators.Length(max=80)])
    story = w.TextAreaField("Story", [validators.Length(max=500)], description="In your words")
    kind = w.RadioField(
        "Kind", [validators.InputRequired("Choose one")], choices=[Choice("a", "Late"), Choice("b", "Money")]
    )
    happened_on = w.DateField("Day")
    agrees = w.BooleanField("I agree")
    service = w.SelectField("Service", choices=[Choice("", "–"), Choice("jht", "JHT")])
    email = w.EmailField("E-mail", render_kw={"autocomplete": "email"})


class Elements(HTMLParser):
    """All start tags with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def by_id(self, name: str) -> dict[str, str | None]:
        return next(given for _, given in self.found if given.get("id") == name)

    @property
    def ids(self) -> set[str | None]:
        return {given["id"] for _, given in self.found if "id" in given}


@pytest.fixture(scope="module")
def shelf() -> Flask:
    app = Flask("shelf", template_folder=str(TEMPLATES))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    init_formats(app)
    return app


def drawn(app: Flask, source: str, **given: Any) -> str:
    with app.test_request_context():
        return render_template_string(source, **given)


def refused() -> Answers:
    form = Answers(MultiDict({"place": "", "story": HOSTILE, "happened_on": "soon", "service": "jht"}))
    assert not form.validate()
    return form


@pytest.mark.parametrize(
    "name", ["place", "story", "kind", "happened_on", "agrees", "service", "email"]
)  # fmt: skip
@pytest.mark.parametrize("form", [Answers(), refused()], ids=["fresh", "refused"])
def test_each_field_has_its_label_and_describes_only_what_is_there(shelf, form, name):
    page = Elements(drawn(shelf, FORMS + "{{ field(f, hint='A hint') }}", f=form[name]))

    inputs = [given for tag, given in page.found if tag in ("input", "textarea", "select")]
    labels = {given.get("for") for tag, given in page.found if tag == "label"}
    assert inputs
    assert all(given["id"] in labels for given in inputs)
    for _, given in page.found:
        for told in (given.get("aria-describedby") or "").split():
            assert told in page.ids
    described = " ".join(given.get("aria-describedby") or "" for _, given in page.found)
    assert f"{name}-hint" in described
    assert (f"{name}-error" in described) == bool(form[name].errors)


def test_given_a_wrong_answer_when_drawn_then_it_is_marked_kept_and_linked_from_the_summary(shelf):
    text = drawn(
        shelf,
        FORMS + "{{ error_summary(form) }}{% for f in form %}{{ field(f) }}{% endfor %}",
        form=refused(),
    )
    page = Elements(text)

    assert page.by_id("place")["aria-invalid"] == "true"
    assert "aria-invalid" not in page.by_id("email")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    links = [given["href"] for tag, given in page.found if tag == "a"]
    assert links == ["#place", "#kind-0", "#happened_on"]
    assert {link[1:] for link in links} <= page.ids
    assert text.index("Say where") < text.index('id="place"')


def test_given_a_limit_when_drawn_then_long_text_is_counted_not_cut(shelf):
    page = Elements(drawn(shelf, FORMS + "{{ field(f) }}", f=Answers().story))

    assert "maxlength" not in page.by_id("story")
    assert page.by_id("story-left")["data-limit"] == "500"
    assert page.by_id("story-left")["data-behaviour"] == "count-characters"


@pytest.mark.parametrize("name", ["place", "kind"])
def test_given_a_page_with_one_question_when_drawn_then_the_question_is_its_heading(shelf, name):
    text = drawn(shelf, FORMS + "{{ field(f, heading=true) }}", f=Answers()[name])
    assert text.count("<h1>") == 1


def test_the_words_of_autocomplete_survive(shelf):
    page = Elements(drawn(shelf, FORMS + "{{ field(f) }}", f=Answers().email))
    assert page.by_id("email")["autocomplete"] == "email"
    assert page.by_id("email")["type"] == "email"


# Pictures

LINE = (
    '{% from "components/charts.html" import line_chart %}'
    '{{ line_chart(line, title, "Week", "Number", says="Grew") }}'
)
BARS = '{% from "components/charts.html" import bar_chart %}{{ bar_chart(bars, title, "Subject", "Number") }}'
HEAT = '{% from "components/charts.html" import heat_map %}{{ heat_map(heat, title, "Stage", words, links) }}'
SPAN = '{% from "components/span_chart.html" import span_chart %}{{ span_chart(span, title, says="Began") }}'
DAY = date(2026, 11, 20)


def assert_is_a_picture_with_words(page: Elements) -> None:
    (picture,) = (given for tag, given in page.found if tag == "svg" and given.get("role") == "img")
    assert picture["aria-labelledby"] in page.ids
    assert picture["aria-describedby"] in page.ids


def cells(text: str) -> list[str]:
    """Return what the cells of the table say, in order."""
    return [cell.strip() for cell in re.findall(r"<t[hd](?: [^>]*)?>([^<]*)<", text)]


@pytest.mark.parametrize("values", [[7], [0, 0], [1, 1_234, 86]], ids=["one", "zero", "many"])
def test_a_line_is_a_picture_with_words_and_its_table_holds_every_value(shelf, values):
    line = charts.line([(f"week {place}", value) for place, value in enumerate(values)])
    text = drawn(shelf, LINE, line=line, title="Received")

    assert_is_a_picture_with_words(Elements(text))
    assert cells(text)[2:] == [
        word for place, value in enumerate(values) for word in (f"week {place}", f"{value:,}")
    ]
    assert text.count('<th scope="row">') == len(values)
    assert "None" not in text


def test_bars_are_a_list_of_words_with_their_share_and_a_table_of_numbers(shelf):
    text = drawn(
        shelf, BARS, bars=charts.bars([("a", 30), (HOSTILE, 10)], most=1, rest="others"), title="About"
    )
    page = Elements(text)

    assert all(given.get("aria-hidden") == "true" for tag, given in page.found if tag == "svg")
    assert cells(text)[3:] == ["others", "40", "100%"]
    text = drawn(shelf, BARS, bars=charts.bars([("a", 30), (HOSTILE, 10)]), title="About")
    assert "75%" in text
    assert "<script" not in text


def test_a_heat_map_is_a_table_whose_cells_say_their_number(shelf):
    heat = charts.heat({("a", "1–3"): 12, ("b", "> 30"): 1}, ["a", "b"], ["1–3", "> 30"])
    text = drawn(
        shelf, HEAT, heat=heat, title="Late", words={"a": "Received", "b": HOSTILE}, links={"a": "#a"}
    )
    page = Elements(text)

    assert {given.get("scope") for tag, given in page.found if tag == "th"} == {"col", "row"}
    assert re.findall(r'<td class="([^"]+)">([^<]+)<', text) == [
        ("level-4", "12"), ("level-0", "·"), ("total", "12"),
        ("level-0", "·"), ("level-1", "1"), ("total", "1"),
    ]  # fmt: skip
    assert "<script" not in text
    assert any(given.get("tabindex") == "0" and given.get("role") == "region" for _, given in page.found)


def test_a_span_is_a_picture_with_words_and_its_table_holds_every_day(shelf):
    span = charts.span(
        [charts.Stretch("Received", "info", DAY - timedelta(days=9)), charts.Stretch(HOSTILE, "danger", DAY)],
        today=DAY,
        markers=[(kind, kind, DAY) for kind in ("message_in", "message_out", "note", "opened")],
        flags=[(look, look, DAY + timedelta(days=5)) for look in ("running", "soon", "late", "ended")],
    )
    text = drawn(shelf, SPAN, span=span, title="On a line")

    assert_is_a_picture_with_words(Elements(text))
    assert len(re.findall(r'<th scope="row">', text)) == 2 + 4 + 4
    assert "<script" not in text
    assert re.search(r'd="[^"]*\bNone\b|="None', text) is None


@pytest.mark.parametrize(
    ("source", "given"),
    [
        (LINE, {"line": None}),
        (BARS, {"bars": []}),
        (HEAT, {"heat": charts.heat({}, [], []), "words": {}, "links": {}}),
        (SPAN, {"span": None}),
    ],
    ids=["line", "bars", "heat", "span"],
)
def test_given_no_data_then_a_sentence_says_so_and_nothing_is_drawn(shelf, source, given):
    text = drawn(shelf, source, title="Anything", **given)
    assert "Nothing to draw yet." in text
    assert "<svg" not in text


def test_two_pictures_on_one_page_share_no_id(shelf):
    line = charts.line([("a", 1), ("b", 2)])
    source = LINE.replace(
        "{{ line_chart(", "{{ line_chart(line, title, 'W', 'N', id='first') }}{{ line_chart("
    )
    page = Elements(drawn(shelf, source, line=line, title="Received"))
    ids = [given["id"] for _, given in page.found if "id" in given]
    assert len(ids) == len(set(ids)) == 4


# Pieces of a case

VERDICT = '{% from "components/verdict.html" import verdict_row %}'


class Checklist(w.Form):
    f6 = w.RadioField("Copy of the identity", choices=[Choice("met", "Met"), Choice("missing", "Missing")])
    f6_reason = w.TextAreaField("Reason", [validators.InputRequired("Say why")])


def test_a_line_of_a_checklist_holds_item_rule_file_verdict_and_reason(shelf):
    form = Checklist(MultiDict({"f6": "missing", "f6_reason": ""}))
    assert not form.validate()
    source = (
        VERDICT + "{% call verdict_row(form.f6, form.f6_reason, number='F6', legal='Pasal 24', "
        "reasoned=['missing']) %}"
        "{{ says }}{% endcall %}"
    )
    text = drawn(shelf, source, form=form, says=HOSTILE)
    page = Elements(text)

    assert "<script" not in text
    before = [
        text.index(part) for part in ("<legend>", "Pasal 24", "&lt;script&gt;", 'value="met"', "<textarea")
    ]
    assert before == sorted(before)
    fieldset = next(given for tag, given in page.found if tag == "fieldset")
    assert fieldset["aria-describedby"] in page.ids
    labels = [given for tag, given in page.found if tag == "label"]
    assert {given["for"] for given in labels} == {"f6-0", "f6-1", "f6_reason"}
    assert [" reasoned" in (given.get("class") or "") for given in labels] == [False, True, False]
    assert "Say why" in text


def test_each_entry_of_a_timeline_keeps_its_lines_and_its_mark_hides_from_readers(shelf):
    source = (
        '{% from "components/timeline.html" import timeline, entry %}{% call timeline("So far") %}'
        '{{ entry("T", "6 Nov", "2026-11-06", kind=kind, body=body, read="Read") }}{% endcall %}'
    )
    for kind in ("message_in", "message_out", "note", "opened"):
        text = drawn(shelf, source, kind=kind, body=f"one\n{HOSTILE}")
        assert f'class="past {kind}"' in text
        assert "one\n&#34;&gt;&lt;script" in text
        assert all(given.get("aria-hidden") == "true" for tag, given in Elements(text).found if tag == "svg")
    assert "mark" not in drawn(shelf, source, kind="step", body="")


def test_a_message_says_who_when_and_whether_it_was_read(shelf):
    source = (
        '{% from "components/conversation.html" import conversation, message %}'
        '{% call conversation("Messages") %}'
        '{{ message("own", by, "6 Nov", "2026-11-06", text=text, read="Read") }}'
        "{% endcall %}"
    )
    text = drawn(shelf, source, by=HOSTILE, text=f"a\n\n{HOSTILE}")
    assert "<script" not in text
    assert 'class="own"' in text
    assert '<time datetime="2026-11-06">' in text
    assert text.index("Read") > text.index("a\n\n")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Demo Sari Wulandari", "DW"), ("Rina", "R"), ("  ", ""), ("émile zola", "ÉZ"), ("👩🏽 Ani", "👩A")],
)
def test_a_person_is_a_name_and_the_circle_only_decorates(shelf, name, letters):
    text = drawn(
        shelf,
        '{% from "components/person.html" import person %}{{ person(name.strip(), "Examiner") }}',
        name=name,
    )
    assert (f">{letters}</text>" in text) == bool(letters)
    assert (name.strip() or "Nobody yet") in text


def test_of_the_stages_one_is_present_and_all_are_named(shelf):
    source = '{% from "components/track.html" import track %}{{ track(stops, "Stages") }}'
    text = drawn(shelf, source, stops=charts.stops([("A", "6 Nov"), (HOSTILE, ""), ("C", "")], present=1))
    assert text.count('aria-current="step"') == 1
    assert "<script" not in text
    assert "Stage 2 of 3" in text


def test_the_head_of_a_case_says_what_to_do_and_who(shelf):
    source = (
        '{% from "components/case_head.html" import case_head, next_action %}'
        '{% call case_head("0412/LM", ticket="MAM-1", marks=[("Received", "info")]) %}'
        '{% call next_action("Check it", who="Examiner", due="2 days left", is_mine=mine) %}'
        '<a href="#x">Go</a>{% endcall %}{% endcall %}'
    )
    page = Elements(drawn(shelf, source, mine=True))
    assert [tag for tag, _ in page.found if tag in ("h1", "h2")] == ["h1", "h2"]
    section = next(given for tag, given in page.found if tag == "section")
    assert section["aria-labelledby"] in page.ids
    assert "mine" in (section["class"] or "")
    assert "Your turn" not in drawn(shelf, source, mine=False)
