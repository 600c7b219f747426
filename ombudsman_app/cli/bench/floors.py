"""The floors that our pages are compared with: a bare hello, and a bare page on the same database.

The bare page is what anybody would write first: Flask, the ORM with whole rows, two statements, 25 rows in a
Jinja table. No session, no rights, no words in two languages, no headers, no compression, no log.
"""

import os
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from ombudsman_app.app import import_models
from ombudsman_app.core.config import settings_from

from .floor_names import OFFICE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_ROWS, _COUNT_STOPS_AT = 25, 1_001
_NAME = "cases.html"
_PAGE = """<!doctype html>
<html lang="id"><head><meta charset="utf-8"><title>Laporan</title></head><body>
<h1>Laporan ({{ number }})</h1>
<table>
{% for case in cases %}<tr><td><a href="/{{ case.id }}">{{ case.ticket }}</a></td>
<td>{{ case.substance }}</td><td>{{ case.state }}</td><td>{{ case.received_on }}</td>
<td>{{ case.next_due_on }}</td></tr>
{% endfor %}
</table></body></html>
"""


def hello(_environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    """The least that a server can say."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "6")])
    return [b"hello\n"]


def bare_page() -> Callable[["WSGIEnvironment", "StartResponse"], Iterable[bytes]]:
    """Make the application of the bare page; gunicorn calls it."""
    import_models()
    from ombudsman_app.complaints.models import Complaint

    app, engine = Flask("bare"), create_engine(settings_from().database_url)
    app.jinja_loader = DictLoader({_NAME: _PAGE})
    office = int(os.environ[OFFICE])
    here = (Complaint.representative_office_id == office, Complaint.is_open.is_(True))

    @app.get("/")
    def page() -> str:
        with Session(engine) as session:
            few = select(Complaint.id).where(*here).limit(_COUNT_STOPS_AT).subquery()
            number = session.scalar(select(func.count()).select_from(few))
            cases = session.scalars(
                select(Complaint).where(*here).order_by(Complaint.next_due_on, Complaint.id).limit(_ROWS)
            ).all()
            return render_template(_NAME, number=number, cases=cases)

    return app
