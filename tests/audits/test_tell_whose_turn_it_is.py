"""Each step of an audit tells whoever has the next one, and tells it once."""

from flask import Flask
from sqlalchemy import select

from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.models import Notification

from ..factories.audit_steps import Team, Walk
from ..factories.audits import AuditFactory, RoundFactory
from ..factories.findings import person
from ..visitor import Visitor

WORDS = {
    "published": "Hasil penilaian kantor Anda kini terbuka untuk umum",
    "to_settle": "Kedua penilai sudah menyerahkan lembarnya",
    "to_review": "Tim sudah menyerahkannya",
}


def test_given_a_whole_way_then_each_is_told_when_it_is_their_turn(app: Flask) -> None:
    with app.app_context():
        auditors = [person(Role.AUDITOR) for _seat in range(3)]
        team = Team(person(Role.HEAD_OF_REPRESENTATIVE), *auditors, person(Role.REVIEWER))
        officer = person(Role.OFFICE_OFFICER, portal_office="kc_mamuju")
        stranger = person(Role.OFFICE_OFFICER, portal_office="kc_ntt")
        audit = AuditFactory(AuditState.PLANNED, round_=RoundFactory(is_blind=True), lead=team.lead)
        walk = Walk(audit.id, team)
        walk.seat()

        walk.go(AuditState.PUBLISHED)

        told = [(one.kind, one.person_id) for one in db.session.scalars(select(Notification))]
    turns = {
        "to_settle": team.third,
        "to_review": team.reviewer,
        "to_send": team.head,
        "to_publish": team.head,
        "published": officer,
    }
    for kind, who in turns.items():
        assert told.count((f"audits.{kind}", who.user_id)) == 1, kind
    assert not [kind for kind, who in told if who == stranger.user_id]
    assert [who for kind, who in told if kind == "audits.to_settle"] == [team.third.user_id]
    for kind, words in WORDS.items():
        inbox = Visitor(app).enter(turns[kind].user_id or 0).get("/staff/notifications/")
        assert words in inbox.text, kind
