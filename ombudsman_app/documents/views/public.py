"""/verifikasi: is this paper genuine? By its code, by the file itself (it stays on the phone), or offline."""

from contextlib import suppress
from dataclasses import dataclass

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core import throttle
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.sealing import as_crockford
from ombudsman_app.core.signatures import (
    OfficeCertificate,
    SigningNotPossible,
    office_certificate,
    record_keys,
)
from ombudsman_app.documents.asking import CODE_LETTERS, CodeForm, FileForm
from ombudsman_app.documents.genuine import Answer, Status
from ombudsman_app.documents.marks import PREFIX
from ombudsman_app.documents.registers import DatabaseRegister, export
from ombudsman_app.web.access import policy
from ombudsman_app.web.client import client_address
from ombudsman_app.web.downloads import download

bp = Blueprint("documents", __name__, url_prefix="/verifikasi")
REGISTER_NAME = "daftar-surat.register"
HASH_COMMANDS = ("sha256sum surat.pdf", "shasum -a 256 surat.pdf", "Get-FileHash surat.pdf")


@dataclass(frozen=True)
class Asked:
    """What an answer is about: a code, or the fingerprint of a file. One of the two is empty."""

    code: str = ""
    sha256: str = ""


@bp.route("")
@policy("public")
def start() -> ResponseReturnValue:
    """Ask for code or file. A code leads to its answer."""
    form = CodeForm(request.args if "kode" in request.args else None)
    if "kode" not in request.args:
        return _start(form, FileForm(None))
    if form.validate():
        return redirect(url_for(".answer", code=form.code), 303)
    return _start(form, FileForm(None)), 422


@bp.route("/berkas")
@policy("public")
def file() -> ResponseReturnValue:
    """Answer about a file, by its fingerprint; `tanda` is what the browser found in it. ≤ 2 statements."""
    form = FileForm(request.args)
    if not form.validate():
        return _start(CodeForm(None), form), 422
    throttle.check("verification", address=client_address())
    register = _register()
    known = register.by_hash(form.sha256)
    mark = request.args.get("tanda", "")
    if known is not None:
        answer = Answer(known.status, known)
    elif mark:
        answer = Answer(Status.ALTERED, register.by_code(as_crockford(mark)[:CODE_LETTERS]))
    else:
        answer = Answer(Status.UNKNOWN)
    return _answer(answer, Asked(sha256=form.sha256))


@bp.route("/<string:code>")
@policy("public")
def answer(code: str) -> ResponseReturnValue:
    """Answer about a code; what never went out looks as if it did not exist (RP4). 1 statement."""
    throttle.check("verification", address=client_address())
    typed = as_crockford(code)[:CODE_LETTERS]
    known = _register().by_code(typed)
    return _answer(Answer(known.status, known) if known else Answer(Status.UNKNOWN), Asked(code=typed))


@bp.route("/cara")
@policy("public")
def how() -> ResponseReturnValue:
    """Tell how to verify without us: keys, register, commands."""
    keys = record_keys().public
    pinned = f"--key {keys[0].id} " if keys else ""
    return render_template(
        "documents/public/how.html",
        keys=keys,
        certificate=_certificate(),
        hash_commands=HASH_COMMANDS,
        verify_command=f"ombudsman documents verify --register {REGISTER_NAME} {pinned}surat.pdf",
    )


@bp.route("/daftar")
@policy("public")
def register() -> ResponseReturnValue:
    """Hand out the signed register. 1 statement."""
    throttle.check("register", address=client_address())
    settings: Settings = current_app.extensions["settings"]
    content = export(_register(), record_keys(), address=settings.public_url)
    return download(content, name=REGISTER_NAME, media_type="application/json")


def _start(code: CodeForm, given: FileForm) -> str:
    return render_template(
        "documents/public/start.html", form=code, file_form=given, certificate=_certificate(), prefix=PREFIX
    )


def _answer(found: Answer, asked: Asked) -> tuple[str, int]:
    page = render_template(
        "documents/public/answer.html",
        found=found,
        known=found.known,
        status=found.status.value,
        asked=asked,
        certificate=_certificate(),
    )
    return page, 404 if found.status is Status.UNKNOWN else 200


def _register() -> DatabaseRegister:
    certificate = _certificate()
    return DatabaseRegister(
        db.session.execute, record_keys(), (certificate.public_key,) if certificate else ()
    )


def _certificate() -> OfficeCertificate | None:
    with suppress(SigningNotPossible):
        return office_certificate()
    return None
