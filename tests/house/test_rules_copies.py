"""The rules in the wheel are those of the domain files, byte for byte."""

from pathlib import Path

import pytest

from ombudsman_app.core.paths import PACKAGE

DOMAIN = PACKAGE.parent.parent / "shared" / "domain"
COPIES = {
    "audits.yaml": PACKAGE / "audits" / "rules" / "audits.yaml",
    "complaints.yaml": PACKAGE / "complaints" / "rules" / "complaints.yaml",
    "employers.yaml": PACKAGE / "employers" / "rules" / "employers.yaml",
    "sources.yaml": PACKAGE / "core" / "workflow" / "sources.yaml",
}


@pytest.mark.skipif(
    not DOMAIN.is_dir(), reason="the domain files lie beside the repository only where it is built"
)
@pytest.mark.parametrize("name", COPIES)
def test_the_copy_in_the_package_equals_the_domain_file(name: str) -> None:
    original: Path = DOMAIN / name
    assert COPIES[name].read_bytes() == original.read_bytes()
