"""Instruments through the door: begun, copied, changed by parts, put in use by another, frozen, retired."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.states import VersionState
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry

from ..conftest import StoppedClock
from ..factories.findings import person
from ..visitor import Visitor

LIST = "/staff/audits/instruments"
Inside = Callable[..., Any]


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-27T09:00+08:00")
    return inside


@pytest.fixture
def writer(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(inside(person, Role.AUDITOR).user_id)


@pytest.fixture
def head(another_visitor: Visitor, inside: Inside) -> Visitor:
    return another_visitor.enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)


def shipped(inside: Inside) -> str:
    """The page of the version that every house has."""
    return f"{LIST}/{inside(lambda: db.session.scalars(select(InstrumentVersion.id)).first())}"


def copy_of(visitor: Visitor, page: str) -> str:
    """Begin the next version by its button, return its page."""
    key = re.search(r'name="form_key"[^>]* value="([^"]+)"', visitor.get(page).text)
    assert key
    return str(visitor.post(f"{page}/copy", {"form_key": key[1]}).headers["Location"])


def held(inside: Inside, page: str) -> InstrumentVersion:
    return inside(lambda: db.session.get(InstrumentVersion, int(page.rsplit("/", 1)[1])))  # type: ignore[no-any-return]


def _used(visitor: Visitor, page: str, event: str = "put-in-use") -> Any:
    opened = visitor.get(page).text
    version = re.search(r'name="version"[^>]* value="([0-9]+)"', opened)
    return visitor.post(f"{page}/{event}", {"version": version[1] if version else "1", "sure": "y"})


def test_given_the_shipped_instrument_when_looked_at_then_all_57_questions_stand_there(
    writer: Visitor, inside: Inside
) -> None:
    listed = writer.get(LIST).text
    assert "Versi 1.0" in listed
    assert "Dipakai" in listed
    page = writer.get(shipped(inside)).text
    assert len(re.findall(r'<li id="q[0-9]+-[0-9]+">', page)) == 57
    assert "Tambah indikator" not in page, "what is in use is not edited"


def test_given_a_copy_when_an_indicator_is_renamed_then_its_identity_stays(
    writer: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    assert held(inside, draft).number == "1.1"
    edit = f"{draft}/dimensions/0/indicators/0/edit"
    assert writer.submit(edit, {"id": "I01A", "question_en": "Is it new?"}).status_code == 302

    part = held(inside, draft).content["dimensions"][0]["indicators"][0]
    assert (part["id"], part["item"], part["question_en"]) == ("I01A", "I01", "Is it new?")
    assert part["evidence"] == ["interview_note"] or part["evidence"]
    page = writer.get(f"{draft}/compare").text
    assert "Berganti kode" in page
    assert "Is it new?" in page


def test_given_every_question_saved_unchanged_when_compared_then_nothing_differs(
    writer: Visitor, inside: Inside
) -> None:
    """The form loses nothing of any kind of answer."""
    draft = copy_of(writer, shipped(inside))
    for place, dimension in enumerate(held(inside, draft).content["dimensions"]):
        for number, part in enumerate(dimension["indicators"]):
            edit = f"{draft}/dimensions/{place}/indicators/{number}/edit"
            writer.get(edit)
            assert writer.page is not None
            values = {name: value for name, value in writer.page.values.items() if name != "evidence"}
            answer = writer.post(edit, {**values, "evidence": part["evidence"]})
            assert answer.status_code == 302, answer.text
    assert "Tidak ada yang berbeda" in writer.get(f"{draft}/compare").text


def test_given_weights_with_fractions_when_opened_and_sent_as_they_stand_then_a_comma_is_no_change(
    writer: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    before = held(inside, draft).content
    shown = re.findall(r'name="weight_0"[^>]* value="([^"]+)"', writer.get(f"{draft}/weights").text)
    assert shown == ["21,85"]
    assert writer.submit(f"{draft}/weights").status_code == 302
    assert held(inside, draft).content == before


def test_given_weights_that_miss_when_saved_then_the_page_says_how_much_and_use_is_refused(
    writer: Visitor, head: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    weights = f"{draft}/weights"
    assert "Jumlah 100: sudah pas." in writer.get(weights).text
    assert writer.submit(weights, {"weight_0": "10,5"}).status_code == 302
    page = writer.get(draft).text
    assert re.search(r"bobot berjumlah [0-9,]+, bukan 100: [0-9,]+ masih kurang", page, re.I), page
    assert f'href="{draft}/weights"' in page
    refused = _used(head, draft)
    assert refused.status_code == 422
    assert held(inside, draft).state is VersionState.DRAFT


def test_given_a_draft_when_the_writer_puts_it_in_use_then_403_and_another_head_may(
    app: Flask, head: Visitor, inside: Inside
) -> None:
    draft = copy_of(head, shipped(inside))
    assert _used(head, draft).status_code == 403
    other = Visitor(app, "203.0.113.9").enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)
    assert _used(other, draft).status_code == 302
    assert held(inside, draft).state is VersionState.IN_USE
    assert held(inside, shipped(inside)).state is VersionState.RETIRED, "one is in use at a time"


def test_given_a_head_who_changed_one_word_when_putting_it_in_use_then_403(
    writer: Visitor, head: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    head.submit(f"{draft}/dimensions/0/edit", {"title_en": "Inputs"})
    assert _used(head, draft).status_code == 403


def test_given_it_is_in_use_when_a_form_comes_late_then_409_and_nothing_changes(
    writer: Visitor, head: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    edit = f"{draft}/dimensions/0/indicators/0/edit"
    writer.get(edit)
    assert writer.page is not None
    values = dict(writer.page.values)
    assert _used(head, draft).status_code == 302
    digest = held(inside, draft).digest
    late = writer.post(edit, {**values, "question_en": "Late"})
    assert late.status_code == 409
    assert "tetap seperti adanya" in late.text
    for path in ("edit", "weights", "dimensions/new", "arrange", "dimensions/0/edit"):
        assert writer.post(f"{draft}/{path}", {"version": "1"}).status_code == 409, path
    assert writer.get(edit).status_code == 302
    assert held(inside, draft).digest == digest
    assert _used(head, draft).status_code == 409, "twice"
    assert _used(head, draft, "retire").status_code == 302
    assert held(inside, draft).state is VersionState.RETIRED


def test_given_two_writers_when_the_second_saves_then_both_texts_stand_there_and_one_can_win(
    writer: Visitor, head: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    edit = f"{draft}/dimensions/1/edit"
    writer.get(edit)
    assert writer.page is not None
    values = dict(writer.page.values)
    assert head.submit(edit, {"title_en": "Of the first"}).status_code == 302
    second = writer.post(edit, {**values, "title_en": "Of the second"})
    assert second.status_code == 409
    assert "Of the first" in second.text
    assert "Of the second" in second.text
    assert writer.page is not None
    again = {key: value for key, value in writer.page.values.items() if key}
    assert writer.post(edit, again).status_code == 302
    assert held(inside, draft).content["dimensions"][1]["title_en"] == "Of the second"


def test_given_a_part_that_was_taken_out_when_saved_then_409_says_it_is_gone(
    writer: Visitor, head: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    edit = f"{draft}/dimensions/3/edit"
    writer.get(edit)
    assert writer.page is not None
    values = dict(writer.page.values)
    version = str(held(inside, draft).version)
    head.post(f"{draft}/arrange", {"version": version, "dimension": "3", "act": "remove"})
    gone = writer.post(edit, values)
    assert gone.status_code == 409
    assert "Bagian ini sudah tidak ada" in gone.text
    assert writer.get(edit).status_code == 404


def test_given_questions_that_depend_in_a_circle_then_the_circle_is_shown(
    writer: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    for number, other in ((0, "I02"), (1, "I01")):
        edit = f"{draft}/dimensions/0/indicators/{number}/edit"
        assert writer.submit(edit, {"relevant_indicator": other, "relevant_is": "4"}).status_code == 302
    page = writer.get(draft).text
    assert "I01 → I02 → I01" in page


def test_given_html_in_a_question_and_a_double_id_then_it_is_text_and_told(
    writer: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))
    edit = f"{draft}/dimensions/0/indicators/0/edit"
    writer.submit(edit, {"id": "I02", "question_id": "<script>alert(1)</script>"})
    page = writer.get(draft).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Kode “I02” dipakai dua kali." in page


def test_given_parts_when_moved_doubled_and_taken_out_then_order_and_names_follow(
    writer: Visitor, inside: Inside
) -> None:
    draft = copy_of(writer, shipped(inside))

    def arrange(act: str, dimension: int, indicator: int | None = None) -> None:
        sent = {"version": str(held(inside, draft).version), "dimension": str(dimension), "act": act}
        sent |= {} if indicator is None else {"indicator": str(indicator)}
        assert writer.post(f"{draft}/arrange", sent).status_code == 302

    def names(dimension: int) -> list[str]:
        return [one["id"] for one in held(inside, draft).content["dimensions"][dimension]["indicators"]]

    before = names(0)
    arrange("down", 0, 0)
    assert names(0)[:2] == [before[1], before[0]]
    arrange("duplicate", 0, 0)
    assert names(0)[1] == f"{before[1]}_2"
    arrange("remove", 0, 1)
    assert names(0)[:2] == [before[1], before[0]]
    arrange("up", 1)
    assert held(inside, draft).content["dimensions"][0]["id"] == "process"
    burn = {"version": str(held(inside, draft).version), "dimension": "0", "act": "burn"}
    assert writer.post(f"{draft}/arrange", burn).status_code == 400


def test_given_an_empty_one_when_begun_then_it_lists_what_is_missing_and_a_taken_id_is_told(
    writer: Visitor, inside: Inside
) -> None:
    new = f"{LIST}/new"
    scheme = re.search(r'<option value="([0-9]+)">[^<]*[Mm]aladministrasi', writer.get(new).text)
    assert scheme
    given = {"key": "kecil", "title_id": "Kecil", "title_en": "Small", "number": "1.0", "scheme": scheme[1]}
    made = writer.submit(new, given)
    assert made.status_code == 302
    draft = made.headers["Location"]
    assert "Sedikitnya satu" in writer.get(draft).text
    assert writer.submit(new, given).status_code == 422
    for number in range(20):
        writer.submit(
            f"{draft}/dimensions/new", {"id": f"d{number}", "title_id": "A", "title_en": "B", "weight": "5"}
        )
    assert len(held(inside, draft).content["dimensions"]) == 20
    writer.submit(f"{draft}/dimensions/new", {"id": "d21", "weight": "5"})
    assert len(held(inside, draft).content["dimensions"]) == 20, "no instrument holds more"


def test_given_the_database_by_hand_when_a_used_version_is_changed_then_it_refuses(
    app: Flask, inside: Inside
) -> None:
    changes = (
        "number = '9.9'",
        "digest = 'x'",
        "state = 'draft'",
        "content = '{}'",
        "scheme_id = scheme_id + 1",
    )
    for change in changes:

        @command
        def by_hand(words: str = change) -> None:
            db.session.execute(text(f"UPDATE audit_instrument_version SET {words}"))

        with pytest.raises(DBAPIError, match="stays as it is"):
            inside(by_hand)

    @command
    def deleted() -> None:
        db.session.execute(text("DELETE FROM audit_instrument_version"))

    with pytest.raises(DBAPIError, match="stays as it is"):
        inside(deleted)


def test_given_acts_then_each_stands_on_the_trail(writer: Visitor, head: Visitor, inside: Inside) -> None:
    draft = copy_of(writer, shipped(inside))
    writer.submit(f"{draft}/dimensions/0/edit", {"title_en": "Inputs"})
    _used(head, draft)
    events = inside(
        lambda: db.session.scalars(
            select(TrailEntry.event)
            .where(TrailEntry.event.like("audits:instrument:%"), TrailEntry.actor_id.is_not(None))
            .order_by(TrailEntry.seq)
        ).all()
    )
    assert events == [
        "audits:instrument:made",
        "audits:instrument:changed",
        "audits:instrument:moved",
        "audits:instrument:moved",
    ]


def test_given_the_same_copy_form_twice_then_one_draft_stands_there(writer: Visitor, inside: Inside) -> None:
    page = shipped(inside)
    key = re.search(r'name="form_key"[^>]* value="([^"]+)"', writer.get(page).text)
    assert key
    for _twice in range(2):
        assert writer.post(f"{page}/copy", {"form_key": key[1]}).status_code == 302
    assert len(inside(lambda: db.session.scalars(select(InstrumentVersion.id)).all())) == 2
