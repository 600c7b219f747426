"""Cases under review whose report is written, issued, received, by the commands of the house."""

from sqlalchemy import select, update

from ombudsman_app.complaints.commands import (
    ActionInput,
    PartInput,
    latest_report,
    review_case,
    save_action,
    save_part,
    submit_report,
)
from ombudsman_app.complaints.models import Complaint, ExaminationReport
from ombudsman_app.complaints.states import LEGACY, WRITTEN, Addressee, Conclusion, Part
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.documents.commands import ProofInput, SendInput, issue, prove, send
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, Proof
from ombudsman_app.findings.commands import (
    JudgementInput,
    ResponseInput,
    judge_answer,
    open_finding,
    respond_to_finding,
)
from ombudsman_app.findings.models import Finding
from ombudsman_app.findings.states import Position, Verdict

from .complaints import Team
from .documents import drawn
from .examination import ZONE, current, examined

TEXTS = {
    Part.PARTIES: "Terlapor: Kantor Cabang Mamuju. Dugaan: penundaan berlarut dalam pembayaran manfaat.",
    Part.ACCOUNT: "Seorang peserta mengajukan klaim pada Agustus 2026 dan belum menerima keputusan.",
    Part.RESULT: "Berkas lengkap sejak 3 Agustus 2026; keputusan belum terbit sampai pemeriksaan selesai.",
    Part.OPINION: "Waktu penyelesaian yang dijanjikan lima hari kerja telah lama terlampaui.",
    Part.CONCLUSION: "Ombudsman menemukan maladministrasi berupa penundaan berlarut.",
    Part.REPORTER: "Kami menemukan penundaan berlarut. Kantor harus memutus klaim itu.",
}
ACTION = ActionInput(
    addressee=Addressee.RESPONDENT,
    form="undue_delay",
    text="Putuskan klaim itu secara tertulis dan bayarkan manfaatnya.",
    rule="PP 46/2015 Pasal 26",
    evidence="Berkas dinyatakan lengkap pada 3 Agustus 2026 dan belum diputus.",
)


def under_review(team: Team, *, regime: str = "", **given: object) -> Complaint:
    """A case under review; `regime`: of the older rules."""
    case = examined(team, **given)
    if regime:
        _of_regime(case, regime)
    held = current(case)
    review_case(held, "Berkas sudah cukup.", version=held.version, actor=team.examiner)
    return current(case)


@command
def _of_regime(case: Complaint, regime: str) -> None:
    db.session.execute(update(Complaint).where(Complaint.id == case.id).values(regime=regime))


def legacy_case(team: Team, **given: object) -> Complaint:
    """The same, begun under the older rules."""
    return under_review(team, regime=LEGACY, **given)


def written(
    case: Complaint,
    team: Team,
    conclusion: Conclusion = Conclusion.FOUND,
    *actions: ActionInput,
    texts: dict[Part, str] | None = None,
) -> ExaminationReport:
    """Every part of the report of a case, with one corrective action unless told otherwise."""
    forms = ("undue_delay",) if conclusion is Conclusion.FOUND else ()
    for part in WRITTEN:
        of_conclusion = part is Part.CONCLUSION
        given = PartInput(
            (texts or TEXTS)[part], conclusion if of_conclusion else None, forms if of_conclusion else ()
        )
        save_part(case, part, given, version=version_of(case), actor=team.examiner)
    for action in actions or ((ACTION,) if forms else ()):
        save_action(case, None, action, version=version_of(case), actor=team.examiner)
    return report(case)


def report(case: Complaint) -> ExaminationReport:
    """The newest report of a case."""
    found = latest_report(case.id)
    assert found is not None
    return found


def version_of(case: Complaint) -> int:
    """The version that a form of the report would show."""
    found = latest_report(case.id)
    return found.version if found else 0


def put_forward(case: Complaint, team: Team, *given: object, **more: object) -> Document:
    """A report that is written and waits for the head."""
    written(case, team, *given, **more)  # type: ignore[arg-type]
    return submit_report(case, version=version_of(case), actor=team.examiner)


def reported(case: Complaint, team: Team, *given: object, **more: object) -> Document:
    """A report that the head has issued; its pages as if they had been drawn."""
    paper = put_forward(case, team, *given, **more)
    held = db.session.get_one(Document, paper.id, populate_existing=True)
    issue(held, version=held.version, actor=team.head)
    return drawn(held)


def arrived(paper: Document, actor: Actor, addressee: str = "respondent") -> None:
    """Handed over today against a signed receipt."""
    day = today(ZONE)
    way = send(paper, SendInput(Channel.BY_HAND, addressee, day), actor=actor)
    prove(way, ProofInput(Proof.SIGNED_RECEIPT, day), actor=actor)


def findings_of(case: Complaint) -> list[Finding]:
    """The findings that the report of a case became, in the order of its actions."""
    ids = [action.finding_id for action in report(case).actions]
    rows = db.session.scalars(
        select(Finding)
        .where(Finding.id.in_(ids))
        .order_by(Finding.id)
        .execution_options(populate_existing=True)
    )
    return list(rows)


def corrected(finding: Finding, officer: Actor, judge: Actor) -> None:
    """The office opens and answers a finding; another officer judges it done."""
    open_finding(finding, actor=officer)
    respond_to_finding(finding, ResponseInput(Position.ACCEPT, "Klaim sudah dibayar."), actor=officer)
    held = db.session.get_one(Finding, finding.id, populate_existing=True)
    judge_answer(held, JudgementInput(Verdict.DONE, "Bukti bayar ada."), version=held.version, actor=judge)
