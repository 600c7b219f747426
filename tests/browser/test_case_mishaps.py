"""Two who act at once, an interest that closes the case, a line that breaks, a session that ends."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select, text

from ombudsman_app.complaints.models import ComplaintMessage, ComplaintStep, opened_text
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.complaints import CONSIDERATIONS, CaseFactory, Team, TeamFactory

from . import journeys
from .hands import Fingers
from .live import Site
from .people import DESK, PHONE
from .test_slow_line import slowed

_S = ComplaintState
MINE = "Pelapor tidak ingat tanggalnya; tahunnya cukup."
WORDS = "Apakah Ibu masih menyimpan tanda terima berkas?\nTanggal berapa berkas diserahkan?"
A_LOOK_BEFORE_SENDING = 2_000  # ms; a browser notes what is typed a moment later, and nobody sends within it
BOX, SEND = "textarea[name=message]", "form[action$='/messages'] button[type=submit]"


def made(site: Site, state: ComplaintState, **given) -> tuple[Team, str]:
    """Bring a case into a state; return who works on it, and its address."""
    with site.app.app_context():
        team = TeamFactory()
        return team, f"/staff/complaints/{CaseFactory(state, team, **given).id}"


def messages_of(site: Site) -> list[str]:
    with site.app.app_context():
        rows = db.session.scalars(select(ComplaintMessage).where(ComplaintMessage.notice.is_(None))).all()
        return [opened_text(ComplaintMessage, row.uuid, row.sealed) for row in rows]


@pytest.fixture
def enter(site, person):
    """Open a browser and go through the door: enter(address, screen)."""

    def _enter(email: str, screen=DESK, **more) -> Page:
        page = person(screen, **more)
        journeys.sign_in(page, email, site=site)
        return page

    return _enter


@pytest.mark.parametrize("has_scripts", [True, pytest.param(False, marks=pytest.mark.full)])
def test_given_two_officers_at_one_list_when_both_save_then_the_second_sees_both_texts_and_decides(
    site, enter, has_scripts
):
    team, case = made(site, _S.FORMAL_VERIFICATION)
    with site.app.app_context():
        colleague = UserFactory(Role.PVL_ASSISTANT, name="Demo Rekan").email
    first = enter(team.users[Role.PVL_ASSISTANT].email, java_script_enabled=has_scripts)
    second = enter(colleague, java_script_enabled=has_scripts)
    for page in (first, second):
        page.goto(f"{case}/formal")
    Fingers(first).choose("verdict_F2", "met")
    Fingers(second).choose("verdict_F2", "excepted")
    second.locator("textarea[name=reason_F2]").fill(MINE)

    with first.expect_navigation():
        first.locator("main .actions button.second").click()
    with second.expect_response(lambda answer: answer.request.method == "POST") as answered:
        second.locator("main .actions button.second").click()

    assert answered.value.status == 409
    theirs, mine = second.locator(".both-texts > section").all()
    expect(theirs.locator(".found .status.success")).to_have_count(1)
    expect(mine).to_contain_text(MINE)
    second.locator(".both-texts form button").click()  # the second one says: mine
    second.wait_for_url("**/formal")
    expect(second.locator("input[name=verdict_F2][value=excepted]")).to_be_checked()
    expect(second.locator("textarea[name=reason_F2]")).to_have_value(MINE)
    second.goto(case)
    expect(second.locator("#parties")).to_contain_text("Demo Rekan")  # who works on it has it


def test_given_two_heads_who_decide_when_the_second_is_late_then_one_decision_stands_and_no_text_is_lost(
    site, enter
):
    team, case = made(site, _S.PLENARY_DECISION)
    with site.app.app_context():
        other_head = UserFactory(Role.HEAD_OF_REPRESENTATIVE, name="Demo Pengganti").email
    pages = [enter(team.users[Role.HEAD_OF_REPRESENTATIVE].email), enter(other_head)]
    for number, page in enumerate(pages):
        page.goto(f"{case}/decide")
        page.locator("textarea[name=considerations]").fill(f"{CONSIDERATIONS} ({number})")
        Fingers(page).choose("examiner", str(team.users[Role.EXAMINER].id))

    for page in pages:
        with page.expect_navigation():
            journeys.send_button(page).click()

    theirs, mine = pages[1].locator(".both-texts > section").all()
    expect(theirs).to_contain_text(f"{CONSIDERATIONS} (0)")
    expect(mine).to_contain_text(f"{CONSIDERATIONS} (1)")
    expect(pages[1].locator(".both-texts form")).to_have_count(0)  # a decision is not overwritten
    with site.app.app_context():
        accepted = select(ComplaintStep.reason).where(ComplaintStep.move == "accept")
        assert db.session.scalars(accepted).all() == [f"{CONSIDERATIONS} (0)"]


def test_given_an_examiner_with_an_interest_when_declared_then_the_case_is_gone_and_another_gets_it(
    site, enter
):
    team, case = made(site, _S.ASSIGNED, is_declared=False)
    with site.app.app_context():
        other = UserFactory(Role.EXAMINER, name="Demo Pemeriksa Kedua")
    page = enter(team.users[Role.EXAMINER].email)
    page.goto(f"{case}/declare")
    Fingers(page).choose("interest", "yes")
    page.locator("textarea[name=reason]").fill("Pelapor adalah tetangga saya.")
    journeys.send_button(page).click()

    page.wait_for_url(re.compile(r"/staff/complaints/(\?.*)?$"))
    expect(page.locator(f"main a[href='{case}']")).to_have_count(0)
    for path in (case, f"{case}/identity", f"{case}/declare"):
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 404
    head = enter(team.users[Role.HEAD_OF_REPRESENTATIVE].email)
    head.goto(f"{case}/assign")
    expect(head.locator("input[name=examiner]")).to_have_count(1)  # who has an interest cannot be chosen
    Fingers(head).choose("examiner", str(other.id))
    head.locator("textarea[name=reason]").fill("Pemeriksa pertama berkepentingan.")
    journeys.send_button(head).click()
    head.wait_for_url(f"**{case}")
    expect(head.locator("#history")).to_contain_text(team.users[Role.EXAMINER].name)
    taken = enter(other.email)
    taken.goto(case)
    expect(taken.locator(".next-action a[href$='/declare']")).to_be_visible()


def test_given_a_double_click_on_send_then_the_message_is_there_once(site, enter):
    team, case = made(site, _S.FORMAL_VERIFICATION)
    page = enter(team.users[Role.PVL_ASSISTANT].email)
    page.goto(case)
    page.locator(BOX).fill(WORDS)

    page.locator(SEND).dblclick()
    expect(page.locator("main .notice.success")).to_be_visible()

    assert messages_of(site) == [WORDS]


@pytest.mark.parametrize("has_arrived", [False, True], ids=["before", "after"])
def test_given_a_slow_line_that_breaks_while_a_message_is_sent_when_sent_again_then_it_is_there_once(
    site, people, enter, has_arrived
):
    """Once the request is lost, once only its answer; the box still holds what was typed."""
    people.may_lose_line()
    team, case = made(site, _S.FORMAL_VERIFICATION)
    page = slowed(enter(team.users[Role.PVL_ASSISTANT].email))
    page.goto(case)
    page.locator(BOX).fill(WORDS)
    page.wait_for_timeout(A_LOOK_BEFORE_SENDING)

    def lose(route):
        if has_arrived:
            route.fetch(max_redirects=0)
        route.abort("connectionreset")

    page.route("**/messages", lose)
    page.locator(SEND).first.click()
    page.wait_for_url("chrome-error://**")
    assert messages_of(site) == [WORDS] * has_arrived
    page.unroute("**/messages")
    page.go_back()
    expect(page.locator(BOX)).to_have_value(WORDS)
    page.locator(SEND).first.click()

    expect(page.locator("main .notice.success")).to_be_visible()
    assert messages_of(site) == [WORDS]


def test_given_a_slow_line_when_the_page_says_so_then_the_message_is_stored(site, enter):
    team, case = made(site, _S.FORMAL_VERIFICATION)
    page = slowed(enter(team.users[Role.PVL_ASSISTANT].email, PHONE))
    page.goto(case)
    page.locator(BOX).fill(WORDS)
    page.locator(SEND).dblclick()  # impatience

    expect(page.locator("main .notice.success")).to_be_visible()
    expect(page.locator("#messages .conversation .own")).to_have_count(1)
    assert messages_of(site) == [WORDS]


@pytest.mark.parametrize("side", ["officer", "reporter"])
def test_given_no_connection_when_sending_then_the_page_says_so_and_keeps_the_words(
    site, people, person, enter, side
):
    people.may_lose_line()
    if side == "officer":
        team, case = made(site, _S.FORMAL_VERIFICATION)
        page = enter(team.users[Role.PVL_ASSISTANT].email)
        page.goto(case)
    else:
        page = person(PHONE)
        journeys.follow(page, journeys.file_complaint(page))
    send = page.locator("form:has(textarea[name=message]) button[type=submit]").first
    page.locator(BOX).fill(WORDS)
    page.context.set_offline(True)

    send.click()

    unsent = page.locator("body").get_attribute("data-unsent")
    assert unsent
    expect(page.locator(".offline")).to_have_text(unsent)
    expect(page.locator(BOX)).to_have_value(WORDS)
    page.context.set_offline(False)
    with page.expect_navigation():
        send.click()
    expect(page.locator("main .notice.success")).to_be_visible()
    assert messages_of(site) == [WORDS]


def test_given_the_session_ended_while_a_message_was_typed_when_signing_in_then_it_goes_on(site, enter):
    team, case = made(site, _S.FORMAL_VERIFICATION)
    email = team.users[Role.PVL_ASSISTANT].email
    page = enter(email)
    page.goto(case)
    page.locator(BOX).fill(WORDS)
    with site.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("delete from stored_session"))

    page.locator(SEND).first.click()
    page.locator("input[name=password]").wait_for()
    assert messages_of(site) == []
    site.forget_codes()
    journeys.type_sign_in(page, email)
    page.locator("main button[type=submit]").first.click()
    page.locator("main form button[type=submit]").click()  # "send it again"

    page.wait_for_url(f"**{case}*")
    expect(page.locator("#messages .conversation .own")).to_have_count(1)
    assert messages_of(site) == [WORDS]


def test_given_a_list_half_judged_when_the_session_ends_then_every_verdict_and_reason_comes_along(
    site, enter
):
    team, case = made(site, _S.FORMAL_VERIFICATION)
    email = team.users[Role.PVL_ASSISTANT].email
    page = enter(email)
    page.goto(f"{case}/formal")
    Fingers(page).choose("verdict_F1", "met")
    Fingers(page).choose("verdict_F2", "excepted")
    page.locator("textarea[name=reason_F2]").fill(MINE)
    with site.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("delete from stored_session"))

    page.locator("main .actions button.second").click()
    page.locator("input[name=password]").wait_for()
    site.forget_codes()
    journeys.type_sign_in(page, email)
    page.locator("main button[type=submit]").first.click()
    page.locator("main form button[type=submit]").click()

    page.wait_for_url(f"**{case}/formal")
    expect(page.locator("input[name=verdict_F1][value=met]")).to_be_checked()
    expect(page.locator("textarea[name=reason_F2]")).to_have_value(MINE)
