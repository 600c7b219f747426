"""The promise to a newcomer: on a Debian with sh and apt alone, two commands do it all. Needs a network."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from .service import free_port, page, wait_until

ROOT = Path(__file__).parents[2]
RELEASE = "bookworm"
INSTALL_SECONDS = 900
LENT_BUNDLE = "/usr/local/share/lent-certificates.crt"
# Where the machine reaches its package index by a way of its own, the tree is told of it; never the project.
LENT = ("PIP_INDEX_URL", "UV_DEFAULT_INDEX", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")
INSIDE = (
    'mount -t proc proc "$1/proc" && tree=$1 && shift && '
    'exec chroot "$tree" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"'
)

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def tree(tmp_path_factory) -> Iterator[Path]:
    """A minimal Debian with a clean clone of this project in /root/project."""
    for program in ("debootstrap", "git", "unshare"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed: apt-get install {program}")
    if os.geteuid() != 0:
        pytest.skip("only root can make a tree to change into")
    folder = tmp_path_factory.mktemp("bare") / "debian"
    made = subprocess.run(
        ["debootstrap", "--variant=minbase", RELEASE, str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        pytest.skip(f"debootstrap could not make a tree here: {made.stdout.strip().splitlines()[-1:]}")
    subprocess.run(["git", "clone", "-q", str(ROOT), str(folder / "root/project")], check=True)
    bundle = os.environ.get("SSL_CERT_FILE")
    if bundle:
        shutil.copyfile(bundle, folder / LENT_BUNDLE.lstrip("/"))
    yield folder
    shutil.rmtree(folder)


def inside(tree: Path, command: str, **environ: str) -> list[str]:
    """A program in the tree, with mounts and processes of its own: when it ends, all it began has ended."""
    lent = {name: os.environ[name] for name in os.environ if name.upper() in LENT}
    if "SSL_CERT_FILE" in os.environ:
        lent |= {"PIP_CERT": LENT_BUNDLE, "SSL_CERT_FILE": LENT_BUNDLE}
    words = [f"{name}={value}" for name, value in (lent | environ).items()]
    return [
        *("unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", INSIDE, "sh", str(tree)),
        *(*words, "sh", "-c", f"cd /root/project && {command}"),
    ]


def run_until_it_answers(tree: Path, port: int) -> str:
    """Start it in the tree, read a page, kill it; return what it printed."""
    log = tree.parent / "run.log"
    with log.open("w", encoding="utf-8") as printed:
        running = subprocess.Popen(
            inside(tree, "exec ./dev run", PORT=str(port)), stdout=printed, stderr=subprocess.STDOUT
        )
    try:
        wait_until(
            lambda: "Ctrl-C" in log.read_text(encoding="utf-8") or running.poll() is not None,
            why="it says that it is ready",
            seconds=INSTALL_SECONDS,
        )
        assert running.poll() is None, log.read_text(encoding="utf-8")
        assert page(port, "/")[0] == 200
    finally:
        running.kill()
        running.wait()
    return log.read_text(encoding="utf-8")


# One test, since the tree is made once and the second process of the runner would make its own.
def test_given_a_bare_debian_when_the_commands_are_called_then_all_is_installed_once_and_works(tree):
    port = free_port()

    first, second = run_until_it_answers(tree, port), run_until_it_answers(tree, port)
    checked = subprocess.run(
        inside(tree, "./dev lint"), capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
    )

    assert "Installing system packages: python3-venv" in first
    assert f"http://localhost:{port}" in first
    assert "Installing" not in second
    assert checked.returncode == 0, checked.stdout + checked.stderr
