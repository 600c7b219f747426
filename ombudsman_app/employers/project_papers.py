"""The words that are proposed for a finding to the agency. Indonesian always: the agency reads them."""

from flask_babel import force_locale

from ombudsman_app.web.formats import day, rupiah

from .commands.projects import OwnerFindingInput
from .projects.rules import REGISTRATION, WHO_LEGAL
from .projects.verdict import Timing
from .queries.projects import ProjectPage


def proposed_finding(page: ProjectPage) -> OwnerFindingInput:
    """Say what was found of a project, by its verdict, and what the agency should do."""
    with force_locale("id"):
        return OwnerFindingInput(_summary(page), _description(page), _rule(), _suggestion())


def _summary(page: ProjectPage) -> str:
    what = {
        Timing.UNREGISTERED: "Proyek belum didaftarkan pada BPJS Ketenagakerjaan",
        Timing.LATE: "Proyek terlambat didaftarkan pada BPJS Ketenagakerjaan",
    }.get(page.verdict.timing, "Proyek didaftarkan di bawah nilai kontrak")
    return f"{what}: {page.project.package}"[:200]


def _description(page: ProjectPage) -> str:
    project, verdict = page.project, page.verdict
    said = [
        f"Paket {project.package}, nomor kontrak {project.contract_number}, dimiliki {project.owner.name}"
        f" dan dibiayai {project.fund_source.value}."
    ]
    if project.spk_on and project.due_on:
        said.append(
            f"SPK terbit pada {day(project.spk_on)}; tenggat pendaftaran {REGISTRATION.length} hari kerja"
            f" berakhir pada {day(project.due_on)}."
        )
    if verdict.timing is Timing.UNREGISTERED:
        said.append(f"Sampai {day(page.today)} proyek ini belum didaftarkan, terlambat {verdict.days} hari.")
    if project.registered_on:
        said.append(f"Proyek ini didaftarkan pada {day(project.registered_on)}.")
    if verdict.timing is Timing.LATE:
        said.append(f"Pendaftaran itu terlambat {verdict.days} hari.")
    if verdict.missing and project.registered_value is not None and project.current_net is not None:
        said.append(
            f"Nilai yang didaftarkan {rupiah(project.registered_value)}, sedangkan nilai kontrak tanpa PPN"
            f" {rupiah(project.current_net)}."
        )
    return " ".join(said)


def _rule() -> str:
    return f"{WHO_LEGAL} dan {REGISTRATION.article}, sebagaimana diganti Permenaker 5/2021"[:300]


def _suggestion() -> str:
    return (
        "Pastikan penyedia jasa mendaftarkan proyek ini dan seluruh pekerjanya pada BPJS Ketenagakerjaan, "
        "dan jadikan bukti pendaftaran sebagai syarat sebelum pekerjaan dimulai dan sebelum pembayaran."
    )
