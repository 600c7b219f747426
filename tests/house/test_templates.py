"""Templates keep to `style.md` §7: each parses, extends a layout or is used, and decides nothing in line."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

from ombudsman_app.app import create_app
from ombudsman_app.core.config import Settings
from ombudsman_app.core.paths import PACKAGE, TEMPLATES
from ombudsman_app.core.policy import Role

NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
LONGEST = 150
# macros, and pieces that pages include or layouts extend
IS_PIECE = re.compile(r"(^|/)_|^components/|^layouts/")
RENDERED = re.compile(r"""["'(]([a-z_]+/[a-z_/{}.]+\.(?:html|txt))["')]""")


@pytest.fixture(scope="module")
def jinja(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    folder = tmp_path_factory.mktemp("templates")
    return create_app(Settings(data_dir=folder, database_url="sqlite://")).jinja_env


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_compiles_and_all_it_names_exists(jinja: Environment, name: str) -> None:
    jinja.get_template(name)
    for used in meta.find_referenced_templates(jinja.parse(source(name))):
        assert used is None or used in NAMES, f"{name} names {used}"


@pytest.mark.parametrize("name", [name for name in NAMES if not IS_PIECE.search(name)])
def test_a_page_extends_a_layout(jinja: Environment, name: str) -> None:
    assert "layouts/" in " ".join(ancestors(jinja, name)), name


def ancestors(jinja: Environment, name: str) -> list[str]:
    """Return what a page extends, and what that extends; an error page names its layout at run time."""
    parents = [node.template for node in jinja.parse(source(name)).find_all(nodes.Extends)]
    if not parents:
        return []
    if isinstance(parents[0], nodes.Filter):  # a layout by name, or else this one
        parents = list(parents[0].args)
    if isinstance(parents[0], nodes.Call):  # that of the person's own face
        assert parents[0].node.name == "own_layout", name
        return ["layouts/ by face"]
    if isinstance(parents[0], nodes.Const):
        return [parents[0].value, *ancestors(jinja, parents[0].value)]
    return ["layouts/ by name"] if name == "errors/_page.html" else []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_stands_in_line_and_nothing_is_declared_safe(name: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.DOTALL)
    assert not re.search(r"\|\s*safe\b|\bMarkup\b|autoescape\s+false", text)
    assert "<style" not in text
    assert not re.search(r"<[a-z][^>{]*\sstyle\s*=", text)
    assert not re.search(r"<[a-z][^>{]*\son[a-z]+\s*=", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in script or "application/json" in script
    assert "javascript:" not in text
    assert not re.search(r"""(?:src|srcset|action)=["'](?:https?:)?//|<link[^>]*["']https?:""", text), "OU3"


@pytest.mark.parametrize("name", NAMES)
def test_each_attribute_with_a_value_is_quoted(name: str) -> None:
    """OU1: an unquoted value ends where the data say so."""
    text = re.sub(r"\{#.*?#\}", "", source(name), flags=re.DOTALL)
    assert not re.search(r"<[a-z][^>]*\s[a-z-]+=\{\{", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_template_is_short(name: str) -> None:
    assert len(source(name).splitlines()) <= LONGEST


@pytest.mark.parametrize("name", NAMES)
def test_a_template_names_no_role(name: str) -> None:
    """Who may is decided in Python; a template asks `may(…)`."""
    assert not [role for role in Role if re.search(rf"""["']{role.value}["']""", source(name))]


def test_every_template_is_used() -> None:
    """Rendered by a view, extended, included or imported; a name with a gap stands for all that fit it."""
    said = " ".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    said += " ".join(source(name) for name in NAMES)
    named = set(RENDERED.findall(said))
    patterns = [re.compile(re.escape(name).replace(r"\{", "{").replace(r"\}", "}")) for name in named]
    wide = [re.compile(re.sub(r"\{[^}]*\}", "[a-z_]+", pattern.pattern)) for pattern in patterns]
    unused = [name for name in NAMES if not any(pattern.fullmatch(name) for pattern in wide)]
    # the layouts of faces that come with their pages, and of mail
    assert set(unused) <= {"layouts/mail.html", "layouts/print.html"}


def test_templates_lie_where_their_view_lies() -> None:
    """templates/<domain>/<face>/…; a domain's own pieces beside them."""
    domains = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    for name in NAMES:
        first, *rest = Path(name).parts
        if first in ("layouts", "components", "errors"):
            continue
        assert first in domains, name
        assert rest[0] in ("public", "staff", "portal", "mail", "pdf") or rest[0].startswith("_"), name


def test_each_behaviour_that_an_element_asks_for_exists() -> None:
    """A name that no script knows does nothing, and nobody is told."""
    scripts = PACKAGE / "static" / "js"
    known = set()
    for face in ("public.js", "staff.js"):
        listed = (scripts / face).read_text(encoding="utf-8").split("behaviours({")[1]
        known |= set(re.findall(r'^ +"?([a-z-]+)"?(?:: \w+)?,$', listed, re.M))
    fetched = {path.stem for path in (scripts / "behaviours").glob("*.js")}  # by `data-script`
    known |= fetched | {name.replace("_", "-") for name in fetched}

    for path in TEMPLATES.rglob("*.html"):
        for names in re.findall(r'data-behaviour="([^"{]+)"', path.read_text(encoding="utf-8")):
            assert set(names.split()) <= known, path
