"""PD9: what was told without identity is read on its page by those who work with it, and nowhere else."""

from pathlib import Path

from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..attachments.sender import Sender
from ..attachments.test_look_at_evidence import photo
from ..factories.accounts import UserFactory
from ..routes import PAGES, build_world
from ..visitor import Visitor
from ..wizard import TipWizard
from .test_canary import _database, log, temporary

__all__ = ["log", "temporary"]  # fixtures

READERS = {Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE}
TYPED = {
    "narrative": "Ceritaqwyx tentang loket yang menutup lebih awal setiap hari Jumat.",
    "remedy": "Permintaanqwyx agar loket buka.",
    "effort": "Upayaqwyx kepada kepala cabang.",
    "name": "Kenariku Qwyxzla",
    "employer": "PT Usahaqwyx Bahari",
    "place": "Desa Tempatqwyx",
}
QUESTION, MESSAGE = "Tanyaqwyx pada jam berapa?", "Pesanqwyx sesudah makan siang."
REASON, INTEREST = "Alasanqwyx tiga informasi serupa.", "Kepentinganqwyx ipar."
TOLD = ("Ceritaqwyx", "Permintaanqwyx", "Upayaqwyx")
EMPLOYER = ("Usahaqwyx", "Tempatqwyx")
FILE = "Fotoqwyx"
TALK = ("Tanyaqwyx", "Pesanqwyx")


def test_nothing_that_was_told_is_found_outside_its_page(
    app: Flask, visitor: Visitor, log: Path, temporary: Path
) -> None:
    world = build_world(app)
    walker = TipWizard(
        visitor,
        changes={
            "kejadian": {
                "narrative": TYPED["narrative"],
                "employer_name": TYPED["employer"],
                "employer_place": TYPED["place"],
            },
            "upaya": {"told_first": "yes", "prior_effort": TYPED["effort"]},
            "harapan": {"requested_remedy": TYPED["remedy"]},
        },
    )
    walker.begin()
    visitor.get("/lapor/layanan")
    Sender(visitor, "Fotoqwyx.jpg", photo()).send()
    walker.answer("identitas", {"full_name": TYPED["name"]})  # told first, then thought better of it
    walker.answer_all()
    in_draft = _database(app)
    assert walker.send().status_code == 302
    ticket, code = walker.receipt()
    visitor.post("/lapor/terkirim")
    follower, tip = _work(app, world.team[Role.PVL_ASSISTANT], ticket, code)

    with app.app_context():
        people = {role: UserFactory(role, password=None).id for role in Role}
    own = f"/staff/tips/{tip}"
    paths = [world.address_of(route) for route in PAGES]
    paths += [
        own,
        f"{own}/decide",
        f"{own}/declare",
        f"{own}/employers",
        "/staff/tips/?ended=yes",
        "/staff/complaints/?q=qwyx",
    ]
    paths += ["/kantor?q=qwyx", "/lacak/laporan"]
    seen: dict[str, set[tuple[str, str]]] = {
        words: set() for words in (*TOLD, *EMPLOYER, *TALK, FILE, "Alasanqwyx", "Qwyxzla")
    }

    def look(who: str, one: Visitor, path: str) -> None:
        answer = one.client.get(path, environ_overrides={"REMOTE_ADDR": one.address})
        told = f"{answer.data.decode(errors='replace')}{answer.headers}"
        for words, places in seen.items():
            if words in told:
                places.add((who, path))
        if who not in {role.value for role in READERS}:
            assert code not in told

    for path in paths:
        look("giver", visitor, path)
        look("own", follower, path)
        look("stranger", Visitor(app), path)
        for role, user_id in people.items():
            look(role.value, Visitor(app).enter(user_id), path)

    at_the_desk = {(role.value, own) for role in READERS}
    assert all(seen[words] == at_the_desk for words in (*TOLD, "Alasanqwyx")), seen
    assert all(seen[words] == at_the_desk | {("own", "/lacak/laporan")} for words in (*TALK, FILE)), seen
    linking = {(role.value, f"{own}/employers") for role in READERS - {Role.PVL_ASSISTANT}}
    assert all(seen[words] == at_the_desk | linking for words in EMPLOYER), seen
    assert seen["Qwyxzla"] == set()

    settings = app.extensions["settings"]
    files = b"".join(
        path.read_bytes()
        for folder in (temporary, settings.data_dir)
        for path in folder.rglob("*")
        if path.is_file()
    )
    kept, logged = _database(app), log.read_text()
    assert logged.count("\n") > 50
    for words in (*seen, code):
        assert words not in logged, words
        for bytes_ in (in_draft, kept, files):
            assert words.encode() not in bytes_, words
    assert b"Kepentinganqwyx" in kept, "a declaration of interest is the officer's own word"


def _work(app: Flask, intake: int, ticket: str, code: str) -> tuple[Visitor, int]:
    """Begin to read, ask, let it be answered, use it with a reason; return who follows it and the id."""
    with app.app_context():
        tip = db.session.scalars(select(InformationTip.id).where(InformationTip.ticket == ticket)).one()
        leaver = UserFactory(Role.EXAMINER, password=None).id
    page, desk, follower = f"/staff/tips/{tip}", Visitor(app).enter(intake), Visitor(app, "203.0.113.10")
    for address, given in (("begin", {}), ("messages", {"message": QUESTION})):
        desk.get(page)
        assert desk.page is not None
        assert desk.post(f"{page}/{address}", {**desk.page.values, **given}).status_code == 302
    follower.submit("/lacak", {"ticket": ticket, "access_code": code})
    follower.get("/lacak/laporan")
    assert follower.page is not None
    assert follower.post("/lacak/pesan", {**follower.page.values, "message": MESSAGE}).status_code == 302
    assert desk.submit(f"{page}/decide", {"move": "use", "reason": REASON}).status_code == 302
    gone = Visitor(app).enter(leaver).submit(f"{page}/declare", {"interest": "yes", "reason": INTEREST})
    assert gone.location == "/staff/tips/"
    return follower, tip
