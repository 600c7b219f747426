"""Each kind of paper once, as the house makes it: from cases that people filed, worked and ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

from flask import Flask
from sqlalchemy import select

from ombudsman_app.audits.commands import acknowledge_responses
from ombudsman_app.audits.commands.assigning import write_assignment
from ombudsman_app.audits.commands.papers import issue_result_papers, write_report
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.states import AuditState
from ombudsman_app.complaints.commands import (
    CheckInput,
    OfficeAnswer,
    acknowledge_answer,
    answer_request,
    ask_for_withdrawal,
    complete,
    confirm_withdrawal,
    finish_formal_verification,
    folder_of,
    make_receipt,
    put_to_plenary,
)
from ombudsman_app.complaints.models import AnswerBox, Complaint, InformationTip
from ombudsman_app.complaints.states import (
    FIRST_REQUEST,
    FORMAL_ITEMS,
    INTERIM_NOTICE,
    MATERIAL_ITEMS,
    SECOND_REQUEST,
    Addressee,
    ComplaintState,
    Conclusion,
    Part,
    Verdict,
)
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.coverage.meeting_states import MeetingState
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.commands import approve, issue, open_paper, write_draft
from ombudsman_app.documents.models import Document
from ombudsman_app.employers.commands.cases import verify_case
from ombudsman_app.findings.commands import ReleaseInput, acknowledge_response, propose_rungs, release_rung
from ombudsman_app.findings.models import Finding, LadderStep, Response
from ombudsman_app.findings.states import RUNGS, FindingState, Rung

from ..audits.papers import audit_with_everything
from ..factories.accounts import UserFactory
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory
from ..factories.cases import CaseFactory as EmployerCaseFactory
from ..factories.cases import forward
from ..factories.complaints import CaseFactory, Team, TipFactory, all_met, bring_to
from ..factories.drafts import answered_draft
from ..factories.examination import QUESTIONS, SUMMARY, asked_letter, examined, received
from ..factories.findings import FindingFactory, person
from ..factories.meetings import CommitmentFactory, MeetingFactory, conclude
from ..factories.report import ACTION, TEXTS, legacy_case, put_forward, under_review
from .desk import make_all, papers, renderer_of

HEAD = "Dr. Andi Muhammad Rachmatullah Paputungan-Mangkulla, S.H., M.H."
PEOPLE = {
    Role.PVL_ASSISTANT: "Demo Penerima",
    Role.HEAD_OF_REPRESENTATIVE: HEAD,
    Role.EXAMINER: "Ni Luh Putu Sekarningrum Widyastuti",
}
FIRST_DAY = "2026-10-12T09:00+08:00"
LONG = (
    "Pada hari Senin, 3 Agustus 2026, saya datang ke Loket 1 membawa formulir F5, kartu peserta, KTP, kartu "
    "keluarga, buku rekening, dan surat keterangan berhenti bekerja. Petugas memeriksa berkas satu per satu, "
    "lalu mengatakan sistem sedang terganggu dan meminta saya datang kembali minggu depan.\n\n"
    "Saya datang lagi pada 10, 18, dan 27 Agustus. Setiap kali jawabannya sama, tanpa tanda terima dan tanpa "
    "keterangan tertulis, meskipun papan di dinding menyebut waktu penyelesaian lima hari kerja."
)
REASONS = (
    "Laporan ini kami baca bersama seluruh berkas yang dikirim, termasuk foto papan standar pelayanan dan "
    "nomor antrean. Pokok laporan adalah belum dibayarkannya Jaminan Hari Tua.\n\n"
    "Rapat membandingkan uraian itu dengan ketentuan tentang kewenangan Ombudsman dan dengan keadaan perkara "
    "yang sedang berjalan. Dari salinan relaas panggilan diketahui bahwa pokok yang sama telah diperiksa "
    "oleh pengadilan sejak 7 September 2026, sehingga Ombudsman tidak dapat memeriksanya selama perkara itu "
    "berjalan.\n\n"
    "Keputusan ini tidak menilai benar atau tidaknya keberatan Anda terhadap pelayanan di loket. Semua "
    "berkas yang Anda kirim tetap tersimpan dan dapat dipakai lagi setelah putusan."
)
ADVICE = (
    "Mintalah jawaban tertulis kepada kepala kantor cabang dengan menyebut tanggal kedatangan Anda.\n\n"
    "Untuk bantuan hukum tanpa biaya, Anda dapat menghubungi pos bantuan hukum di pengadilan negeri setempat."
)
CONSIDERATIONS = (
    "Berkas dinilai lengkap secara formil. Satu syarat materiil menunjukkan bahwa perkara yang sama "
    "sedang diperiksa pengadilan.\n\nPeserta rapat sepakat bahwa Pelapor perlu diberi tahu ke mana ia dapat "
    "meminta bantuan."
)
EXCEPTED = "Tidak diperlukan untuk pemeriksaan ini; akan ditanyakan bila perlu."
BEFORE_COURT = "Pokok yang sama diperiksa pengadilan sejak 7 September 2026; relaas ada dalam berkas."
AGAINST = "M3"
COPIES = "Kepala Keasistenan Utama Penerimaan dan Verifikasi Laporan, Ombudsman Republik Indonesia\nArsip"
MEETING = {
    "held_on": "2026-11-20",
    "participants": "\n".join(
        (
            f"{HEAD} - Kepala Perwakilan",
            "Demo Penerima - Asisten Penerimaan dan Verifikasi Laporan",
            "Ni Luh Putu Sekarningrum Widyastuti - Kepala Keasistenan Pemeriksaan Laporan",
            "Demo Pemeriksa - Asisten Pemeriksaan",
        )
    ),
    "considerations": CONSIDERATIONS,
}

WORDS = "Kami tetap terbuka untuk penjelasan lisan pada jam kerja; jawaban tertulis tetap diperlukan."
REPORT_TEXTS = TEXTS | {
    Part.ACCOUNT: (
        "Peserta mengajukan klaim Jaminan Hari Tua pada awal Agustus 2026 di Loket 1 dan datang empat kali."
        "\n\n"
        "Setiap kali petugas menyatakan sistem terganggu, tanpa tanda terima dan tanpa keterangan tertulis."
    ),
    Part.RESULT: (
        "Dari berkas dan papan standar pelayanan diketahui bahwa waktu penyelesaian yang dijanjikan adalah "
        "lima hari kerja sejak berkas lengkap.\n\nDari jawaban tertulis Terlapor diketahui bahwa berkas "
        "lengkap pada 3 Agustus 2026. Pemeriksaan lapangan pada 12 Oktober 2026 menunjukkan antrean klaim "
        "yang belum diputus sejak Juli, tanpa daftar kendali dan tanpa pemberitahuan kepada peserta."
    ),
    Part.OPINION: (
        "Standar pelayanan mengikat penyelenggara (UU 25/2009 Pasal 20). Lampaunya waktu tanpa pemberitahuan "
        "tertulis merupakan penundaan berlarut.\n\nGangguan sistem bukan alasan untuk menolak memberikan "
        "tanda terima atas berkas yang lengkap."
    ),
}
REPORT_ACTIONS = (
    ACTION,
    replace(
        ACTION,
        text="Buat daftar kendali klaim yang lewat waktu dan laporkan setiap pekan sampai habis.",
        rule="UU 25/2009 Pasal 20",
        evidence="Pada 12 Oktober 2026 tidak ada daftar kendali klaim di kantor.",
    ),
    replace(
        ACTION,
        addressee=Addressee.SUPERIOR,
        text="Awasi penyelesaian klaim yang tertunda dan tetapkan cara kerja saat sistem terganggu.",
        rule="UU 25/2009 Pasal 35",
        evidence="Gangguan sistem disebut sebagai alasan tanpa cara kerja pengganti.",
    ),
)
# Answer by 9 October, then one working day, five, five, and the ten of the second term from its receipt.
FOUND = "2026-09-21T09:00+08:00"
RUNG_DAYS = {
    Rung.REMINDER: "2026-10-13",
    Rung.SUPERIOR: "2026-10-21",
    Rung.SECOND_TERM: "2026-10-29",
    Rung.ESCALATION: "2026-11-16",
}


class RealPapers:
    """Every kind, issued and made; `team` is that of Mamuju. The clock stands as each act goes."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with self._on("2026-10-12T08:00+08:00"):
            self.team = Team({role: UserFactory(role, name=name) for role, name in PEOPLE.items()})
        self._receipts()
        self._refused()
        self._not_competent()
        self._transferred()
        self._withdrawn()
        self._respondent_asked()
        self._reported()
        self._finding_unanswered()
        self._case_forwarded()
        self._met()
        self._acknowledged()
        self._results()
        self._audited()

    def of(self, kind: str) -> Document:
        """Return the first paper of a kind, loose from the session."""
        return papers(self.app, kind)[0]

    def content(self, kind: str) -> bytes:
        """Return the signed PDF of a kind."""
        with self.app.app_context():
            content = bytes_of(self.of(kind))
        assert content is not None
        return content

    @contextmanager
    def _on(self, instant: str) -> Iterator[None]:
        with self.app.app_context(), stopped_at(datetime.fromisoformat(instant)):
            yield

    def _receipts(self) -> None:
        with self._on(FIRST_DAY):
            case, tip = CaseFactory(ComplaintState.RECEIVED, self.team, narrative=LONG), TipFactory()
            for number in range(12):
                kinds = ("image/jpeg", "application/pdf", "video/mp4", "audio/mp4")
                AttachmentFactory(case.files_id, f"bukti-{number}", media_type=kinds[number % 4])
            AttachmentFactory(tip.files_id, "papan.jpg")
            make_receipt("receipt", folder_of(case), case.ticket)
            assert isinstance(tip, InformationTip)
            assert tip.files_id is not None
            make_receipt("tip_receipt", tip.files_id, tip.ticket)
        self.case_id = case.id
        self._make()

    def _refused(self) -> None:
        """Asked to complete, completed, checked, refused: with the minutes of both."""
        with self._on("2026-10-13T09:00+08:00"):
            case = bring_to(self._case(self.case_id), ComplaintState.FORMAL_VERIFICATION, self.team)
        items = {"items": ["F2", "F3", "F6", "F10"], "words": f"{ADVICE}\n\nFoto dari ponsel boleh."}
        paper = self._issued(
            case.id, "completion_request", items, day="2026-10-14", by=lambda: self.team.intake
        )
        with self._on("2026-10-16T10:00+08:00"):
            open_paper(paper)
            complete(self._case(case.id), "Saya kirim salinan KTP.", form_key="lengkap")
        with self._on("2026-11-19T10:00+08:00"):
            self._checked(self._case(case.id))
        self._issued(
            case.id, "refusal_notice",
            {"ground": "court_object", "words": REASONS, "advice": ADVICE, "copies": COPIES, **MEETING},
        )  # fmt: skip

    def _not_competent(self) -> None:
        case_id = self._at_plenary(confidentiality="confidential")
        agency = "Dinas Tenaga Kerja dan Transmigrasi Provinsi Sulawesi Barat, Bidang Hubungan Industrial"
        said = {"words": REASONS, "agency": agency, "advice": ADVICE, "copies": COPIES, **MEETING}
        self._issued(case_id, "not_competent_notice", said)

    def _transferred(self) -> None:
        case_id = self._at_plenary(narrative=LONG)
        with self._on(FIRST_DAY):
            to_office = db.session.scalars(
                select(RepresentativeOffice.id).where(RepresentativeOffice.code == "KPG")
            ).one()
        said = {"to_office": str(to_office), "words": REASONS, "copies": COPIES, **MEETING}
        self._issued(case_id, "transfer_notice", said)

    def _withdrawn(self) -> None:
        with self._on(FIRST_DAY):
            case = CaseFactory(ComplaintState.MATERIAL_VERIFICATION, self.team, narrative=LONG)
        with self._on("2026-10-15T10:00+08:00"):
            ask_for_withdrawal(self._case(case.id), "Klaim saya sudah dibayar kemarin.", form_key="cabut")
        with self._on("2026-10-16T11:00+08:00"):
            held = self._case(case.id)
            confirm_withdrawal(held, REASONS, version=held.version, actor=self.team.intake)
        self._make()

    def _respondent_asked(self) -> None:
        """Asked twice by the examiner: the first request stayed without an answer."""
        asked = {"summary": f"{SUMMARY}\n\n{SUMMARY}", "questions": QUESTIONS, "copies": COPIES}
        with self._on(FIRST_DAY):
            case = examined(self.team, narrative=LONG, confidentiality="confidential")
        for kind, day in ((FIRST_REQUEST, "2026-10-13"), (SECOND_REQUEST, "2026-11-02")):
            paper = self._issued(case.id, kind, asked, day=day, drafter=lambda: self.team.examiner)
            with self._on(f"{day}T15:00+08:00"):
                received(paper, self.team.examiner)

    def _reported(self) -> None:
        """A confidential case whose report found something; one under the older rules told what was found."""
        with self._on(FIRST_DAY):
            case = under_review(self.team, narrative=LONG, confidentiality="confidential")
        with self._on("2026-11-16T10:00+08:00"):
            draft = put_forward(
                self._case(case.id), self.team, Conclusion.FOUND, *REPORT_ACTIONS, texts=REPORT_TEXTS
            )
            held = db.session.get_one(Document, draft.id, populate_existing=True)
            issue(held, version=held.version, actor=self.team.head)
        self._make()
        with self._on(FIRST_DAY):
            older = legacy_case(self.team)
        told = {"words": REASONS}
        self._issued(older.id, INTERIM_NOTICE, told, drafter=lambda: self.team.examiner)

    def _finding_unanswered(self) -> None:
        """A finding that its office opened and never answered: each step of the ladder."""
        with self._on(FOUND):
            finding_id = FindingFactory(FindingState.SENT).id
        self._make()
        for rung, day in RUNG_DAYS.items():
            with self._on(f"{day}T09:00+08:00"):
                assert propose_rungs() == 1
                finding = db.session.get_one(Finding, finding_id)
                step = db.session.scalars(select(LadderStep).where(LadderStep.rung == rung)).one()
                release_rung(step, ReleaseInput(WORDS), version=finding.version, actor=self.team.head)
            self._make()
            if rung is Rung.SECOND_TERM:
                letter = self.of(RUNGS[rung].letter)
                with self._on(f"{day}T15:00+08:00"):
                    received(letter, self.team.head)

    def _case_forwarded(self) -> None:
        """A compliance case that went to the branch."""
        with self._on("2026-11-18T09:00+08:00"):
            case = EmployerCaseFactory()
            keeper = person(Role.PREVENTION_ASSISTANT)
            verify_case(case, "Ditanyakan kepada kantor perizinan.", version=case.version, actor=keeper)
            forward(case, keeper, head=self.team.head)
        self._make()

    def _met(self) -> None:
        """A monitoring meeting: its invitation, and its minutes with a commitment."""
        with self._on("2026-11-17T08:00+08:00"):
            keeper = person(Role.PREVENTION_ASSISTANT)
            meeting = MeetingFactory(MeetingState.HELD, keeper=keeper, head=self.team.head)
            CommitmentFactory(meeting, keeper=keeper)
            conclude(meeting, keeper=keeper, head=self.team.head)
        self._make()

    def _acknowledged(self) -> None:
        """An office explained in the portal, late, and answered a finding; it asks for both proofs."""
        with self._on("2026-11-04T09:00+08:00"):
            letter = asked_letter(self.team)
            officer = person(Role.OFFICE_HEAD)
        with self._on("2026-11-20T16:40+08:00"):
            finding = FindingFactory(FindingState.RESPONDED)
            box = db.session.scalars(
                select(AnswerBox.files_id).where(AnswerBox.request_id == letter.id)
            ).one()
            for number in range(3):
                kinds = ("application/pdf", "image/jpeg")
                AttachmentFactory(box, f"bukti-{number}", media_type=kinds[number % 2])
            AttachmentFactory(finding.answers_id, "papan.jpg")
            given = OfficeAnswer(LONG, "B/214/KC-MMJ/XI/2026")
            answer = answer_request(letter.id, given, actor=officer)
            assert answer is not None
            acknowledge_answer(letter.id, answer.id, actor=officer)
            response = db.session.scalars(select(Response.id).where(Response.finding_id == finding.id)).one()
            acknowledge_response(finding, response, actor=person(Role.OFFICE_OFFICER))
        self._make()

    def _results(self) -> None:
        """A team is sent to an office; of another audit, published, come report, rapor and certificate."""
        with self._on("2026-11-20T11:00+08:00"):
            auditor, head = person(Role.AUDITOR), self.team.head
            planned = AuditFactory(AuditState.PLANNED, lead=auditor)
            published = audit_with_everything()
            drafts = [
                write_assignment(
                    planned, subject="Penugasan audit Mamuju", words="Menilai loket.", actor=auditor
                ),
                write_report(published, actor=auditor),
            ]
            for draft in drafts:
                issue(draft, version=draft.version, actor=head)
            issue_result_papers(published, actor=head)
        self._make()

    def _audited(self) -> None:
        """An office was sent the draft of its audit, answered it, and asks for the proof."""
        with self._on("2026-11-20T10:00+08:00"):
            draft = answered_draft()
            audit = db.session.get_one(Audit, draft.id)
            acknowledge_responses(audit, actor=person(Role.OFFICE_HEAD))
        self._make()

    def _checked(self, case: Complaint) -> None:
        """Both checks, with reasons that stand in the minutes; one thing is left missing."""
        formal = all_met(FORMAL_ITEMS) | {"F5": CheckInput(Verdict.EXCEPTED, EXCEPTED)}
        finish_formal_verification(case, formal, version=case.version, actor=self.team.intake)
        material = all_met(MATERIAL_ITEMS) | {AGAINST: CheckInput(Verdict.MISSING, BEFORE_COURT)}
        put_to_plenary(case, material, version=case.version, actor=self.team.intake)

    def _at_plenary(self, **given: str) -> int:
        with self._on(FIRST_DAY):
            case = CaseFactory(ComplaintState.PLENARY_DECISION, self.team, **given)
        return case.id

    def _issued(
        self, case_id: int, kind: str, answers: dict[str, object], *, day: str = "2026-11-20",
        by: Callable[[], Actor] | None = None, drafter: Callable[[], Actor] | None = None,
    ) -> Document:  # fmt: skip
        """Drafted by intake if nobody else is named, approved by the head, issued, made by its job."""
        with self._on(f"{day}T09:00+08:00"):
            case = self._case(case_id)
            subject = f"Pemberitahuan atas laporan {case.registration_number}"
            writer = (drafter or (lambda: self.team.intake))()
            draft = write_draft(kind, folder_of(case), subject=subject, answers=answers, actor=writer)
            if by is None:
                approve(draft, version=draft.version, actor=self.team.head)
            held = db.session.get_one(Document, draft.id)
            issue(held, version=held.version, actor=(by or (lambda: self.team.head))())
            number = draft.id
        self._make()
        with self.app.app_context():
            found = db.session.get_one(Document, number)
            db.session.expunge_all()
            return found

    def _make(self) -> None:
        with renderer_of(self.app):
            assert set(make_all(self.app)) == {JobState.DONE}

    def _case(self, case_id: int) -> Complaint:
        return db.session.scalars(select(Complaint).where(Complaint.id == case_id)).one()
