"""Words that are half written in an audit outlive another page; what is wrong is said beside its box."""

from playwright.sync_api import APIResponse, Page, Route, expect

from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.audits.commands import open_draft, send_draft
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.policy import Role
from tests.factories.accounts import UserFactory
from tests.factories.audits import AuditFactory, SheetFactory
from tests.factories.findings import person as actor_with

from . import journeys
from .live import Site
from .people import PHONE

OFFICER, LEAD = "demo.petugas@example.test", "demo.penilai@example.test"
HALF = "Semua petugas telah dilatih pada bulan Maret, dan"
WHOLE = f"{HALF} sertifikatnya terlampir."


def entered(person, site: Site, email: str, face: str) -> Page:
    page = person(PHONE)
    journeys.sign_in(page, email, site=site, face=face)
    return page


def test_given_half_an_answer_when_looking_elsewhere_then_it_waits_and_once_sent_it_is_gone(
    person, site: Site
) -> None:
    with site.app.app_context():
        officer = actor_for(UserFactory(Role.OFFICE_OFFICER, email=OFFICER).id)
        assert officer
        audit = AuditFactory(AuditState.REVIEWED, answers={"I01": {"value": "1"}})
        send_draft(audit, version=audit.version, actor=actor_with(Role.HEAD_OF_REPRESENTATIVE))
        open_draft(audit, actor=officer)
        here = f"/portal/penilaian/{audit.id}/butir/I01"
    page = entered(person, site, OFFICER, "portal")
    page.goto(here)
    box = page.locator("#say textarea")
    box.fill(HALF)

    page.goto("/portal/penilaian")
    page.goto(here)
    expect(box).to_have_value(HALF)

    box.fill(WHOLE)
    page.locator("label[for=stance-1]").tap()
    page.locator("#say button[type=submit]").tap()
    expect(page.locator("#I01 .typed", has_text=WHOLE)).to_be_visible()
    page.goto(here)
    expect(page.locator("#say[data-behaviour=keep-words]")).to_be_visible()
    expect(box).to_have_value("")


def test_given_more_than_there_are_when_typed_then_the_box_says_so_at_once_and_stops_when_mended(
    person, site: Site
) -> None:
    with site.app.app_context():
        lead = actor_for(UserFactory(Role.AUDITOR, email=LEAD).id)
        assert lead
        sheet = SheetFactory(AuditFactory(lead=lead), lead, is_full=False)
        here = f"/staff/audits/field/{sheet.id}/indicators/P11"
    page = entered(person, site, LEAD, "staff")
    page.goto(here)
    part, whole = page.locator("#numerator"), page.locator("#denominator")

    part.fill("12")
    whole.fill("3")
    said = page.locator("#answer .field.wrong .error")
    expect(said).to_be_visible()
    expect(part).to_have_attribute("aria-invalid", "true")
    assert said.get_attribute("id") in (part.get_attribute("aria-describedby") or "")

    whole.fill("20")
    expect(said).to_have_count(0)
    expect(part).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("[data-part=points]")).not_to_be_empty()


def test_given_an_answer_on_its_way_when_a_note_is_added_and_stored_then_both_are_kept(
    person, site: Site
) -> None:
    with site.app.app_context():
        lead = actor_for(UserFactory(Role.AUDITOR, email=LEAD).id)
        assert lead
        sheet = SheetFactory(AuditFactory(lead=lead), lead, is_full=False)
        here = f"/staff/audits/field/{sheet.id}/indicators/I01"
    page = entered(person, site, LEAD, "staff")
    page.goto(here)
    slow: list[tuple[Route, APIResponse]] = []

    def arrives_and_is_answered_later(route: Route) -> None:
        if "json" not in route.request.headers["accept"] or slow:
            return route.fallback()
        slow.append((route, route.fetch()))
        return None

    page.route("**/answer", arrives_and_is_answered_later)
    page.locator("#choice-3").check()
    expect(page.locator("[data-part=saved]")).not_to_be_empty()
    while not slow:
        page.wait_for_timeout(50)
    page.locator("#answer textarea[name=note]").fill(WHOLE)
    page.locator("#answer button[type=submit]", has_text="Simpan").last.tap()
    route, answer = slow[0]
    route.fulfill(response=answer)

    expect(page.locator(".notice, .flash", has_text="I01 tersimpan").first).to_be_visible()
    expect(page.locator("#answer textarea[name=note]")).to_have_value(WHOLE)
    expect(page.locator("#choice-3")).to_be_checked()
