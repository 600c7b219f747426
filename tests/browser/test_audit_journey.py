"""A scored audit from its plan to everybody's screen: two assess blindly by phone, the branch answers."""

from datetime import timedelta

from playwright.sync_api import expect
from sqlalchemy import select

from ombudsman_app.audits.models import AuditResponse, AuditScheme, ProposedFinding
from ombudsman_app.audits.states import AuditState, ProposalState, RoundState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.directory.models import Office
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import FindingState
from tests.factories.audit_steps import Team, Walk
from tests.factories.audits import AuditFactory, RoundFactory
from tests.factories.complaints import office_id

from . import audit_steps as steps
from .audit_steps import (
    Round,
    chosen,
    counters_with_a_photo,
    file_of_a_claim,
    interview,
    photographed,
    rest_of_sheet,
    timed,
)
from .hands import tab_to
from .people import DESK, PHONE
from .test_findings_journey import House
from .test_findings_journey import house as house  # noqa: PLC0414 - a fixture of this file too

BRANCH = "kc_mamuju"
BRANCHES = (BRANCH, "kc_ntt", "kc_bengkulu", "kcp_ende", "kc_labuan_bajo")
TITLE = "Audit Lima Cabang"
POOR = {"P01": {"value": "2"}}
RAMP, NOTICE = "I09", "P01"  # critical, disputed; low, accepted
AGAIN = "Satu butir perlu dijelaskan sebelum hasil dikirim."
REMARK = "Bukti loket 3 belum jelas. Mengapa angka terendah yang berlaku?"
BECAUSE = "Loket 3 belum punya jalur kursi roda; itu keadaan terburuk bagi pengguna."
DISPUTE = "Jalur kursi roda di loket 3 selesai dipasang sebelum kunjungan; foto terlampir."
RULED = "Foto menunjukkan jalur yang lengkap di loket 3."
SUMMARY = "Persyaratan layanan hanya ditempel di satu loket"


def test_given_five_branches_when_audited_blindly_then_everybody_reads_what_came_of_it(house: House) -> None:
    way = Round(house, BRANCH)
    audited_a_year_ago(way)
    walks = planned(way)
    in_the_field(way)
    settled_and_handed_in(way)
    reviewed(way)
    answered_by_the_branch(way)
    made_final(way)
    published(way, walks)
    read_by_everybody(way)
    assert way.found() == [], "\n".join(way.found())


def audited_a_year_ago(way: Round) -> None:
    """The round before: by another scheme, of which the totals do not compare."""
    with way.house.site.app.app_context(), stopped_at(now() - timedelta(days=365)):
        scheme = db.session.scalars(select(AuditScheme).order_by(AuditScheme.year_from).offset(1)).first()
        earlier = RoundFactory(
            way.people["head"].actor, office="hq", scheme=scheme,
            state=RoundState.CLOSED, title="Audit tahun lalu", slug="tahun-lalu",
        )  # fmt: skip
        for place, office in enumerate(BRANCHES):
            poor = {"I09": {"value": "1"}, **{f"P0{at}": {"value": "1"} for at in range(1, 2 + place)}}
            AuditFactory(
                AuditState.PUBLISHED, round_=earlier, office=office, answers=poor,
                representative_office_id=earlier.representative_office_id,
            )  # fmt: skip


def planned(way: Round) -> list[Walk]:
    """The round with its five offices; four go their way by themselves."""
    with way.house.site.app.app_context():
        offices = [office_id(one) for one in BRANCHES]
    steps.planned(way, TITLE, offices)
    steps.seated(way)
    actors = {name: one.actor for name, one in way.people.items()}
    team = Team(**{name: actors[name] for name in ("head", "lead", "second", "third", "reviewer")})
    with way.house.site.app.app_context():
        walks = [
            Walk(way.audits()[office].id, team, {**POOR, "I07": {"value": str(place)}})
            for place, office in enumerate(BRANCHES[1:])
        ]
        for walk in walks:
            walk.seat()
    steps.begun(way)
    steps.assigned(way)
    with way.house.site.app.app_context():
        stages = (AuditState.DRAFT_SENT, AuditState.SUBMITTED, AuditState.IN_FIELD)
        for walk, stage in zip(walks, stages, strict=False):
            walk.go(stage)
    return walks


