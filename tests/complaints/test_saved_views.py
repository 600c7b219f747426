"""A person's own views of the queue: saved, opened, changed, removed; and nobody else's."""

import re
import threading
from html import unescape
from urllib.parse import quote

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.complaints.commands import ViewInput, save_view
from ombudsman_app.complaints.errors import ViewNameTaken
from ombudsman_app.complaints.models import SavedView
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import UserFactory
from ..pages import Page
from ..visitor import Visitor

QUEUE = "/staff/complaints/"
VIEWS = "/staff/complaints/views"
NEW = f"{VIEWS}/new?state=received&urgent=yes"


def somebody(app: Flask, role: Role = Role.EXAMINER) -> Visitor:
    with app.app_context():
        return Visitor(app).enter(UserFactory(role, password=None).id)


def kept(app: Flask) -> list[tuple[str, str, bool]]:
    """Return name, filters and whether it opens first of all views there are."""
    with app.app_context():
        rows = db.session.execute(
            select(SavedView.label, SavedView.filters, SavedView.opens_first).order_by(SavedView.id)
        )
        return [(row.label, row.filters, row.opens_first) for row in rows]


def chips(text: str) -> dict[str, str]:
    """Return the saved views on a queue page: name and address."""
    own = text.split('id="queue-chips"', 1)[1].split("</ul>", 1)[0]
    return {
        label.strip(): unescape(href)
        for href, label in re.findall(r'href="([^"]+)"[^>]*><svg.*?</svg>([^<]+)<', own)
    }


def test_given_filters_when_saved_under_a_name_then_they_are_one_click_away(app: Flask) -> None:
    me = somebody(app)
    front = me.get(f"{QUEUE}?urgent=yes&state=received")
    assert f'href="{NEW}"'.replace("&", "&amp;") in front.text

    saved = me.submit(NEW, {"label": "  Mendesak   baru "})

    assert saved.location == f"{QUEUE}?state=received&urgent=yes"
    assert kept(app) == [("Mendesak baru", "state=received&urgent=yes", False)]
    page = me.get(saved.location).text
    assert chips(page) == {"Mendesak baru": f"{QUEUE}?state=received&urgent=yes"}
    assert 'aria-current="true"' in page.split('id="queue-chips"', 1)[1].split("</ul>", 1)[0]
    assert "/views/new" not in page, "what is saved already is not offered for saving"
    with app.app_context():
        entry = db.session.scalars(select(TrailEntry).order_by(TrailEntry.seq.desc()).limit(1)).one()
        assert (entry.event, entry.subject_type) == ("complaints:saved_view:saved", "saved_view")


def test_given_a_view_that_opens_first_then_the_bare_address_leads_there_and_all_open_stays_in_reach(
    app: Flask,
) -> None:
    me = somebody(app)
    me.submit(NEW, {"label": "Satu", "opens_first": "y"})
    me.submit(f"{VIEWS}/new?whose=mine", {"label": "Dua", "opens_first": "y"})
    assert [one[::2] for one in kept(app)] == [("Satu", False), ("Dua", True)], "at most one opens first"

    opened = me.get(QUEUE)

    assert opened.location == f"{QUEUE}?whose=mine"
    page = me.get(opened.location).text
    assert f'href="{QUEUE}?all=yes"' in page
    everything = me.get(f"{QUEUE}?all=yes")
    assert everything.status_code == 200
    assert me.get(f"{QUEUE}?q=").status_code == 200, "an emptied form shows all, it does not lead back"
    assert somebody(app).get(QUEUE).status_code == 200, "of others nothing changes"


def test_given_a_view_of_everything_that_opens_first_then_there_is_no_circle(app: Flask) -> None:
    me = somebody(app)
    me.submit(f"{VIEWS}/new?all=yes", {"label": "Semua", "opens_first": "y"})
    opened = me.get(QUEUE)
    assert opened.location == f"{QUEUE}?all=yes"
    assert me.get(opened.location).status_code == 200


