"""Invented papers of all kinds, short and long: what the bench draws and the tests look at."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from ombudsman_app.documents.paper import Paper, verify_address_of

KINDS = (
    *("receipt", "tip_receipt", "completion_request", "refusal_notice", "not_competent_notice"),
    *("transfer_notice", "plenary_minutes", "closing_notice", "closing_minutes"),
    *("clarification_request_first", "clarification_request_second"),
)
SUBJECTS = {
    "receipt": "Tanda terima laporan",
    "tip_receipt": "Tanda terima informasi",
    "completion_request": "Permintaan kelengkapan laporan",
    "refusal_notice": "Pemberitahuan penolakan laporan",
    "not_competent_notice": "Pemberitahuan tidak berwenang",
    "transfer_notice": "Pemberitahuan pelimpahan laporan",
    "plenary_minutes": "Berita acara rapat",
    "closing_notice": "Pemberitahuan penutupan laporan",
    "closing_minutes": "Berita acara penutupan laporan",
    "clarification_request_first": "Permintaan penjelasan atas laporan",
    "clarification_request_second": "Permintaan penjelasan kedua atas laporan",
}
MANY_FILES = 40
_CODE = "7k2m9xq4v8r3tjw6hz5npc1dbg"
_AT = datetime(2026, 11, 26, 6, 5, tzinfo=UTC)
_ON = date(2026, 11, 26)
_RECEIVED = date(2026, 11, 12)
_RESPONDENT = "BPJS Ketenagakerjaan Kantor Cabang Mamuju"
_WORDS = (
    "Laporan ini kami baca pada tanggal 13 November 2026. Dari uraian dan berkas yang dikirim, kami memahami "
    "bahwa permohonan klaim Jaminan Hari Tua telah diajukan di loket dan belum memperoleh jawaban tertulis."
    "\n\n"
    "Kami telah membandingkan tanggal pengajuan, tanda terima loket, dan standar pelayanan yang diumumkan di "
    "kantor tersebut. Keterangan petugas loket dicatat dalam berkas laporan."
)


def template_of(kind: str) -> str:
    return f"complaints/pdf/{kind}.html"


def sample_paper(kind: str, public_url: str, *, is_draft: bool = False, is_demo: bool = False) -> Paper:
    """Return what surrounds the words of an invented paper."""
    code = "" if is_draft else _CODE
    is_letter = "notice" in kind or "request" in kind
    return Paper(
        number="" if is_draft else "B/0045/LM.03/0012.2026/MAM/XI/2026",
        subject=SUBJECTS[kind],
        issued_on=None if is_draft else _ON,
        place="Mamuju",
        institution_name="Ombudsman Republik Indonesia",
        office_name="Perwakilan Provinsi Sulawesi Barat",
        office_address="Jalan Contoh Nomor 1, Mamuju, Sulawesi Barat",
        office_contacts=("surat@perwakilan.contoh", "lapor.contoh"),
        time_zone="Asia/Makassar",
        code=code,
        verify_address=verify_address_of(public_url, code),
        is_draft=is_draft,
        is_demo=is_demo,
        signer_name="Rahmat Contoh" if is_letter else "",
        signer_role="Kepala Perwakilan Ombudsman RI Provinsi Sulawesi Barat" if is_letter else "",
        copies=("Kepala Keasistenan Penerimaan dan Verifikasi Laporan",) if is_letter else (),
    )


def sample_letter(kind: str, *, is_long: bool = False) -> dict[str, Any]:
    """Return what an invented paper says: the shortest that may be, or one of several pages."""
    return {"receipt": _receipt, "tip_receipt": _tip, "plenary_minutes": _plenary}.get(kind, _of_letter)(
        kind, is_long
    )


def _receipt(_kind: str, is_long: bool) -> dict[str, Any]:
    return {
        **_tip("", is_long),
        "due_on": date(2026, 12, 10) if is_long else None,
        "due_words": "pemberitahuan apakah laporan sudah lengkap" if is_long else None,
        "confidentiality": "Dirahasiakan" if is_long else "Terbuka bagi kantor yang dilaporkan",
    }


def _tip(_kind: str, is_long: bool) -> dict[str, Any]:
    return {
        "ticket": "MAM-2026-7K3Q9XWA-5",
        "received_at": _AT,
        "respondent": _RESPONDENT if is_long else None,
        "substance": "Klaim Jaminan Hari Tua (JHT)",
        "statement_sha256": _fingerprint("statement"),
        "statement_characters": 1_428,
        "files": [_file(number) for number in range(1, MANY_FILES + 1)] if is_long else [],
        "as_of_at": _AT,
    }


def _file(number: int) -> dict[str, Any]:
    return {
        "number": number,
        "media": "Gambar" if number % 3 else "Dokumen PDF",
        "size_bytes": 81_920 * number,
        "sha256": _fingerprint(f"file {number}"),
        "added_at": _AT,
    }


def _fingerprint(word: str) -> str:
    return sha256(word.encode()).hexdigest()


def _case(is_long: bool) -> dict[str, Any]:
    return {
        "ticket": "MAM-2026-7K3Q9XWA-5",
        "registration_number": "0012/LM/XI/2026/MAM",
        "received_on": _RECEIVED,
        "respondent": _RESPONDENT if is_long else None,
        "words": "\n\n".join([_WORDS] * (8 if is_long else 1)),
    }


def _of_letter(kind: str, is_long: bool) -> dict[str, Any]:
    advice = "Anda dapat meminta jawaban tertulis dari kantor itu, lalu melapor kembali kepada kami."
    parts: dict[str, dict[str, Any]] = {
        "completion_request": {
            "missing": [
                {"id": f"F{number}", "label": label, "legal": legal, "unverified": number > 5, "words": words}
                for number, (label, legal, words) in enumerate(_MISSING * (6 if is_long else 1), 1)
            ],
            "length": 30,
            "unit": "hari",
            "legal": "UU 37/2008 Pasal 25",
            "unverified": True,
            "follow_address": "lapor.contoh/lacak",
        },
        "refusal_notice": {
            "ground": {
                "label": "Pelapor belum menyampaikan keberatan kepada pihak yang dilaporkan",
                "legal": "UU 37/2008 Pasal 36 ayat (1)",
                "unverified": True,
            },
            "advice": advice if is_long else "",
        },
        "not_competent_notice": {
            "advice": [
                {"agency": "Dinas Tenaga Kerja Provinsi Sulawesi Barat", "words": advice},
                {"agency": "Pengawas Ketenagakerjaan", "words": ""},
            ][: 2 if is_long else 1],
        },
        "transfer_notice": {
            "to_office": {
                "name": "Ombudsman RI Perwakilan Provinsi Nusa Tenggara Timur",
                "address": "Kupang" if is_long else None,
                "contacts": ("lapor.contoh",),
            },
        },
        "closing_notice": {
            "outcome": "Diselesaikan Terlapor pada tahap pemeriksaan",
            "advice": advice if is_long else "",
        },
        "closing_minutes": {
            "closed_on": _ON,
            "outcome": "Diselesaikan Terlapor pada tahap pemeriksaan",
            "steps": [{"happened_on": _RECEIVED, "words": "Laporan diterima"}] * (60 if is_long else 2),
            "officers": _PEOPLE[: 3 if is_long else 1],
        },
        "clarification_request_first": _request(is_long),
        "clarification_request_second": _request(is_long)
        | {"first": {"number": "B/0017/LM.08/0012.2026/MAM/XI/2026", "issued_on": _RECEIVED}},
    }
    return {**_case(is_long), **parts[kind]}


def _request(is_long: bool) -> dict[str, Any]:
    asked = "Sejak kapan berkas permohonan dinyatakan lengkap, dan apa yang masih menghalangi keputusannya?"
    return {
        "is_confidential": not is_long,
        "received_on": _RECEIVED if is_long else None,
        "addressee": {"name": _RESPONDENT, "address": "Jalan Contoh 2, Mamuju" if is_long else ""},
        "summary": "\n\n".join([_WORDS] * (8 if is_long else 1)),
        "questions": [asked] * (12 if is_long else 1),
        "length": 14,
        "unit": "hari kalender",
        "legal": "UU 37/2008 Pasal 33(1)-(2)",
        "unverified": True,
        "first": None,
    }


def _plenary(_kind: str, is_long: bool) -> dict[str, Any]:
    checks = [
        {"id": f"F{number}", "label": label, "verdict": "Terpenuhi", "reason": words}
        for number, (label, _legal, words) in enumerate(_MISSING * (5 if is_long else 1), 1)
    ]
    case = _case(is_long)
    return {
        **case,
        "held_on": _ON,
        "place_words": "ruang rapat kantor perwakilan",
        "participants": _PEOPLE * (4 if is_long else 1),
        "formal": checks,
        "material": checks if is_long else [],
        "considerations": case["words"] if is_long else "",
        "decision": "Laporan diterima dan dilanjutkan ke tahap pemeriksaan.",
        "examiner": "Sari Contoh" if is_long else None,
    }


_MISSING = [
    ("Salinan identitas (KTP/paspor/KITAP)", "Peraturan Ombudsman (verifikasi formil)", ""),
    (
        "Bukti bahwa Terlapor atau atasannya sudah diberi tahu",
        "UU 37/2008 Pasal 24 ayat (1) huruf c",
        "Cukup tanggal, tempat, dan nama petugas yang Anda temui.",
    ),
]
_PEOPLE = [
    {"name": "Rahmat Contoh", "role": "Kepala Perwakilan"},
    {"name": "Sari Contoh", "role": "Asisten Pemeriksaan"},
    {"name": "Made Contoh", "role": "Asisten Penerimaan dan Verifikasi Laporan"},
]
