"""/staff/documents: the register of papers, and one paper from approval to proof of receipt."""

from collections.abc import Mapping
from typing import Any

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from ombudsman_app.attachments.queries import files_of
from ombudsman_app.core.clock import today
from ombudsman_app.core.errors import MoveNotAllowed, NotVisible
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.core.produced import store
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.record import record_aside
from ombudsman_app.documents import commands, forms, queries
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.errors import NotDelivered, SecondPersonNeeded
from ombudsman_app.documents.formats import NOT_DELIVERED
from ombudsman_app.documents.kinds import document_kind, kinds
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.policies import is_second_person, may_return, waits_for_second_person
from ombudsman_app.documents.queries.page import VisibleDelivery
from ombudsman_app.documents.states import DOCUMENT, PROOF_MISSING_DAYS
from ombudsman_app.web.access import current_actor, policy
from ombudsman_app.web.downloads import download
from ombudsman_app.web.fields import VersionedForm
from ombudsman_app.web.paging import read_day_key, read_id

from .blueprint import bp


@bp.route("")
@policy("documents.register")
def register() -> ResponseReturnValue:
    """Papers of one's offices, the newest first. 3 statements with session and rights."""
    given = request.args
    if given.get("view") == "unproven":
        return _unproven(given)
    view, kind = given.get("view", ""), given.get("kind", "")
    chosen = queries.RegisterFilter(
        view=view if view in queries.REGISTER_VIEWS else "waiting",
        kind=kind if kind in {one.name for one in kinds()} else "",
        after=read_id(given.get("after")),
        before=read_id(given.get("before")),
    )
    page = queries.register_page(current_actor(), chosen)

    def address(**more: str) -> str:
        return url_for(".register", view=chosen.view, kind=chosen.kind or None, **more)  # type: ignore[arg-type]

    return render_template(
        "documents/staff/register.html",
        rows=page.items,
        chosen=chosen,
        kinds=kinds(),
        address=address,
        newer=address(before=page.previous_key) if page.previous_key else "",
        older=address(after=page.next_key) if page.next_key else "",
    )


def _unproven(given: Mapping[str, str]) -> ResponseReturnValue:
    """Letters that went out without a proof of receipt yet, the longest waiting first."""
    actor, asked = current_actor(), given.get("kind", "")
    kind = asked if asked in {one.name for one in kinds()} else ""
    after, before = read_day_key(given.get("after")), read_day_key(given.get("before"))
    page = queries.unproven_page(actor, today=today(actor.time_zone), kind=kind, after=after, before=before)

    def address(**more: str) -> str:
        return url_for(".register", view="unproven", kind=kind or None, **more)  # type: ignore[arg-type]

    return render_template(
        "documents/staff/unproven.html",
        rows=page.items,
        kind=kind,
        kinds=[one for one in kinds() if one.rule.needs_proof],
        days=PROOF_MISSING_DAYS,
        is_inside=after is not None or before is not None,
        sooner=address(before=page.previous_key) if page.previous_key else "",
        later=address(after=page.next_key) if page.next_key else "",
    )


@bp.route("/<int:document_id>")
@policy("documents.read", record=queries.visible_document)
def document(found: Document) -> ResponseReturnValue:
    """One paper: what it is, what is to be done, where it went. ≤ 10 statements."""
    return document_page(found)


def document_page(found: Document, status: int = 200, **changed: Any) -> Response:
    """Write the page of a paper; `changed` puts a form with its errors in the place of an empty one."""
    actor = current_actor()
    page = queries.document_page(found)
    shown: dict[str, Any] = {
        "page": page,
        "document": found,
        "job": shown_job(page.job) if page.job else None,
        "waits_for_second": waits_for_second_person(found),
        "is_second": is_second_person(actor, found),
        "version_form": VersionedForm(formdata=None, version=found.version),
        "may_return": may_return(actor, found) and "return" in DOCUMENT.open_events(found.state),
        "return_form": forms.ReturnForm(formdata=None, version=found.version),
        "send_form": _send_form(found, formdata=None),
        "revocation_form": forms.RevocationForm(formdata=None, version=found.version),
    }
    return make_response(render_template("documents/staff/document.html", **{**shown, **changed}), status)


