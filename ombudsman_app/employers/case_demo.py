"""The demonstration of compliance cases: invented ones in every state, made by the commands of the house."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from flask import current_app
from sqlalchemy import select

from ombudsman_app.accounts.demo import demo_actor
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.directory.models import Region

from .commands.cases import (
    CaseInput,
    EndInput,
    ForwardInput,
    StepInput,
    dispute_case,
    end_case,
    notice_delays,
    open_case,
    open_forwarding,
    propose_forwarding,
    record_step,
    release_forwarding,
    verify_case,
)
from .compliance.rules import CaseSource, LadderAct, Recipient
from .models import CaseForwarding, Employer, EmployerComplianceCase
from .states import breaches_in

_ZONE = "Asia/Makassar"
_SOURCES = (CaseSource.TIP, CaseSource.IMPORT, CaseSource.AUDIT, CaseSource.PROJECT, CaseSource.COMPLAINT)
_LADDER = (
    LadderAct.NOTIFICATION,
    LadderAct.WARNING_1,
    LadderAct.WARNING_2,
    LadderAct.FINE,
    LadderAct.TMP2T_REQUEST,
    LadderAct.TMP2T_APPLIED,
)
_BETWEEN = timedelta(days=9)  # two acts of the branch
_SUMMARY = (
    "DEMO. Menurut daftar yang kami cocokkan, sebagian pekerja belum terdaftar. Mohon diperiksa, "
    "dan kabarkan langkah yang diambil."
)
_CHECKED = "DEMO. Daftar peserta dicocokkan dengan izin usaha dan satu kunjungan."
_PROTEST = "DEMO. Menurut perusahaan, pekerja yang dimaksud sudah didaftarkan oleh pemborongnya."
# how many days ago it was opened, how far it came (-4 reported … 6 the whole ladder), and what happened then
_STORIES: tuple[tuple[int, int, str], ...] = (
    *((4, -4, ""), (9, -4, ""), (7, -3, ""), (11, -2, ""), (6, -1, ""), (15, -1, "")),
    *((12, 0, ""), (20, 0, ""), (45, 0, ""), (75, 0, "")),
    *((24, 1, ""), (30, 1, ""), (60, 1, ""), (90, 1, "")),
    *((40, 2, ""), (52, 2, ""), (110, 2, "protest")),
    *((58, 3, ""), (95, 3, ""), (120, 4, ""), (150, 4, "protest")),
    *((170, 5, ""), (200, 6, ""), (210, 1, "comply"), (230, 2, "comply"), (260, 4, "comply")),
    *((100, -3, "not_proven"), (130, 0, "close"), (190, 1, "comply"), (300, 6, "comply")),
)


def load() -> str:
    """Add invented cases once. They need the accounts and the employers of the demonstration."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration cases are made only with OMBUDSMAN_DEMO=yes.")
    teller = _teller()
    if teller is None or db.session.scalar(select(EmployerComplianceCase.id).limit(1)) is not None:
        return "Compliance cases: 0 invented ones (DEMO) added."
    employers = _employers(len(_STORIES))
    oldest_first = sorted(_STORIES, reverse=True)  # numbers follow the days
    for number, ((days, reached, then), employer) in enumerate(zip(oldest_first, employers, strict=False)):
        teller.tell(employer, _SOURCES[number % len(_SOURCES)], days, reached, then)
    notice_delays()
    return f"Compliance cases: {min(len(_STORIES), len(employers))} invented ones (DEMO) added."


def _employers(most: int) -> list[Employer]:
    """Return invented employers of Mamuju that do not comply. 1 statement."""
    found = (
        select(Employer)
        .join(Region, Region.id == Employer.region_id)
        .where(Employer.open_breaches != 0, Employer.is_listed.is_(True), Region.province_code == "76")
        .order_by(Employer.id)
        .limit(most)
    )
    return list(db.session.scalars(found))


def _teller() -> "_Teller | None":
    people = [demo_actor(key) for key in ("prevention_assistant", "head_of_representative", "office_officer")]
    keeper, head, officer = people
    if keeper is None or head is None or officer is None:
        return None
    return _Teller(keeper, head, officer, next(iter(officer.offices_as(Role.OFFICE_OFFICER))))


@dataclass(frozen=True)
class _Teller:
    """Three people who handle a case, each on the day on which it happened."""

    keeper: Actor
    head: Actor
    officer: Actor
    branch_id: int

    def tell(self, employer: Employer, source: CaseSource, days: int, reached: int, then: str) -> None:
        """Bring one case as far as it came."""
        began = now() - timedelta(days=days)
        with stopped_at(began):
            kinds = breaches_in(employer.open_breaches)
            case = open_case(employer, CaseInput(kinds, source), self.keeper)
        steps: list[Callable[[], object]] = [
            lambda: verify_case(case, _CHECKED, version=case.version, actor=self.keeper),
            lambda: self._propose(case),
            lambda: release_forwarding(_forwarding(case), version=case.version, actor=self.head),
            lambda: open_forwarding(_forwarding(case), actor=self.officer),
        ]
        for place, step in enumerate(steps[: reached + 4]):
            with stopped_at(began + timedelta(days=place, hours=2)):
                step()
        at = began + timedelta(days=4)
        for number, act in enumerate(_LADDER[: max(reached, 0)], 1):
            at = min(began + timedelta(days=4) + number * _BETWEEN, now())
            with stopped_at(at):
                self._act(case, act, today(_ZONE))
        if then:
            with stopped_at(min(at + _BETWEEN, now())):
                self._then(case, then)

    def _propose(self, case: EmployerComplianceCase) -> None:
        given = ForwardInput(Recipient.BRANCH, self.branch_id, _SUMMARY)
        propose_forwarding(case, given, version=case.version, actor=self.keeper)

    def _act(self, case: EmployerComplianceCase, act: LadderAct, day: date) -> None:
        number = f"DEMO-B/{case.id:03}/{act.value}"
        is_fine = act is LadderAct.FINE
        given = StepInput(
            act,
            number,
            day,
            day,
            signed_as="Kepala Kantor Cabang",
            admin_fine=1_250_000 if is_fine else None,
            late_charge=3_400_000 if is_fine else None,
        )
        record_step(case.id, given, forwarding=_forwarding(case), actor=self.officer)

    def _then(self, case: EmployerComplianceCase, then: str) -> None:
        if then == "protest":
            dispute_case(case.id, _PROTEST, forwarding=_forwarding(case), actor=self.officer)
            return
        reason = "DEMO. Seluruh pekerja terdaftar menurut daftar terbaru."
        end_case(case, EndInput(then, reason), version=case.version, actor=self.keeper)


def _forwarding(case: EmployerComplianceCase) -> CaseForwarding:
    found = select(CaseForwarding).where(
        CaseForwarding.case_id == case.id, CaseForwarding.recipient == Recipient.BRANCH
    )
    return db.session.scalars(found).one()
