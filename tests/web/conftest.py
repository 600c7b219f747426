"""What several tests of the web share."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import Babel

from ombudsman_app.core.paths import PACKAGE, TEMPLATES
from ombudsman_app.directory import demo
from ombudsman_app.web.formats import init_formats

from ..conftest import _Templates, fresh_app


@pytest.fixture(scope="module")
def spoken_app(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """One database is enough: words do not depend on it. With the demonstration, to have more to say."""
    with fresh_app(templates, "sqlite", tmp_path_factory.mktemp("words"), is_demo=True) as app:
        with app.app_context():
            demo.load()
        yield app


@pytest.fixture(scope="module")
def indonesian() -> Flask:
    """Return an app of components alone that speaks Indonesian."""
    app = Flask("shelf", template_folder=str(TEMPLATES))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app, default_locale="id", default_translation_directories=str(PACKAGE / "translations"))
    init_formats(app)
    return app
