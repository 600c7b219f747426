"""What surrounds the words of a paper comes from the record and its office; frozen content lives again."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from ombudsman_app.core.db import db
from ombudsman_app.directory.models import RepresentativeOffice, Verified
from ombudsman_app.documents.paper import contacts_of, paper_of, place_of, revived

URL = "https://lapor.contoh:8443/"
CODE = "7k2m9xq4v8r3tjw6hz5npc1dbg"


@dataclass(frozen=True)
class Row:
    """The columns that a paper shows."""

    number: str | None = "B/0045/LM.03/0012.2026/MAM/XI/2026"
    subject: str = "Permintaan kelengkapan laporan"
    issued_on: date | None = date(2026, 11, 26)
    code: str | None = CODE


@pytest.fixture
def offices(app: Flask):
    with app.app_context():
        found = db.session.scalars(
            select(RepresentativeOffice).options(
                joinedload(RepresentativeOffice.region), joinedload(RepresentativeOffice.institution)
            )
        )
        yield {office.code: office for office in found}


def test_given_an_issued_row_when_put_on_paper_then_all_stands_where_it_belongs(offices):
    paper = paper_of(
        Row(), offices["MAM"], public_url=URL, is_demo=False, signer=("Rahmat", "Kepala"), copies=("Arsip",)
    )
    assert paper.whole_office_name == "Ombudsman Republik Indonesia Perwakilan Provinsi Sulawesi Barat"
    assert (paper.place, paper.zone) == ("Mamuju", "WITA")
    assert paper.spaced_code == "7k2m 9xq4 v8r3 tjw6 hz5n pc1d bg"
    assert paper.verify_address == f"https://lapor.contoh:8443/verifikasi/{CODE}"
    assert paper.short_verify_address == "lapor.contoh:8443/verifikasi"
    assert paper.verify_address in paper.qr
    assert not paper.is_draft
    assert paper.copies == ("Arsip",)


def test_given_a_draft_when_put_on_paper_then_nothing_can_be_taken_for_genuine(offices):
    row = Row(number=None, issued_on=None, code=None)
    paper = paper_of(row, offices["KPG"], public_url=URL, is_demo=True, signer=("", ""))
    assert paper.is_draft
    assert (paper.number, paper.code, paper.spaced_code, str(paper.qr)) == ("", "", "", "")
    assert paper.place == "Kupang"


def test_given_a_number_that_nobody_checked_when_reached_then_it_is_left_out(offices):
    office = offices["BKL"]
    office.phone, office.email = "0736 000 000", "surat@contoh"
    office.contact_verified = Verified.UNVERIFIED
    assert contacts_of(office, URL) == ("surat@contoh", "lapor.contoh:8443")
    office.contact_verified = Verified.OFFICIAL
    assert contacts_of(office, URL)[0] == "0736 000 000"
    assert place_of(office) == "Bengkulu"


def test_given_frozen_content_when_revived_then_days_and_instants_are_themselves_again():
    content = {
        "ticket": "MAM-2026-7K3Q9XWA-5",
        "received_on": "2026-11-12",
        "closed_on": None,
        "as_of_at": "2026-11-26T06:05:00+00:00",
        "respondent": None,
        "files": [{"added_at": "2026-11-26T14:05:00+08:00", "number": 1}],
        "steps": [{"happened_on": "2026-11-12", "words": "2026-11-12"}],
        "to_office": {"opened_on": "2020-01-02"},
    }
    assert revived(content) == {
        "ticket": "MAM-2026-7K3Q9XWA-5",
        "received_on": date(2026, 11, 12),
        "closed_on": None,
        "as_of_at": datetime(2026, 11, 26, 6, 5, tzinfo=UTC),
        "respondent": None,
        "files": [
            {"added_at": datetime(2026, 11, 26, 14, 5, tzinfo=timezone(timedelta(hours=8))), "number": 1}
        ],
        "steps": [{"happened_on": date(2026, 11, 12), "words": "2026-11-12"}],
        "to_office": {"opened_on": date(2020, 1, 2)},
    }
    with pytest.raises(ValueError, match=r"isoformat|Invalid"):
        revived({"received_on": "yesterday"})
