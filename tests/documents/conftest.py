"""Shared by the tests of papers: a head whose letters wait, and pages without a render server."""

import pytest
from flask import Flask

from ombudsman_app.core.policy import Role
from ombudsman_app.documents import jobs

from .desk import PAGES, Head, person


@pytest.fixture
def head(app: Flask) -> Head:
    """The head of a small office, who checks reports as well."""
    return person(app, Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE)


@pytest.fixture
def drawn_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages without a render server; with one: tests/faults/test_letters_made_together.py."""
    monkeypatch.setattr(jobs, "signed_pages", lambda document, _work=None: (PAGES + document.uuid.bytes, 1))
