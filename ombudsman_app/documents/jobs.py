"""Papers are drawn and signed while nobody waits."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from ombudsman_app.core.children import ChildFailed
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.jobs.registry import job, periodic
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.produced.keeping import keep
from ombudsman_app.web.pdf import draw

from . import commands, queries
from .freezing import thawed
from .kinds import document_kind
from .models import Document
from .states import ISSUE_ALL, MAKE, PREVIEW

_DAY_SECONDS = 24 * 3600
_ATTEMPTS = 10  # of a batch: each goes on where the one before it died


def _letter_page(_uuid: UUID, arguments: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    return "staff.documents.document", {"document_id": arguments["document"]}


@job(MAKE, N_("Draw and sign a letter"), time_limit_seconds=600, page=_letter_page)
def make(work: Work) -> None:
    """Draw the pages from what was frozen, sign them, store them. Again or half: the paper is made once."""
    document = commands.to_be_made(int(work.arguments["document"]))
    if document is None:
        return
    content, pages = signed_pages(document, work)
    work.progress(N_("Putting it away"), 3, 4)
    commands.keep_pages(document, content, pages, work)


@job(
    ISSUE_ALL,
    N_("Issue approved letters"),
    attempts=_ATTEMPTS,
    time_limit_seconds=_DAY_SECONDS,
    page=lambda uuid, _arguments: ("staff.documents.issuing", {"uuid": uuid}),
)
def issue_all(work: Work) -> None:
    """Issue and make every letter of a batch, one by one: stopped or killed, it goes on there.

    A letter counts as done when its pages are stored. Cancelled, it stops between two letters.
    """
    batch = queries.batch_of(work.job_id, work.arguments)
    made, waiting = queries.numbers_of(batch)
    done, total, refused, last = made, made + waiting, 0, 0
    while some := queries.next_in_batch(batch, last):
        for last in some:
            work.progress(N_("Giving numbers, drawing and signing"), done, max(done, total))
            commands.demand_head(batch.office_id, work.actor)
            refused += commands.issue_next(last, job=work.job_id, actor=work.actor)
            _make_one_of_many(last, work)
            db.session.remove()  # a thousand letters need no more memory than one
            done += 1
    work.finish(letters=queries.numbers_of(batch)[0], refused=refused)


def _make_one_of_many(document_id: int, work: Work) -> None:
    document = commands.to_be_made(document_id)
    if document is None:
        return
    try:
        content, pages = signed_pages(document)
    except ChildFailed as failed:
        if failed.is_passing:
            raise
        commands.make_apart(document_id)
        return
    commands.keep_pages(document, content, pages, work, is_last=False)


def signed_pages(document: Document, work: Work | None = None) -> tuple[bytes, int]:
    """Return the signed PDF of a paper that has its number, and how many pages it has.

    `work` is told how far it is; a batch tells of its letters instead.
    """
    tell = work.progress if work else _tell_nobody
    from .pades import sign_pdf  # the signing library is for those who sign: no web process needs it

    kind = document_kind(document.kind)
    letter, paper = thawed(document.content or {})
    tell(N_("Reading the pictures"), 0, 4)
    assets = kind.attached(letter)
    tell(N_("Drawing the pages"), 1, 4)
    drawn = draw(
        kind.template,
        assets=assets,
        variant=kind.rule.variant,
        language=document.language,
        seconds=kind.drawing_seconds,
        letter=letter,
        paper=paper,
    )
    crash_point("documents.make.drawn")
    tell(N_("Signing"), 2, 4)
    signed = sign_pdf(
        drawn.content,
        code=paper.code,
        address=paper.verify_address,
        office=paper.whole_office_name,
        at=now(),
    )
    crash_point("documents.make.signed")
    return signed, drawn.pages


def _tell_nobody(_title: str, _done: int = 0, _total: int = 0) -> None:
    return None


@job(
    PREVIEW,
    N_("Draw a draft"),
    time_limit_seconds=600,
    page=lambda uuid, _arguments: ("staff.documents.preview", {"uuid": uuid}),
)
def preview(work: Work) -> None:
    """Draw a draft with the rights of this moment, marked on every page, and keep it for a day."""
    document = queries.visible_document(work.actor, int(work.arguments["document"]))
    if document is None:
        raise NotVisible
    kind = document_kind(document.kind)
    letter, paper = thawed(commands.content_of_draft(document, work.actor))
    work.progress(N_("Reading the pictures"), 0, 3)
    assets = kind.attached(letter)
    work.progress(N_("Drawing the pages"), 1, 3)
    drawn = draw(
        kind.template,
        assets=assets,
        language=document.language,
        seconds=kind.drawing_seconds,
        letter=letter,
        paper=paper,
    )
    work.progress(N_("Putting it away"), 2, 3)
    keep(work, drawn.content, name=f"konsep-{document.id}.pdf", media_type="application/pdf")


@periodic("documents.sweep", N_("Remove pages that no letter names"), every=timedelta(days=1))
def sweep(work: Work) -> None:
    """Remove what a died attempt left behind; ask again for pages that nobody makes any more."""
    commands.make_forgotten()
    work.progress(N_("Removing pages that no letter names"), commands.sweep_archive())