def in_the_field(way: Round) -> None:
    """The lead on a phone: photo, counters, a file of a claim, an interview, the clock; then the second."""
    for who in ("lead", "second"):
        steps.declared(way, who, "phone")
    lead = way.seat("lead", "phone")
    page, hands = lead.page, lead.hands
    lead.seen.look("ready to start")
    hands.press("main form[action$='/start'] button")  # forgets to tick: said beside the box
    expect(page.locator(".error-summary")).to_be_visible()
    page.locator("label[for=has_no_interest]").tap()
    hands.press("main form[action$='/start'] button")
    lead.done()
    lead.seen.look("in the field")
    hands.press("main form[action$='/field'] button")
    lead.seen.look("sheet, empty")
    sheet = page.url

    counters_with_a_photo(way, lead, sheet, RAMP)
    assert way.answer("lead", RAMP).value == "1"  # the lowest of three
    file_of_a_claim(lead, sheet, "P11")
    assert way.answer("lead", "P11").denominator == "1"
    interview(lead, sheet, "I01")
    timed(lead, sheet, "P18")
    assert way.answer("lead", "P18").value is not None
    chosen(lead, sheet, NOTICE, "2")
    rest_of_sheet(way, "lead", lead)

    second = way.seat("second", "phone")
    second.page.goto(way.home)
    second.hands.press("main form[action$='/field'] button")
    expect(second.page.locator("main")).not_to_contain_text("Demo Ketua Tim")
    sheet = second.page.url
    chosen(second, sheet, RAMP, "3")
    chosen(second, sheet, NOTICE, "2")
    rest_of_sheet(way, "second", second)


def settled_and_handed_in(way: Round) -> None:
    """The third settles by keyboard, the lead hands in on the phone."""
    third = way.seat("third", language="en")
    third.page.goto(way.home)
    third.hands.press("main a[href$='/compare']")
    third.seen.look("two sheets compared")
    differ = third.page.locator("main a[href*='/settle/']")
    expect(differ.first).to_be_visible()
    third.hands.press("main a[href*='/settle/']")
    third.seen.look("settle")
    for _ in range(20):
        if "/settle/" not in third.page.url:
            break
        third.hands.choose("taken", "first")
        third.hands.write("textarea[name=reason]", "Angka terendah berlaku.")
        third.hands.press("main .actions button[type=submit]")
    closed(way)
    handed_in(way)


def closed(way: Round) -> None:
    third = way.seat("third")
    third.page.goto(f"{way.home}/compare")
    third.hands.press("main form[action$='/settle'] button")
    third.done()
    third.seen.look("settled")


def handed_in(way: Round) -> None:
    lead = way.seat("lead", "phone")
    lead.page.goto(way.home)
    lead.hands.press("main a[href$='/submit']")
    lead.seen.look("hand in")
    lead.hands.press("main .actions button[type=submit]")
    lead.done()
    assert way.audit.state is AuditState.SUBMITTED


