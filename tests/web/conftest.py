"""What several tests of the web share."""

from collections.abc import Iterator

import pytest
from flask import Flask

from ombudsman_app.directory import demo

from ..conftest import _Templates, fresh_app


@pytest.fixture(scope="module")
def spoken_app(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One database is enough: words do not depend on it. With the demonstration, to have more to say."""
    with fresh_app(templates, "sqlite", tmp_path_factory.mktemp("words"), is_demo=True) as app:
        with app.app_context():
            demo.load()
        yield app
