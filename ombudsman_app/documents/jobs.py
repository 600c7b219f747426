"""Papers are drawn and signed while nobody waits."""

from datetime import timedelta

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.pdf import draw

from . import commands
from .freezing import thawed
from .kinds import document_kind
from .models import Document
from .queries import visible_document
from .states import ISSUE_ALL, MAKE, PREVIEW

_DAY_SECONDS = 24 * 3600


@job(MAKE, N_("Draw and sign a letter"), time_limit_seconds=180)
def make(work: Work) -> None:
    """Draw the pages from what was frozen, sign them, store them. Again or half: the paper is made once."""
    document = commands.to_be_made(int(work.arguments["document"]))
    if document is None:
        return
    work.progress(N_("Drawing the pages"), 0, 2)
    content, pages = signed_pages(document)
    work.progress(N_("Putting it away"), 1, 2)
    commands.keep_pages(document, content, pages, work)


@job(ISSUE_ALL, N_("Issue all approved letters"), time_limit_seconds=_DAY_SECONDS)
def issue_all(work: Work) -> None:
    """Issue and make every approved letter of an office, one by one: stopped or killed, it goes on there."""
    office_id = int(work.arguments["office"])
    waiting = commands.approved_letters(office_id)
    refused = 0
    for done, document_id in enumerate(waiting):
        work.progress(N_("Issuing letters"), done, len(waiting))
        refused += bool(commands.issue_next(document_id, actor=work.actor))
        document = commands.to_be_made(document_id)
        if document is not None:
            content, pages = signed_pages(document)
            commands.keep_pages(document, content, pages, work, is_last=False)
        db.session.remove()  # a thousand letters need no more memory than one
    work.finish(letters=len(waiting) - refused, refused=refused)


def signed_pages(document: Document) -> tuple[bytes, int]:
    """Return the signed PDF of a paper that has its number, and how many pages it has."""
    from .pades import sign_pdf  # the signing library is for those who sign: no web process needs it

    kind = document_kind(document.kind)
    letter, paper = thawed(document.content or {})
    drawn = draw(
        kind.template,
        assets={},
        variant=kind.rule.variant,
        language=document.language,
        letter=letter,
        paper=paper,
    )
    crash_point("documents.make.drawn")
    signed = sign_pdf(
        drawn.content,
        code=paper.code,
        address=paper.verify_address,
        office=paper.whole_office_name,
        at=now(),
    )
    crash_point("documents.make.signed")
    return signed, drawn.pages


@job(PREVIEW, N_("Draw a draft"), time_limit_seconds=120)
def preview(work: Work) -> None:
    """Draw a draft with the rights of this moment, marked on every page, and keep it for a day."""
    document = visible_document(work.actor, int(work.arguments["document"]))
    if document is None:
        raise NotVisible
    work.progress(N_("Drawing the pages"), 0, 2)
    kind = document_kind(document.kind)
    letter, paper = thawed(commands.content_of_draft(document, work.actor))
    drawn = draw(kind.template, assets={}, language=document.language, letter=letter, paper=paper)
    work.progress(N_("Putting it away"), 1, 2)
    keep(work, drawn.content, name=f"konsep-{document.id}.pdf", media_type="application/pdf")


@periodic("documents.sweep", N_("Remove pages that no letter names"), every=timedelta(days=1))
def sweep(work: Work) -> None:
    """Remove what a died attempt left behind."""
    work.progress(N_("Removing pages that no letter names"), commands.sweep_archive())