def reviewed(way: Round) -> None:
    """Given back once with a remark, answered, then let pass; the head sends the draft."""
    reviewer = way.seat("reviewer", language="en")
    page, keys = reviewer.page, reviewer.hands
    page.goto(way.home)
    keys.press("main a[href$='/review']")
    reviewer.seen.look("review")
    page.goto(f"{way.home}/review/{RAMP}")
    reviewer.seen.look("review of one")
    keys.write("textarea[name=remark]", REMARK)
    keys.press("#remarks button[type=submit]")
    reviewer.done()
    page.goto(f"{way.home}/review")
    tab_to(page, "main a[href='#decide']")  # past all the questions
    page.keyboard.press("Enter")
    keys.write("textarea[name=back_reason]", AGAIN)
    keys.press("form[action$='/give-back'] button")
    reviewer.done()

    third = way.seat("third")
    third.page.goto(way.home)
    expect(third.page.locator("main .notice.warning")).to_contain_text(AGAIN)
    third.seen.look("given back")
    third.hands.press(f"main .notice a[href$='/settle/{RAMP}']")
    expect(third.page.locator("main .notice.warning")).to_contain_text(REMARK)
    third.seen.look("settle again")
    third.hands.choose("taken", "first")
    third.hands.write("textarea[name=reason]", BECAUSE)
    third.hands.press("main .actions button[type=submit]")
    closed(way)
    handed_in(way)

    page.goto(f"{way.home}/review")
    tab_to(page, "main a[href='#decide']")
    page.keyboard.press("Enter")
    keys.press("#decide form:not([action]) button")
    reviewer.done()
    reviewer.seen.look("score")
    head = way.seat("head")
    head.page.goto(way.home)
    head.hands.press("main a.button[href$='/draft']")
    head.seen.look("send the draft")
    head.hands.press("main .actions button[type=submit]")
    head.done()


def answered_by_the_branch(way: Round) -> None:
    """The officer opens the draft on the phone, accepts one score, disputes another with a photo."""
    officer = way.seat("officer", "phone")
    page, hands = officer.page, officer.hands
    officer.seen.look("asked of us")
    hands.press(f".asked a[href$='{way.draft}']")
    expect(page.locator("main")).not_to_contain_text(RAMP)
    officer.seen.look("draft, not opened")
    hands.press("main form[action$='/buka'] button")
    expect(page.locator("main")).not_to_contain_text("Demo Ketua Tim")
    officer.seen.look("draft, opened")

    hands.press(f"a[href$='/butir/{NOTICE}']")
    hands.choose("stance", "accept")
    hands.press("main form[data-after-upload] button[type=submit]")
    officer.done()
    hands.press(f"a[href$='/butir/{RAMP}']")
    officer.seen.look("answer, empty")
    hands.choose("stance", "dispute")
    hands.write("textarea[name=text]", DISPUTE)
    photographed(way, officer, "loket3.jpg", 7, "#berkas-box button[data-part=shoot]", "#berkas")
    expect(page.locator("#named-files input")).to_be_checked()  # was sent on this page
    officer.seen.look("answer, ready to go")
    hands.press("main form[data-after-upload] button[type=submit]")
    officer.done()
    officer.seen.look("answered")
    hands.press("#finish button")
    officer.done()
    officer.seen.look("finished")
    with way.house.site.app.app_context():
        said = db.session.scalars(select(AuditResponse).where(AuditResponse.indicator == RAMP)).one()
        assert (said.text, len(said.file_ids), said.days_late) == (DISPUTE, 1, 0)


