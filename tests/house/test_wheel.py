"""What is shipped is whole: a wheel, installed elsewhere, migrates, finds its templates and serves a page."""

import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from .service import answer, environment, free_port, page, started, wait_until

ROOT = Path(__file__).parents[2]
BUNDLED = "ombudsman_app/_bundled/"


@pytest.fixture(scope="module")
def shipped(tmp_path_factory) -> Path:
    """A folder with the wheel and the source archive of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def elsewhere(shipped, tmp_path_factory) -> Path:
    """The programs of a fresh environment that holds our wheel; those of others are lent, not fetched."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (wheel,) = shipped.glob("*.whl")
    offline = ["--no-index", "--no-deps", "--disable-pip-version-check", "-q"]
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(folder / "bin/python"),
            "install",
            *offline,
            str(wheel),
        ],
        check=True,
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    # A path file inside the lent folder is not followed, so the editable install of this checkout stays out.
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "bin"


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def files_below(*folders: str) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_given_a_wheel_when_opened_then_it_holds_the_program_and_nothing_else(shipped):
    (wheel,) = shipped.glob("*.whl")

    beside = {BUNDLED + name for name in files_below("templates", "migrations", "docs/panduan")}
    assert names_in(wheel) == files_below("ombudsman_app") | beside


def test_given_the_source_archive_when_built_from_then_the_same_wheel_comes_out(shipped, tmp_path):
    (sources,) = shipped.glob("*.tar.gz")
    subprocess.run(["tar", "-xzf", str(sources), "-C", str(tmp_path)], check=True)
    (unpacked,) = tmp_path.iterdir()

    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel"], cwd=unpacked, check=True)

    (again,), (first,) = (unpacked / "dist").glob("*.whl"), shipped.glob("*.whl")
    assert names_in(again) == names_in(first)
    assert (unpacked / "dev").is_file()


def test_given_a_fresh_environment_when_the_wheel_is_started_there_then_it_serves_pages(elsewhere, tmp_path):
    port = free_port()
    environ = environment(tmp_path, PORT=str(port))
    where = subprocess.run(
        [elsewhere / "python", "-c", "import ombudsman_app; print(ombudsman_app.__file__)"],
        env=environ, cwd=tmp_path, check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(elsewhere.parent))

    for step in (["db", "upgrade"], ["seed", "reference"]):
        subprocess.run([elsewhere / "ombudsman", *step], env=environ, cwd=tmp_path, check=True)
    with started([str(elsewhere / "ombudsman"), "run"], environ, tmp_path):
        wait_until(lambda: answer(port) == 200, why="the installed wheel answers")
        status, text = page(port, "/")
        style = re.search(r'href="(/static/[^"]+\.css)"', text)

        assert status == 200
        assert '<html lang="id"' in text
        assert style
        assert answer(port, style[1]) == 200