def _send_form(found: Document, **given: Any) -> forms.SendForm:
    form = forms.SendForm(**given)
    form.offer(document_kind(found.kind).addressees)
    return form


def _back(found: Document) -> ResponseReturnValue:
    return redirect(url_for(".document", document_id=found.id))


@bp.route("/<int:document_id>/approve", methods=["POST"])
@policy("documents.issue", record=queries.visible_document)
def approve(found: Document) -> ResponseReturnValue:
    """Say as a second person that it may go."""
    commands.approve(found, version=VersionedForm().shown_version, actor=current_actor())
    flash(_("Approved. It gets its number when it is issued."))
    return _back(found)


@bp.route("/<int:document_id>/return", methods=["POST"])
@policy("documents.issue", record=queries.visible_document)
def send_back(found: Document) -> ResponseReturnValue:
    """Say as a second person what must change before it may go."""
    form, actor = forms.ReturnForm(), current_actor()
    if "return" not in DOCUMENT.open_events(found.state):
        raise MoveNotAllowed(state=str(found.state), event="return")
    if not may_return(actor, found):
        raise SecondPersonNeeded
    if not form.validate():
        return document_page(found, 422, return_form=form)
    commands.send_back(found, form.reason.data.strip(), version=form.shown_version, actor=actor)
    flash(_("The letter goes back to who wrote it."))
    return _back(found)


@bp.route("/<int:document_id>/issue", methods=["POST"])
@policy("documents.issue", record=queries.visible_document)
def issue(found: Document) -> ResponseReturnValue:
    """Let it go: number, day and what it tells of. Its pages follow in a moment."""
    commands.issue(found, version=VersionedForm().shown_version, actor=current_actor())
    flash(_("Issued. Its pages are drawn and signed now."))
    return _back(found)


@bp.route("/<int:document_id>/preview", methods=["POST"])
@policy("documents.order_preview", record=queries.visible_document)
def order_preview(found: Document) -> ResponseReturnValue:
    """Have a draft drawn as it would look."""
    return redirect(url_for(".preview", uuid=commands.order_preview(found, actor=current_actor())))


@bp.route("/previews/<uuid:uuid>")
@policy("documents.preview", record=queries.own_preview)
def preview(ordered: queries.PreviewOrder) -> ResponseReturnValue:
    """Show how far the drawing is, then where to fetch it."""
    return render_template("documents/staff/preview.html", ordered=ordered, job=shown_job(ordered.job))


@bp.route("/previews/<uuid:uuid>/file")
@policy("documents.preview", record=queries.own_preview)
def preview_file(ordered: queries.PreviewOrder) -> ResponseReturnValue:
    """Hand the drawing over, if it is still what was stored (FI7)."""
    drawn = ordered.file
    content = store.read(drawn.uuid, drawn.sha256) if drawn else None
    if drawn is None or content is None:
        raise NotVisible
    return download(content, name=drawn.saved_as, media_type=drawn.media_type)


@bp.route("/<int:document_id>/replacement", methods=["POST"])
@policy("documents.write", record=queries.visible_document)
def replace(found: Document) -> ResponseReturnValue:
    """Begin a letter that takes the place of one that is out."""
    draft = commands.begin_replacement(found, actor=current_actor())
    flash(_("The words of the earlier letter stand in the new draft. Mend them, then have it issued."))
    return redirect(url_for(".document", document_id=draft.id))


@bp.route("/<int:document_id>/again", methods=["POST"])
@policy("documents.issue", record=queries.visible_document)
def make_again(found: Document) -> ResponseReturnValue:
    """Ask once more for pages that could not be made."""
    commands.make_again(found, actor=current_actor())
    return _back(found)


