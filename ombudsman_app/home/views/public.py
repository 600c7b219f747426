"""/: what this is, and the two things people come for; /bantuan: the user guide."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ombudsman_app.core.errors import NotVisible
from ombudsman_app.home import guide as book
from ombudsman_app.web.access import policy

bp = Blueprint("home", __name__)


@bp.route("/")
@policy("public")
def start() -> ResponseReturnValue:
    """Offer filing and following before everything else."""
    return render_template("home/public/start.html")


@bp.route("/bantuan")
@policy("public")
def guide() -> ResponseReturnValue:
    """Show what the guide holds."""
    return render_template("home/public/guide.html", book=book.contents())


@bp.route("/bantuan/<string:slug>")
@policy("public")
def guide_chapter(slug: str) -> ResponseReturnValue:
    """One chapter. No statement: the text comes with the program."""
    chapter = book.chapter_of(slug)
    if chapter is None:
        raise NotVisible
    before, after = book.neighbours(chapter)
    return render_template(
        "home/public/guide_chapter.html",
        book=book.contents(),
        chapter=chapter,
        page=book.written(chapter),
        before=before,
        after=after,
    )


@bp.route("/bantuan/cari")
@policy("public")
def guide_search() -> ResponseReturnValue:
    """Look for words in the guide."""
    asked = " ".join(request.args.get("q", "").split())
    return render_template("home/public/guide_found.html", asked=asked, hits=book.search(asked))


@bp.route("/bantuan/semua")
@policy("public")
def guide_whole() -> ResponseReturnValue:
    """All chapters on one page, for the printer."""
    chapters = [(one, book.written(one, is_whole=True)) for one in book.contents().chapters]
    return render_template("home/public/guide_whole.html", chapters=chapters)