@pytest.mark.parametrize("label", ["Mendesak", "mendesak", " MENDESAK "])
def test_given_the_name_twice_then_a_sentence_stands_beside_it_and_replacing_is_offered(
    app: Flask, label: str
) -> None:
    me = somebody(app)
    me.submit(NEW, {"label": "Mendesak"})
    other = f"{VIEWS}/new?whose=nobody"

    again = me.submit(other, {"label": label})

    assert again.status_code == 422
    assert 'id="label-error"' in again.text
    assert Page(again.text).values["label"] == " ".join(label.split())
    assert kept(app) == [("Mendesak", "state=received&urgent=yes", False)]
    replaced = me.submit(other, {"label": label, "replaces": "y"})
    assert replaced.status_code == 302
    assert kept(app) == [(label.strip(), "whose=nobody", False)]


def test_given_the_same_name_by_two_people_then_each_has_their_own(app: Flask) -> None:
    one, other = somebody(app), somebody(app)
    assert one.submit(NEW, {"label": "Mendesak"}).status_code == 302
    assert other.submit(NEW, {"label": "Mendesak"}).status_code == 302
    assert len(kept(app)) == 2


@pytest.mark.parametrize("label", ["", "   ", "ä" * (limits.VIEW_NAME + 1)])
def test_given_no_name_or_too_long_a_one_then_it_is_told_beside_it(app: Flask, label: str) -> None:
    answer = somebody(app).submit(NEW, {"label": label})
    assert answer.status_code == 422
    assert 'id="label-error"' in answer.text
    assert kept(app) == []


def test_given_as_many_views_as_there_is_room_for_then_one_more_is_told_and_replacing_works(
    app: Flask,
) -> None:
    me = somebody(app)
    longest = "ä" * limits.VIEW_NAME
    for number in range(limits.VIEWS_OF_A_PERSON):
        label = f"{number:02d}" + longest[2:]
        assert me.submit(f"{VIEWS}/new?q={number}", {"label": label}).status_code == 302
    more = me.submit(NEW, {"label": "Satu lagi"})
    assert more.status_code == 422
    assert str(limits.VIEWS_OF_A_PERSON) in more.text.split('id="label-error"', 1)[1].split("</p>", 1)[0]
    assert len(kept(app)) == limits.VIEWS_OF_A_PERSON
    assert me.submit(NEW, {"label": "03" + longest[2:], "replaces": "y"}).status_code == 302
    assert len(chips(me.get(QUEUE).text)) == limits.VIEWS_OF_A_PERSON


def test_given_words_too_long_for_a_view_then_it_is_told_and_shorter_ones_come_back_whole(app: Flask) -> None:
    me = somebody(app)
    answer = me.submit(f"{VIEWS}/new?q={quote('🏝' * limits.SEARCH)}", {"label": "Panjang"})
    assert answer.status_code == 422
    assert kept(app) == []
    words = "a&b=c #1 %20 + ü 🏝"
    saved = me.submit(f"{VIEWS}/new?q={quote(words)}&whose=mine", {"label": "Aneh"})
    assert Page(me.get(saved.location).text).values["q"] == words


@pytest.mark.parametrize("query", ["state=bogus", "office=nowhere", "foo=1", "state=received&whose=1;drop"])
def test_given_filters_that_do_not_exist_then_nothing_is_saved(app: Flask, query: str) -> None:
    me = somebody(app)
    assert 'class="notice warning' in me.get(f"{VIEWS}/new?{query}").text
    answer = me.submit(f"{VIEWS}/new?{query}", {"label": "Aneh"})
    assert answer.status_code == 422
    assert kept(app) == []


def test_given_a_kept_filter_that_is_no_more_then_the_queue_names_it(app: Flask) -> None:
    with app.app_context():
        user = UserFactory(Role.EXAMINER, password=None)
        actor = actor_for(user.id)
        assert actor is not None
        save_view(
            ViewInput("Dulu", "service=gone&whose=nobody&office=nowhere", opens_first=True), actor=actor
        )
    me = Visitor(app).enter(user.id)
    page = me.get(QUEUE, follow_redirects=True)
    assert page.status_code == 200
    notice = page.text.split('id="queue-notice"', 1)[1].split("</ul>", 1)[0]
    assert notice.count("<li>") == 2
    assert me.get(VIEWS).status_code == 200