@bp.route("/<int:document_id>/discard", methods=["POST"])
@policy("documents.write", record=queries.visible_document)
def discard(found: Document) -> ResponseReturnValue:
    """Throw a draft away."""
    commands.discard(found, version=VersionedForm().shown_version, actor=current_actor())
    flash(_("The draft is thrown away."))
    return redirect(url_for(".register"))


@bp.route("/<int:document_id>/file")
@policy("documents.read", record=queries.visible_document)
def file(found: Document) -> ResponseReturnValue:
    """Hand over the signed PDF, if it is still what was signed."""
    content = bytes_of(found)
    if content is None:
        raise NotVisible
    name = f"{found.number or found.kind}.pdf"
    record_aside(Event.DOCUMENTS_FETCHED, "document", found.id, actor=current_actor())
    return download(content, name=name, media_type="application/pdf")


@bp.route("/<int:document_id>/deliveries", methods=["POST"])
@policy("documents.handle", record=queries.visible_document)
def send(found: Document) -> ResponseReturnValue:
    """Note another way that it took."""
    form = _send_form(found)
    if not found.is_out:
        raise MoveNotAllowed(state=str(found.state), event="send")
    if not form.validate():
        return document_page(found, 422, send_form=form)
    try:
        addressees = document_kind(found.kind).addressees
        commands.send(found, form.to_input(addressees), actor=current_actor())
    except NotDelivered as refused:
        form.sent_on.errors = [NOT_DELIVERED[refused.details["why"]]]
        return document_page(found, 422, send_form=form)
    flash(_("Noted. The time limit starts when its receipt is proven."))
    return _back(found)


@bp.route("/<int:document_id>/deliveries/<int:delivery_id>/proof", methods=["GET", "POST"])
@policy(
    "documents.prove",
    record=queries.visible_delivery,
)
def prove(found: VisibleDelivery) -> ResponseReturnValue:
    """Keep what proves that it arrived."""
    form = forms.ProofForm()
    files = [(line.uuid, line.name) for line in files_of(found.document.folder)]
    form.offer(found.delivery.channel, files)
    if not form.is_submitted() or not form.validate():
        return _proof_page(found, form, 422 if form.is_submitted() else 200)
    try:
        commands.prove(found.delivery, form.to_input(), actor=current_actor())
    except NotDelivered as refused:
        field = form.file if refused.details["why"] in ("file", "file_needed") else form.delivered_on
        field.errors = [NOT_DELIVERED[refused.details["why"]]]
        return _proof_page(found, form, 422)
    flash(_("The receipt is proven. What waited for it runs now."))
    return _back(found.document)


def _proof_page(found: VisibleDelivery, form: forms.ProofForm, status: int) -> Response:
    page = render_template(
        "documents/staff/proof.html", document=found.document, delivery=found.delivery, form=form
    )
    return make_response(page, status)


@bp.route("/<int:document_id>/revocation", methods=["POST"])
@policy("documents.ask_revocation", record=queries.visible_document)
def ask_revocation(found: Document) -> ResponseReturnValue:
    """Ask the head to take it back."""
    form = forms.RevocationForm()
    if "revoke" not in DOCUMENT.open_events(found.state):
        raise MoveNotAllowed(state=str(found.state), event="revoke")
    if not form.validate():
        return document_page(found, 422, revocation_form=form)
    commands.ask_revocation(
        found, form.reason.data.strip(), version=form.shown_version, actor=current_actor()
    )
    flash(_("The head of the office decides about it."))
    return _back(found)


@bp.route("/<int:document_id>/revoke", methods=["POST"])
@policy("documents.revoke", record=queries.visible_document, fresh=True)
def revoke(found: Document) -> ResponseReturnValue:
    """Take it back, or decide that it stays."""
    form = VersionedForm()
    act = commands.keep if request.form.get("decision") == "keep" else commands.revoke
    act(found, version=form.shown_version, actor=current_actor())
    return _back(found)
