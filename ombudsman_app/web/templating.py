"""Jinja and gettext without what they would do anew on each page (`docs/measurements.md`)."""

from collections.abc import MutableMapping
from functools import cached_property
from typing import Any

from flask import Flask
from flask.globals import app_ctx
from flask.templating import Environment
from flask_babel import Babel, Domain, get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

_context = app_ctx._get_current_object  # type: ignore[attr-defined]  # a proxy; `g` costs four calls a word


class PlainGlobals(Environment):
    """Gives each template its globals as one plain dict, made when the template is first needed.

    Jinja's own chain of dicts follows later changes; for that it is walked in Python for each page, each
    included file and each import. Ours are complete when `create_app()` is.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


class OneCatalogue(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """Finds the catalogue once per request. `force_locale()` and `refresh()` of Flask-Babel forget it."""

    def get_translations(self) -> Any:
        try:
            held = _context().g._flask_babel.babel_translations
        except (AttributeError, RuntimeError):
            held = None
        if held is None:
            held = super().get_translations()
            if app_ctx:
                _context().g._flask_babel.babel_translations = held
        return held


class Words(Babel):  # type: ignore[misc]
    """Flask-Babel with one look at the catalogue per request, in Python and in templates."""

    def init_app(self, app: Flask, *args: Any, **kwargs: Any) -> None:
        super().init_app(app, *args, **kwargs)
        app.jinja_env.globals.update(_=_gettext, gettext=_gettext, ngettext=_ngettext)

    @cached_property
    def domain_instance(self) -> OneCatalogue:
        return OneCatalogue(domain=self.domain)


def _catalogue() -> Any:
    try:
        return _context().g._flask_babel.babel_translations or get_translations()
    except (AttributeError, RuntimeError):
        return get_translations()


@pass_eval_context
def _gettext(context: EvalContext, message: str, /, **variables: Any) -> str:
    return _filled(context, _catalogue().ugettext(message), variables)


@pass_eval_context
def _ngettext(context: EvalContext, one: str, many: str, number: int, /, **variables: Any) -> str:
    variables.setdefault("num", number)
    return _filled(context, _catalogue().ungettext(one, many, number), variables)


def _filled(context: EvalContext, text: str, variables: dict[str, Any]) -> str:
    """Put the variables in, escaped where the template escapes; as in Jinja, `%%` is always one `%`."""
    words = Markup(text) if context.autoescape else text  # noqa: S704 - our own sentences, from our catalogue
    return words % variables if variables or "%" in text else words
