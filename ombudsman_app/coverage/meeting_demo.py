"""The demonstration of meetings: the monev of NTT and what was promised there, each row marked DEMO."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Office, Region, RepresentativeOffice
from ombudsman_app.documents.commands import issue

from .commands import commitments as promises
from .commands.commitment_reminders import remind_all
from .commands.meeting_papers import INVITATION, MINUTES, acknowledge_minutes, write_paper
from .commands.meeting_people import PersonInput, invite_people, open_door, record_people, sign_in
from .commands.meetings import MeetingInput, Point, hold_meeting, keep_results, plan_meeting
from .meeting_states import MeetingKind
from .models import Commitment, MeetingBody, MonitoringMeeting

DATA = Path(__file__).parent / "data" / "demo_meetings.yaml"
_ZONE, _OFFICE = "Asia/Makassar", "KPG"
_BEFORE = timedelta(days=14)  # the invitation goes out
_SATURDAY = 5
_PROOF = "DEMO. Bukti dilampirkan pada surat; diperiksa bersama kantor cabang."
_MISSING = "DEMO. Mohon lampirkan keputusan dan daftar penerima, bukan rencana."
_REASON = "DEMO. Kantor kecamatan lama tidak dipakai lagi; layanan dialihkan ke mal pelayanan publik."
_REMARK = "DEMO. Sudah kami baca. Jumlah penerima bantuan iuran kami kirim menyusul."


def load() -> str:
    """Tell the monev of NTT once. It needs the accounts and the directory of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration meetings are made only with OMBUDSMAN_DEMO=yes.")
    keeper, head = demo_actor("prevention_ntt"), demo_actor("head_ntt")
    is_told = db.session.scalar(select(MonitoringMeeting.id).limit(1)) is not None
    if keeper is None or head is None or is_told:
        return "Meetings: 0 invented ones (DEMO) added."
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    _Teller(keeper, head, told, _weekday(today(_ZONE) - timedelta(days=told["days_ago"]))).tell()
    remind_all()
    return f"Meetings: 2 invented ones with {len(told['commitments'])} commitments (DEMO) added."