def made_final(way: Round) -> None:
    """Another officer rules, a finding is confirmed, the head makes it final."""
    head = way.seat("head")
    head.page.goto(f"{way.home}/final")
    head.seen.look("final, still open")
    expect(head.page.locator("main .actions")).to_have_count(0)
    ruler = way.seat("ruler", language="en")
    ruler.page.goto(f"{way.home}/responses")
    ruler.seen.look("answers of the office")
    ruler.hands.press("main a[href*='/responses/']")
    ruler.seen.look("rule")
    ruler.hands.choose("ruling", "taken_over")
    ruler.hands.choose("choice", "3")
    ruler.hands.write("textarea[name=reason]", RULED)
    ruler.hands.press("main .actions button[type=submit]")
    ruler.done()

    lead = way.seat("lead", language="id")
    lead.page.goto(f"{way.home}/findings")
    lead.seen.look("proposed findings")
    lead.hands.press(f"#{NOTICE} a.button")
    lead.hands.write("input[name=summary]", SUMMARY)
    lead.hands.write("textarea[name=description]", "Syarat hanya terlihat di loket 1.")
    lead.hands.write("textarea[name=suggestion]", "Tempelkan syarat layanan di setiap loket.")
    lead.seen.look("finding")
    lead.hands.press("main form:not([action$='/drop']) .actions button")
    lead.done()
    dropped_rest(way)

    head.page.goto(f"{way.home}/final")
    head.seen.look("final, ready")
    head.hands.press("main .actions button[type=submit]")
    head.done()
    head.seen.look("findings after the end")
    head.hands.press("form[action$='/findings/send'] button")
    head.seen.look("findings on their way")
    expect(head.page.locator("main .buttons a[href$='/findings']")).to_be_visible(timeout=60_000)
    with way.house.site.app.app_context():
        finding = db.session.scalars(select(Finding).where(Finding.summary == SUMMARY)).one()
        assert finding.state is FindingState.SENT
    officer = way.seat("officer", "phone")
    officer.page.goto(way.draft)
    expect(officer.page.locator("#changes")).to_be_visible()
    officer.seen.look("final result")


def dropped_rest(way: Round) -> None:
    with way.house.site.app.app_context():
        rows = db.session.scalars(
            select(ProposedFinding).where(ProposedFinding.audit_id == way.audit.id)
        ).all()
        stands = {one.indicator: one.state for one in rows}
    assert stands == {NOTICE: ProposalState.CONFIRMED, RAMP: ProposalState.DROPPED}


def published(way: Round, walks: list[Walk]) -> None:
    """Asked for by the lead, released by the head; the others come to their end too."""
    lead, head = way.seat("lead"), way.seat("head")
    lead.page.goto(way.home)
    lead.hands.press("form[action$='/ask'] button")
    lead.done()
    lead.seen.look("asked for")
    expect(lead.page.locator("form[action$='/release']")).to_have_count(0)
    head.page.goto(way.board)
    expect(head.page.locator("#offices tbody tr")).to_have_count(len(BRANCHES))
    head.seen.look("board, at all stages")
    head.page.goto(way.home)
    head.hands.press("form[action$='/release'] button")
    head.done()
    head.seen.look("published")
    with way.house.site.app.app_context():
        for walk in walks:
            walk.go(AuditState.PUBLISHED)
    head.page.goto(way.board)
    head.seen.look("board, all published")
    head.hands.press("form[action$='/close'] button")
    head.done()


def read_by_everybody(way: Round) -> None:
    """Somebody who never signed in reads the result on a phone and compares the branches at a desk."""
    audited, round_slug = way.audit.office_id, way.round.slug
    with way.house.site.app.app_context():
        slug, names = db.session.get_one(Office, audited).slug, names_of()
    phone = way.house.people.person(PHONE)
    seen = steps.Eyes(phone)
    phone.goto(f"/kantor/{slug}/penilaian/{round_slug}")
    expect(phone.locator("#score")).to_be_visible()
    expect(phone.locator(f"#{RAMP}")).to_contain_text(RULED)
    expect(phone.locator("#rounds .signs.breaks li")).to_have_count(1)
    for somebody in way.people:
        expect(phone.locator("main")).not_to_contain_text(f"Demo {somebody}")
    seen.look("result for everybody")
    desk = way.house.people.person(DESK, language="en")
    looked = steps.Eyes(desk)
    told = set[str]()
    for kind in ("kantor_cabang", "kantor_cabang_perintis"):
        desk.goto(f"/penilaian/perbandingan?jenis={kind}")
        expect(desk.locator("thead .breaks .break-mark")).to_have_count(1)
        told |= set(desk.locator("tbody th a").all_inner_texts())
        looked.look(f"compared, {kind}")
    assert told == names
    assert seen.found + looked.found == []


def names_of() -> set[str]:
    found = db.session.scalars(select(Office).where(Office.reference.in_(BRANCHES)))
    return {office.short_name for office in found}
