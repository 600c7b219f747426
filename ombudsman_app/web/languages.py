"""Which language a page speaks: the choice in a cookie, else the office's (Indonesian)."""

from flask import Blueprint, Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ombudsman_app.core.config import Settings
from ombudsman_app.core.paths import TRANSLATIONS

from .access import policy
from .redirects import safe_next
from .templating import Words

COOKIE = "language"
LANGUAGES = {"id": "Indonesia", "en": "English"}  # their own names, as in CLDR
_YEAR_SECONDS = 365 * 24 * 3600

bp = Blueprint("language", __name__)


def init_languages(app: Flask, settings: Settings) -> None:
    """Bind Babel to the choice of this request."""
    app.config["BABEL_DEFAULT_LOCALE"] = settings.default_language
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)

    def chosen() -> str:
        cookie = request.cookies.get(COOKIE, "") if request else ""
        return cookie if cookie in LANGUAGES else settings.default_language

    Words(app, locale_selector=chosen)

    def language() -> str:
        if "language" not in g:
            g.language = chosen()
        word: str = g.language
        return word

    def language_switch() -> tuple[str, str, str]:
        """Return (code, name, address) of the other language."""
        other = "en" if language() == "id" else "id"
        here = request.full_path if request.query_string else request.path
        rule = request.url_rule  # None where no page is: the 404 stays a 404, in the other language
        back = here if rule is None or "GET" in (rule.methods or ()) else None
        return other, LANGUAGES[other], url_for("language.choose", code=other, next=back)

    app.jinja_env.globals.update(language=language, language_switch=language_switch)


@bp.route("/bahasa/<string:code>")
@policy("public")
def choose(code: str) -> ResponseReturnValue:
    """Remember the language and go back to where the person was. The cookie is no secret."""
    response = redirect(safe_next(request.args.get("next"), url_for("public.home.start")))
    if code in LANGUAGES:
        response.set_cookie(
            COOKIE, code, max_age=_YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure
        )
    return response
