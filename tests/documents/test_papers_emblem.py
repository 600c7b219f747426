"""An office puts its own emblem on its letterhead; without one there is a neutral mark."""

from pathlib import Path

import pytest

from ombudsman_app.app import create_app
from ombudsman_app.cli.bench.letter_samples import sample_letter, sample_paper, template_of
from ombudsman_app.core.config import EMBLEM_KIB, Settings, settings_from
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.isolated.wire import unbundle
from ombudsman_app.web.pdf import EMBLEM, as_bundle

KIND = "closing_notice"
OWN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'


def emblem_of(folder: Path, emblem: Path | None) -> tuple[bytes, str]:
    app = create_app(Settings(data_dir=folder, database_url="sqlite://", emblem=emblem))
    with app.app_context():
        paper = sample_paper(KIND, "https://lapor.contoh")
        bundle = as_bundle(template_of(KIND), letter=sample_letter(KIND), paper=paper)
    return unbundle(bundle)["aset:emblem"]


def test_given_no_emblem_when_a_letter_is_laid_out_then_it_bears_the_neutral_mark(tmp_path: Path):
    assert emblem_of(tmp_path, None) == (EMBLEM.encode(), "image/svg+xml")


def test_given_an_emblem_when_a_letter_is_laid_out_then_it_stands_in_its_place(tmp_path: Path):
    path = tmp_path / "lambang.SVG"
    path.write_bytes(OWN)
    assert emblem_of(tmp_path, path) == (OWN, "image/svg+xml")


@pytest.mark.parametrize("name", ["gone.svg", "letter.pdf", "big.png", "folder.png"])
def test_given_what_is_no_emblem_when_starting_then_the_start_says_so(tmp_path: Path, name: str):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-")
    (tmp_path / "big.png").write_bytes(b"x" * (EMBLEM_KIB * 1024 + 1))
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UnsafeSettings, match="OMBUDSMAN_EMBLEM"):
        settings_from({"OMBUDSMAN_DATA": str(tmp_path), "OMBUDSMAN_EMBLEM": str(tmp_path / name)})


def test_given_a_picture_when_starting_then_it_is_taken(tmp_path: Path):
    (tmp_path / "lambang.png").write_bytes(b"\x89PNG")
    settings = settings_from(
        {"OMBUDSMAN_DATA": str(tmp_path), "OMBUDSMAN_EMBLEM": str(tmp_path / "lambang.png")}
    )
    assert settings.emblem == (tmp_path / "lambang.png").resolve()