def test_given_a_view_when_renamed_and_opened_first_and_removed_then_so_it_is(app: Flask) -> None:
    me = somebody(app)
    me.submit(NEW, {"label": "Satu"})
    me.submit(f"{VIEWS}/new?whose=mine", {"label": "Dua"})
    first = re.findall(rf'href="({VIEWS}/\d+)"', me.get(VIEWS).text)[0]  # by name: Dua

    assert me.submit(first, {"label": "satu"}).status_code == 422
    assert me.submit(first, {"label": "DUA"}).status_code == 302, "its own name in other letters"
    assert me.submit(first, {"label": "Tiga", "opens_first": "y"}).location == VIEWS
    assert ("Tiga", "whose=mine", True) in kept(app)
    removed = me.post(f"{first}/remove")
    assert removed.location == VIEWS
    assert kept(app) == [("Satu", "state=received&urgent=yes", False)]
    assert me.get(QUEUE).status_code == 200, "nothing opens first any more"
    assert me.get(first).status_code == me.post(f"{first}/remove").status_code == 404


def test_given_a_view_of_somebody_else_then_it_does_not_exist(app: Flask) -> None:
    one, other = somebody(app), somebody(app, Role.HEAD_OF_REPRESENTATIVE)
    one.submit(NEW, {"label": "Milik orang"})
    with app.app_context():
        view_id = db.session.scalar(select(func.max(SavedView.id)))
    absent = view_id + 1_000
    for path in (f"{VIEWS}/{view_id}", f"{VIEWS}/{absent}"):
        assert other.get(path).status_code == 404
        assert other.post(path, {"label": "Diambil"}).status_code == 404
        assert other.post(f"{path}/remove").status_code == 404
    for page in (QUEUE, VIEWS):
        assert "Milik orang" not in other.get(page).text
    assert kept(app) == [("Milik orang", "state=received&urgent=yes", False)]


def test_given_two_windows_at_once_then_one_name_is_one_view_and_one_opens_first(app: Flask) -> None:
    """The second waits for the first and is told; nobody meets an error of the database."""
    with app.app_context():
        user = UserFactory(Role.EXAMINER, password=None)
        actor = actor_for(user.id)
        assert actor is not None
    together, said = threading.Barrier(6), []

    def save(number: int) -> None:
        with app.app_context():
            together.wait()
            try:
                save_view(
                    ViewInput("Sama" if number % 2 else f"Lain {number}", "whose=mine", True), actor=actor
                )
                said.append("saved")
            except ViewNameTaken:
                said.append("taken")

    threads = [threading.Thread(target=save, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == ["saved"] * 4 + ["taken"] * 2
    assert len([view for view in kept(app) if view[2]]) == 1


def test_given_html_as_a_name_then_it_is_text(app: Flask) -> None:
    me = somebody(app)
    bad = "<b onclick=1>\"'{{ 7*7 }}"
    me.submit(NEW, {"label": bad})
    for path in (QUEUE, VIEWS, NEW.replace("new?", "new?whose=mine&")):
        assert "<b onclick" not in me.get(path).text
    assert "{{ 7*7 }}" in me.get(VIEWS).text


@pytest.mark.parametrize("views", [0, limits.VIEWS_OF_A_PERSON])
def test_the_queue_and_the_list_of_views_cost_the_same_however_many_there_are(app: Flask, views: int) -> None:
    me = somebody(app)
    office = "office=bpjs-ketenagakerjaan-kantor-cabang-mamuju"
    for number in range(views):
        me.submit(f"{VIEWS}/new?{office}&q={number}", {"label": str(number)})
    me.get(QUEUE)  # tells what was saved, once
    for path, cost in ((QUEUE, 5), (f"{QUEUE}?{office}", 6), (VIEWS, 5 if views else 4)):
        me.get(path)
        assert me.queries == cost, (path, me.statements)
