"""Between forms and the sealed draft."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from ombudsman_app.web.forms import BaseForm

DAYS = frozenset({"event_on", "prior_effort_on", "birth_date"})


def answers_of(form: BaseForm) -> dict[str, Any]:
    """Return what a form holds, ready for the sealed draft: days as ISO text, no token."""
    return dict(_plain(form))


def _plain(form: BaseForm) -> Iterator[tuple[str, Any]]:
    for field in form:
        if field.name != "csrf_token":
            yield field.name, field.data.isoformat() if isinstance(field.data, date) else field.data


def filled(form_class: type[BaseForm], answers: dict[str, Any]) -> BaseForm:
    """Open a form with what the draft already holds."""
    return form_class(
        data={
            name: date.fromisoformat(value) if name in DAYS and value else value
            for name, value in answers.items()
        }
    )
