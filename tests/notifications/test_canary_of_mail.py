"""PD6, PD9: what leaves the house or waits for it says nothing of a case or a person."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from ombudsman_app.complaints.commands import (
    begin_mornings,
    open_identity,
    write_to_office,
    write_to_reporter,
)
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..conftest import StoppedClock
from ..factories.complaints import CaseFactory, TeamFactory, TipFactory
from ..security.test_canary import log  # noqa: F401 - a fixture
from .post import mailing, scripted, sent_rounds
from .test_send_mail import words

PERSON = {
    "full_name": "Kenariku Qwyxzla",
    "phone": "0812 7654 3219",
    "email": "kenari.qwyxzla@burung.example",
    "address": "Jalan Qwyxkenari 77",
}
SECRETS = (
    "Kenariku", "Qwyxzla", "81276543219", "0812 7654", "Qwyxkenari", "Ceritaqwyx", "Pesanqwyx", "Tanyaqwyx",
    "Alasanqwyx", "Mintaqwyx", "jht_claim", "Jaminan Hari Tua", "BPJS",
)  # fmt: skip


@pytest.mark.parametrize("confidentiality", ["open", "confidential"])
def test_nothing_of_a_case_leaves_or_lies_on_the_way(
    app: Flask,
    clock: StoppedClock,
    log: Path,  # noqa: F811 - the fixture
    confidentiality: str,
) -> None:
    clock.at("2026-11-19T10:00+08:00")
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(
            ComplaintState.ASSIGNED,
            team,
            identity=PERSON,
            narrative="Ceritaqwyx tentang loket yang tutup lebih awal.",
            requested_remedy="Mintaqwyx loket buka.",
            confidentiality=confidentiality,
        )
        write_to_office(case, "Pesanqwyx: saya Kenariku.", form_key="a")
        write_to_reporter(case, "Tanyaqwyx tentang tanda terima.", form_key="b", actor=team.examiner)
        open_identity(case, "Alasanqwyx memeriksa alamat.", actor=team.examiner)
        TipFactory(narrative="Ceritaqwyx tanpa nama.")
        kept = "\n".join(
            str(row)
            for table in ("message", "notification", "job", "notification_choice")
            for row in db.session.execute(text(f"SELECT * FROM {table}"))
        )
    clock.at("2026-11-20T07:31+08:00")
    with app.app_context():
        begin_mornings()
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)

    mails = server.box.mails()
    assert {mail["To"] for mail in mails} >= {PERSON["email"], team.users[Role.EXAMINER].email}
    told = "\n".join(words(mail) for mail in mails)
    assert case.ticket in told
    for secret in SECRETS:
        assert secret not in kept, secret
        assert secret not in log.read_text(), secret
        assert secret not in told.replace(PERSON["email"], ""), secret
    assert PERSON["email"] not in kept
    assert PERSON["email"] not in log.read_text()
    assert not [part for mail in mails for part in mail.walk() if part.get_filename()], "no attachment"
