"""The signature of the office inside a paper (PAdES, ETSI EN 319 142-1), put there after every other change.

Called in job attempts and on the command line only: the library takes 40 MiB that no web process needs. It
reads nothing but what our renderer has just drawn. A key inside a device (PKCS#11) would be another `Signer`
of the same library; it has one place here: `_signer`.
"""

from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import keys, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko_certvalidator.registry import SimpleCertificateStore

from ombudsman_app.core.signatures import OfficeCertificate, office_certificate

from .marks import mark_of, marked_in_front

FIELD = "Kantor"
# Hidden and without an area: a tagged paper (PDF/UA-1, 7.18.1) has no widget outside its structure.
_INVISIBLE = InvisSigSettings(set_print_flag=False, set_hidden_flag=True)


def sign_pdf(content: bytes, *, code: str, address: str, at: datetime, office: str = "") -> bytes:
    """Return the paper with its mark and the signature of the office. `address` is where it is verified.

    Any later change to the file breaks the signature: it certifies, and allows none. Raises
    SigningNotPossible, and NotOurs for bytes that our renderer did not draw.
    """
    certificate = office_certificate()
    writer = _Writer(BytesIO(marked_in_front(content, code)))
    _tab_in_order(writer)
    about = signers.PdfSignatureMetadata(
        field_name=FIELD,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=office or certificate.subject,
        location=office or None,
        reason=mark_of(code),
        contact_info=f"{address} {mark_of(code)}",
    )
    field = SigFieldSpec(FIELD, readable_field_name="Tanda tangan elektronik", invis_sig_settings=_INVISIBLE)
    signer = _SignerAt(about, _signer(certificate), at=at, new_field_spec=field)
    signed: BytesIO = signer.sign_pdf(writer)
    return signed.getvalue()


class _Writer(IncrementalPdfFileWriter):
    """Keeps the version that the paper claims: PDF/UA-1 is about PDF 1.7, newer things are extensions."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, (1, 7)))  # type: ignore[no-untyped-call]


class _SignerAt(signers.PdfSigner):
    """Signs at the instant it is told: only core/clock.py reads the clock."""

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self._at = at

    def init_signing_session(self, *args: Any, **more: Any) -> Any:
        session = super().init_signing_session(*args, **more)
        session.system_time = self._at
        return session


def _signer(certificate: OfficeCertificate) -> signers.Signer:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(x509.Certificate.load(der) for der in certificate.chain)
    return signers.SimpleSigner(
        signing_cert=x509.Certificate.load(certificate.der),
        signing_key=keys.PrivateKeyInfo.load(certificate.key_der),
        cert_registry=store,
    )


def _tab_in_order(writer: IncrementalPdfFileWriter) -> None:
    """Say on the page that gets the field that its order is that of the structure (PDF/UA-1, 7.18.3)."""
    page = writer.root["/Pages"]["/Kids"][0]
    if "/Tabs" not in page:
        page["/Tabs"] = generic.NameObject("/S")
        writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
