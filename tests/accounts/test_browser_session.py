"""What a browser without an account keeps with us: drafts and messages (AU5)."""

from contextlib import suppress
from datetime import timedelta

import pytest
from flask import Flask, flash, get_flashed_messages, request, session
from sqlalchemy import select, text

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.web.access import policy
from ombudsman_app.web.csrf import csrf_token
from tests.databases import owner_of
from tests.factories.accounts import UserFactory
from tests.visitor import Visitor

REFUSE_UPDATES = {
    "sqlite": "create trigger stop before update on stored_session begin select raise(abort, 'full'); end",
    "postgresql": "create rule stop as on update to stored_session do instead select 1/0",
}


@pytest.fixture
def notebook(app: Flask, visitor: Visitor) -> Visitor:
    """A visitor of a house with one more page, which writes and reads the session."""

    @policy("public")
    def page() -> str:
        token = csrf_token() if "form" in request.args else ""
        for name, value in request.args.items():
            if name.startswith("put-"):
                session[name[4:]] = value
        if "inside" in request.args:
            session.setdefault("list", []).append("more")
            session.modified = True
        if "flash" in request.args:
            flash("done")
        told = get_flashed_messages() if "told" in request.args else []
        kept = {} if "blind" in request.args else dict(session)
        return f"{kept}{told}|{token}"

    app.add_url_rule("/notebook", "notebook", page)
    app.add_url_rule("/notebook", "notebook_post", page, methods=["POST"])
    return visitor


def _ask(visitor: Visitor, words: str = "") -> str:
    return visitor.client.get(f"/notebook?{words}").text.split("|")[0]


def _rows(app: Flask) -> list[StoredSession]:
    with app.app_context():
        return list(db.session.scalars(select(StoredSession)))


def test_given_nothing_is_kept_when_visiting_then_there_is_no_row_and_no_cookie(
    app: Flask, notebook: Visitor
) -> None:
    assert _ask(notebook) == "{}[]"
    assert notebook.client.get_cookie("sid") is None
    assert _rows(app) == []


def test_given_a_first_value_when_it_is_put_then_one_row_begins_and_later_visits_find_it(
    app: Flask, notebook: Visitor, another_visitor: Visitor
) -> None:
    _ask(notebook, "put-draft=7")

    assert _ask(notebook) == "{'draft': '7'}[]"
    assert _ask(another_visitor) == "{}[]"
    assert [row.user_id for row in _rows(app)] == [None]


def test_given_a_form_was_open_when_a_row_begins_then_the_form_can_still_be_sent(notebook: Visitor) -> None:
    token = notebook.client.get("/notebook?form=1").text.split("|")[1]
    _ask(notebook, "put-draft=7")
    same_visit = notebook.client.get("/notebook?form=1&put-other=8").text.split("|")[1]

    for each in (token, same_visit):
        answer = notebook.client.post("/notebook", data={"csrf_token": each})
        assert answer.status_code == 200
        assert "'draft': '7'" in answer.text


def test_given_two_tabs_when_both_put_something_then_neither_loses_it(app: Flask, notebook: Visitor) -> None:
    _ask(notebook, "put-a=1")

    with app.test_request_context(
        "/notebook?put-b=2", headers={"Cookie": f"sid={notebook.client.get_cookie('sid').value}"}
    ) as tab:
        assert session["a"] == "1"
        db.release()
        _ask(notebook, "put-c=3")
        session["b"] = "2"
        db.release()
        app.session_interface.save_session(app, tab.session, app.make_response(""))

    assert _ask(notebook) == "{'a': '1', 'c': '3', 'b': '2'}[]"


def test_given_a_list_when_it_grows_inside_then_it_is_kept(notebook: Visitor) -> None:
    _ask(notebook, "inside=1")
    _ask(notebook, "inside=1")
    assert _ask(notebook) == "{'list': ['more', 'more']}[]"


def test_given_a_message_when_it_was_told_then_it_is_gone(notebook: Visitor) -> None:
    _ask(notebook, "flash=1")
    assert "done" in _ask(notebook, "told=1")
    assert _ask(notebook, "told=1") == "{}[]"


def test_given_a_row_when_a_page_does_not_ask_for_it_then_it_costs_nothing(notebook: Visitor) -> None:
    _ask(notebook, "put-draft=7")
    notebook.client.get("/notebook")
    with_look = _statements(notebook, "")
    without = _statements(notebook, "blind=1")
    assert (with_look, without) == (1, 0)


def _statements(visitor: Visitor, words: str) -> int:
    with suppress(AssertionError):  # the notebook is no real page
        visitor.get(f"/notebook?{words}")
    return visitor.queries


@pytest.mark.parametrize(
    ("rest", "is_kept"), [(timedelta(hours=23, minutes=59), True), (timedelta(hours=24), False)]
)
def test_given_a_day_of_rest_when_coming_back_then_it_is_forgotten(
    notebook: Visitor, rest: timedelta, is_kept: bool
) -> None:
    start = now()
    with stopped_at(start):
        _ask(notebook, "put-draft=7")
    with stopped_at(start + rest):
        assert ("draft" in _ask(notebook)) is is_kept


def test_given_a_week_of_daily_visits_when_it_is_over_then_it_is_forgotten_and_swept(
    app: Flask, notebook: Visitor
) -> None:
    start = now()
    with stopped_at(start):
        _ask(notebook, "put-draft=7")
    for hours in range(20, 7 * 24, 20):
        with stopped_at(start + timedelta(hours=hours)):
            assert "draft" in _ask(notebook)
    with stopped_at(start + timedelta(days=7)):
        assert "draft" not in _ask(notebook)
        _ask(notebook, "put-draft=8")
        assert len(_rows(app)) == 1


def test_given_a_draft_when_somebody_signs_in_then_it_is_not_carried_into_the_account(
    app: Flask, notebook: Visitor
) -> None:
    with app.app_context():
        person = UserFactory()
    _ask(notebook, "put-draft=7")

    notebook.sign_in(person)

    assert _ask(notebook) == "{}[]"


def test_given_the_touch_cannot_be_written_when_a_page_is_ready_then_it_is_given(
    app: Flask, notebook: Visitor
) -> None:
    start = now()
    with stopped_at(start):
        _ask(notebook, "put-draft=7")
    with owner_of(app) as aside:
        aside.execute(text(REFUSE_UPDATES[aside.dialect.name]))
    with stopped_at(start + timedelta(minutes=5)):
        assert "draft" in _ask(notebook)
