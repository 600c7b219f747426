"""A letter carries the signature of the office: any reader checks it, and it stays readable for everybody."""

import io
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509
from flask import Flask
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.signatures import SigningNotPossible, office_certificate
from ombudsman_app.documents import marks
from ombudsman_app.documents.pades import sign_pdf

from ..factories.certificates import OFFICE, issue, keep
from ..factories.letters import ADDRESS, code, drawn, signed


def checked(content: bytes, root: bytes | None = None) -> PdfSignatureStatus:
    """Check it as a reader does that knows the authority and has no network."""
    given = root or office_certificate().chain[-1]
    context = ValidationContext(trust_roots=[x509.Certificate.load(given)], allow_fetching=False)
    [signature] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    return validate_pdf_signature(signature, context)


def test_given_a_signed_letter_when_a_reader_checks_it_then_nothing_was_changed(in_app: Flask) -> None:
    status = checked(signed(code()))

    assert (status.intact, status.valid, status.trusted, status.bottom_line) == (True, True, True, True)
    assert status.modification_level is ModificationLevel.NONE
    assert status.coverage is SignatureCoverageLevel.ENTIRE_FILE


def test_given_the_certificate_of_the_office_then_it_signs(in_app: Flask, tmp_path: Path) -> None:
    given = issue()
    path = keep(tmp_path / "kantor.pem", given.key_pem + given.chain_pem)
    in_app.extensions["settings"] = replace(in_app.extensions["settings"], certificate=path)

    status = checked(signed(code()))

    assert status.bottom_line
    assert status.signing_cert.subject.native == {"common_name": OFFICE}


def test_given_an_expired_certificate_then_nothing_is_signed(in_app: Flask) -> None:
    with stopped_at(now() + timedelta(days=30 * 365)), pytest.raises(SigningNotPossible):
        signed(code())


def test_the_signature_says_when_and_where_it_is_verified(in_app: Flask) -> None:
    own, at = code(), datetime(2026, 11, 20, 3, tzinfo=UTC)
    content = sign_pdf(drawn(), code=own, address=ADDRESS + own, at=at, office="Kantor Contoh")
    [signature] = PdfFileReader(io.BytesIO(content)).embedded_signatures

    assert signature.self_reported_timestamp == at
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/Location"] == "Kantor Contoh"
    assert ADDRESS + own in signature.sig_object["/ContactInfo"]


def test_given_a_signed_letter_then_readers_for_the_blind_still_know_its_structure(in_app: Flask) -> None:
    content = signed(code())
    with pikepdf.open(io.BytesIO(content)) as paper:
        kinds = {
            str(thing.S) for thing in paper.objects if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        }
        assert paper.Root.MarkInfo.Marked
        assert str(paper.Root.Lang) == "id"
        assert {"/H1", "/Table", "/TH"} <= kinds
        assert paper.pdf_version == "1.7"
        assert "/Version" not in paper.Root
        with paper.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
        page = paper.pages[0]
        [field] = page.Annots
        assert page.Tabs == "/S"
        assert field.F & 2  # hidden: it stands outside the structure
        assert list(field.Rect) == [0, 0, 0, 0]
        assert str(field.TU)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not here")
def test_given_a_signed_letter_then_its_objects_are_sound(in_app: Flask, tmp_path: Path) -> None:
    path = tmp_path / "surat.pdf"
    path.write_bytes(signed(code()))

    said = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stdout + said.stderr


def test_given_a_letter_then_our_mark_stands_in_front_and_in_the_signature(in_app: Flask) -> None:
    own = code()
    content = signed(own)
    places = [content.find(marks.mark_of(own).encode())]
    while (place := content.find(marks.mark_of(own).encode(), places[-1] + 1)) >= 0:
        places.append(place)

    assert len(places) >= 3
    assert places[0] < 64
    assert marks.codes_in(content) == (own,)


@pytest.mark.parametrize(
    "wrong", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n", b"x" * 200]
)
def test_given_bytes_that_our_renderer_did_not_draw_then_they_are_not_signed(
    in_app: Flask, wrong: bytes
) -> None:
    with pytest.raises(marks.NotOurs):
        sign_pdf(wrong, code=code(), address=ADDRESS, at=now())


@pytest.mark.parametrize("paragraphs", [0, 3, 400])
def test_given_a_letter_of_any_length_then_the_mark_in_front_breaks_nothing(paragraphs: int) -> None:
    content = drawn(paragraphs=paragraphs)
    marked = marks.marked_in_front(content, "7K3Q9XWA7K3Q9XWA7K3Q9XWA7K")
    with pikepdf.open(io.BytesIO(content)) as before, pikepdf.open(io.BytesIO(marked)) as after:
        assert len(before.pages) == len(after.pages)
        assert len(before.objects) == len(after.objects)
        assert before.get_warnings() == after.get_warnings() == []


def test_given_the_same_letter_drawn_twice_then_each_signature_is_of_its_own(in_app: Flask) -> None:
    """An attempt that died leaves nothing behind: the next one signs anew, and both are sound."""
    own, content = code(), drawn()

    assert signed(own, content) != signed(own, content)
    assert checked(signed(own, content)).bottom_line
