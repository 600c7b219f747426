"""WeCare: what sources say is read by everybody, an officer evaluates it, another person releases that."""

from playwright.sync_api import expect

from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.commands import load_shipped_figures
from ombudsman_app.coverage.innovation_seeds import load
from tests.factories.accounts import UserFactory

from . import journeys
from .hands import Keyboard
from .live import Site
from .people import DESK, PHONE, People
from .test_accessibility import Inspector

FINDING = "Belum ada angka penerima yang dapat diperiksa."
LIST = "/staff/innovations"


def test_given_wecare_when_it_is_evaluated_and_released_then_everybody_reads_it(
    site: Site, people: People
) -> None:
    with site.app.app_context():
        load_shipped_figures()
        load()
        officer = str(UserFactory(Role.PREVENTION_ASSISTANT, name="Demo Pencegahan", office="KPG").email)
        head = str(UserFactory(Role.HEAD_OF_REPRESENTATIVE, name="Demo Kepala", office="KPG").email)
    phone = people.person(PHONE, language="id")
    on_phone, keys = Inspector(phone), Keyboard(phone)
    phone.goto("/cakupan/53.15")
    on_phone.look("the place leads there")
    phone.goto("/inovasi")
    on_phone.look("all innovations")
    keys.press("#innovations a")
    main = phone.locator("main")
    expect(main).to_contain_text("program donasi terbuka")
    expect(main).to_contain_text("Kuncoro Budi Winarno")
    expect(main).to_contain_text("Labuan Bajo Voice")
    expect(main).to_contain_text("Belum dievaluasi")
    on_phone.look("WeCare, not evaluated")

    desk = people.person(DESK, language="id")
    journeys.sign_in(desk, officer, site=site, face="staff")
    at_desk = Inspector(desk)
    desk.goto(LIST)
    at_desk.look("the list of the staff")
    desk.locator("#innovations a").first.click()
    expect(desk.locator("h1")).to_have_text("WeCare")
    at_desk.look("WeCare for the staff")
    desk.locator("a[href$='/evaluate']").click()
    desk.locator("[name=reach]").fill(FINDING)
    desk.locator("[name=reach_evidence]").fill("Berita 7 November 2024.")
    desk.locator("[name=conclusion]").fill("Pemda perlu membuka jumlah penerima.")
    at_desk.look("evaluating")
    journeys.go_on(desk)
    expect(desk.locator("#waiting")).to_contain_text("Demo Pencegahan")
    phone.reload()
    expect(main).not_to_contain_text(FINDING)

    other = people.person(DESK, language="id")
    journeys.sign_in(other, head, site=site, face="staff")
    seen = Inspector(other)
    other.goto(f"{LIST}?view=waiting")
    other.locator("#innovations a").first.click()
    other.locator("#waiting a").click()
    seen.look("a proposal")
    other.locator("form[action$='/release'] button").click()
    expect(other.locator("main")).to_contain_text("Sudah dirilis")
    phone.reload()
    expect(main).to_contain_text(FINDING)
    expect(main).to_contain_text("tidak ada sumber kami yang menyebutnya")
    on_phone.look("WeCare, evaluated")
    assert on_phone.found == at_desk.found == seen.found == []
