"""Where the parts that lie outside the package are found, in a checkout and in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def _shipped(name: str) -> Path:
    bundled = PACKAGE / "_bundled" / name  # there only in an installed wheel
    return bundled if bundled.is_dir() else PACKAGE.parent / name


TEMPLATES, MIGRATIONS = _shipped("templates"), _shipped("migrations")
GUIDE = _shipped("docs/panduan")
TRANSLATIONS = PACKAGE / "translations"
STATIC = PACKAGE / "static"