def _weekday(day: date) -> date:
    """Nobody meets on a Saturday or Sunday: the Friday before."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


@dataclass(frozen=True)
class _Teller:
    """Two people of the office in Kupang, and officers of bodies, each on the day on which it happened."""

    keeper: Actor
    head: Actor
    told: Mapping[str, Any]
    day: date

    def tell(self) -> None:
        """Let the meeting happen, what was promised be followed, and the next meeting go on with it."""
        meeting = self._plan(self.told["topic"], MeetingKind.MONEV, self.day, self.day - _BEFORE)
        self._meet(meeting)
        for one in self.told["commitments"]:
            self._promise(meeting, one)
        with stopped_at(self._at(self.day, 17)):
            self._issue(meeting, MINUTES)
        rows = db.session.scalars(
            select(Commitment).where(Commitment.meeting_id == meeting.id).order_by(Commitment.number)
        ).all()
        for row, one in zip(rows, self.told["commitments"], strict=True):
            self._follow(row, one)
        self._read(meeting)
        self._next(meeting)

    def _plan(self, topic: str, kind: MeetingKind, on: date, planned_on: date) -> MonitoringMeeting:
        offices = dict(db.session.execute(select(Office.reference, Office.id)).all())
        ours = db.session.scalars(
            select(RepresentativeOffice.id).where(RepresentativeOffice.code == _OFFICE)
        ).one()
        given = MeetingInput(
            kind=kind,
            topic=topic,
            place=self.told["place"],
            on=on,
            at=time(9),
            agenda=[Point(one["title"], one["speaker"], one["minutes"]) for one in self.told["agenda"]],
            bodies=[offices[one] for one in self.told["bodies"]],
        )
        at = self._at(planned_on, 10)
        with stopped_at(at):
            made = plan_meeting(ours, given, actor=self.keeper)
            invite_people(made, self._people()[:4], actor=self.keeper)
        with stopped_at(at + timedelta(hours=2)):
            self._issue(made, INVITATION)
        return _again(made.id)

    def _meet(self, meeting: MonitoringMeeting) -> None:
        people = self._people()
        with stopped_at(self._at(self.day, 8)):
            code = open_door(meeting, actor=self.keeper).code
        for number, person in enumerate(people[:-1]):
            with stopped_at(self._at(self.day, 8) + timedelta(minutes=35 + 2 * number)):
                sign_in(code, person)
        with stopped_at(self._at(self.day, 12)):
            record_people(meeting, people[-1:], actor=self.keeper)
            held = _again(meeting.id)
            hold_meeting(held, version=held.version, actor=self.keeper)
            held = _again(meeting.id)
            results = {
                item.id: one["result"] for item, one in zip(held.agenda, self.told["agenda"], strict=True)
            }
            keep_results(held, results, version=held.version, actor=self.keeper)

    def _people(self) -> list[PersonInput]:
        return [PersonInput(*one) for one in self.told["people"]]

    def _promise(self, meeting: MonitoringMeeting, one: Mapping[str, Any]) -> None:
        place = db.session.scalars(select(Region.id).where(Region.code == one["place"])).one()
        body = db.session.scalar(select(Office.id).where(Office.reference == one.get("by", "")))
        due_on = self.day + timedelta(days=one["due"])
        given = promises.CommitmentInput(f"{one['text']} (DEMO)", due_on, place, body)
        with stopped_at(self._at(self.day, 13)):
            promises.agree(meeting, given, actor=self.keeper)

    def _follow(self, row: Commitment, one: Mapping[str, Any]) -> None:
        story = one.get("told")
        if story is None:
            return
        if story == "dropped":
            with stopped_at(self._at(row.due_on, 9)):
                promises.drop_commitment(row, _REASON, version=row.version, actor=self.head)
            return
        on = row.due_on + timedelta(days=6 if story == "late_done" else -4)
        on = min(on, today(_ZONE) - timedelta(days=3))
        officer = self._officer(one.get("by"))
        with stopped_at(self._at(on, 10)):
            given = promises.ReportInput(on, _PROOF)
            promises.report_done(row, given, is_by_body=officer is not None, actor=officer or self.keeper)
        if story == "reported":
            return
        held = db.session.get_one(Commitment, row.id, populate_existing=True)
        with stopped_at(min(self._at(on, 10) + timedelta(days=2), now())):
            if story == "returned":
                promises.return_report(held, _MISSING, version=held.version, actor=self.head)
            else:
                promises.confirm_done(held, "", version=held.version, actor=self.head)

    def _officer(self, body: str | None) -> Actor | None:
        """Return who reports in the portal; of a body without an account staff notes it from a letter."""
        people = {
            "kc_ntt": "office_officer_ntt",
            "kcp_ende": "office_officer_ende",
            "kcp_sikka": "office_officer_sikka",
            "pemkab_mabar": "office_officer_pemda",
        }
        return demo_actor(people[body]) if body in people else None

    def _read(self, meeting: MonitoringMeeting) -> None:
        officer = demo_actor("office_officer_pemda")
        body = db.session.scalar(
            select(MeetingBody)
            .join(Office, Office.id == MeetingBody.office_id)
            .where(MeetingBody.meeting_id == meeting.id, Office.reference == "pemkab_mabar")
        )
        if officer and body:
            with stopped_at(self._at(self.day, 15) + timedelta(days=2)):
                acknowledge_minutes(body, _REMARK, actor=officer)

    def _next(self, meeting: MonitoringMeeting) -> None:
        on = _weekday(today(_ZONE) + timedelta(days=self.told["next_in_days"]))
        planned_on = today(_ZONE) - timedelta(days=2)
        made = self._plan(self.told["next_topic"], MeetingKind.FOLLOW_UP, on, planned_on)
        promises.carry_over(made, meeting.id, actor=self.keeper)

    def _issue(self, meeting: MonitoringMeeting, kind: str) -> None:
        subject = f"{'Undangan' if kind == INVITATION else 'Notulen'}: {meeting.topic}"
        paper = write_paper(meeting, kind, subject=subject, words="", actor=self.keeper)
        issue(paper, version=paper.version, actor=self.head)

    def _at(self, day: date, hour: int) -> datetime:
        return datetime.combine(day, time(hour), ZoneInfo(_ZONE))


def _again(meeting_id: int) -> MonitoringMeeting:
    found = (
        select(MonitoringMeeting)
        .where(MonitoringMeeting.id == meeting_id)
        .options(joinedload(MonitoringMeeting.representative_office), selectinload(MonitoringMeeting.agenda))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(found).one()
