"""The files of the browser: joined per face at start, held in memory, cached for ever by their address.

Style sheets and scripts lie in `static/` as they were written. One rule joins them: a line that
imports a file is replaced by that file, once. So the folder also works unjoined, and there is no
build step. The address holds a digest of everything, hence `immutable`. A behaviour that only few pages
have is served by itself (`PARTS`), so that a first visit elsewhere does not carry it.
"""

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from flask import Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from ombudsman_app.core.paths import GUIDE, STATIC

from .access import policy

ENTRIES = (
    *("css/public.css", "css/guide.css", "css/verification.css", "css/scores.css"),
    "css/maps.css",
    *("css/staff.css", "css/portal.css"),
    *("js/public.js", "js/staff.js"),
)
# named by the page or component that needs one; static/js/loader.js fetches it
PARTS = (
    *("js/behaviours/answer_type.js", "js/behaviours/field.js", "js/behaviours/upload.js"),
    *("js/behaviours/decide_keys.js", "js/behaviours/keep_words.js"),
    *("js/behaviours/stopwatch.js", "js/behaviours/verify.js", "js/behaviours/weight_sum.js"),
)
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml; charset=utf-8",
    ".png": "image/png",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
OTHER_SCHEME = "css/staff-other-scheme.css"  # dark on a light device and the other way: to look at both
FOR_EVER = "public, max-age=31536000, immutable"

_IMPORTS = re.compile(r"""^(?:@import|import\s.*\bfrom)\s*["']([^"']+)["'];[ \t]*\n""", re.MULTILINE)
_COMMENTS = re.compile(r"/\*.*?\*/|^[ \t]*//[^\n]*", re.DOTALL | re.MULTILINE)
_MARGINS = re.compile(r"\s*\n\s*")
_CSS_COLONS = re.compile(r"^([a-z0-9-]+): ", re.MULTILINE)
_CSS_LINE_ENDS = re.compile(r" ?([{},;])\n")


@dataclass(frozen=True)
class Asset:
    """One answer, ready to send: plain, and packed where packing helps."""

    content: bytes
    content_type: str
    packed: bytes | None


def init_assets(app: Flask) -> None:
    """Read all files, serve them as `static_asset` and give templates `asset_url(name)`.

    Reads once, before gunicorn forks: the processes share the memory. A broken import stops the start.
    """
    assets, release = _shipped()
    app.extensions["assets"], app.extensions["assets_release"] = assets, release
    app.add_url_rule("/static/<string:release>/<path:name>", "static_asset", static_asset)
    build = app.url_map.bind("localhost").build
    app.extensions["asset_urls"] = {
        name: build("static_asset", {"release": release, "name": name}) for name in assets
    }
    app.add_template_global(asset_url)


@policy("public")
def static_asset(release: str, name: str) -> ResponseReturnValue:
    """Answer from the map and from nothing else, so that no name can leave the folder.

    A page of the release before may still ask for its files: it gets ours, but must ask again.
    """
    asset = current_app.extensions["assets"].get(name)
    if asset is None:
        abort(404)
    packs = asset.packed is not None and request.accept_encodings.quality("gzip") > 0
    response = Response(asset.packed if packs else asset.content, content_type=asset.content_type)
    is_current = release == current_app.extensions["assets_release"]
    response.headers["Cache-Control"] = FOR_EVER if is_current else "no-cache"
    if asset.packed is not None:
        response.headers["Vary"] = "Accept-Encoding"
    if packs:
        response.headers["Content-Encoding"] = "gzip"
    return response


def asset_url(name: str) -> str:
    """Return the address of a file by its name below `static/`. Raises KeyError for an unknown one."""
    address: str = current_app.extensions["asset_urls"][name]
    return address


@cache
def _shipped() -> tuple[Mapping[str, Asset], str]:
    """Return what this release serves, and its digest: the same for each app of one process."""
    assets = load_assets(STATIC) | pictures_of_guide(GUIDE / "img")
    return MappingProxyType(assets), digest_of(assets)


def load_assets(folder: Path) -> dict[str, Asset]:
    """Return what is served: the joined entries, the parts, and every file that is no part of one."""
    texts = {name: _squeezed(name, _joined(folder / name, set())) for name in ENTRIES + PARTS}
    texts[OTHER_SCHEME] = texts["css/staff.css"].replace(": dark)", ": light)")
    contents = {name: text.encode() for name, text in texts.items()}
    for path in sorted(folder.rglob("*")):
        if path.suffix in TYPES and path.suffix not in (".css", ".js"):
            contents[path.relative_to(folder).as_posix()] = path.read_bytes()
    return {name: _asset(name, content) for name, content in contents.items()}


def pictures_of_guide(folder: Path) -> dict[str, Asset]:
    """Return the pictures of the user guide, which lie beside its text."""
    names = {f"guide/{path.name}": path for path in sorted(folder.glob("*.webp"))}
    return {name: _asset(name, path.read_bytes()) for name, path in names.items()}


def digest_of(assets: dict[str, Asset]) -> str:
    """Return 12 hex digits that change when any file changes."""
    total = hashlib.sha256()
    for name, asset in sorted(assets.items()):
        total.update(hashlib.sha256(name.encode()).digest())
        total.update(hashlib.sha256(asset.content).digest())
    return total.hexdigest()[:12]


def _asset(name: str, content: bytes) -> Asset:
    suffix = Path(name).suffix
    packed = gzip.compress(content, 9, mtime=0) if suffix in (".css", ".js", ".svg") else None
    return Asset(content, TYPES[suffix], packed)


def _joined(path: Path, seen: set[Path]) -> str:
    """Return the file with its imports in place, each once. Paths are relative to the importing file."""
    seen.add(path)

    def text_of(match: re.Match[str]) -> str:
        part = (path.parent / match[1]).resolve()
        return "" if part in seen else _joined(part, seen)

    text = _IMPORTS.sub(text_of, path.read_text(encoding="utf-8"))
    return re.sub(r"^export (?=function|const|class)", "", text, flags=re.MULTILINE)


def _squeezed(name: str, text: str) -> str:
    """Drop comments and margins: they are for us, not for a slow line. Strings never span lines here."""
    bare = _MARGINS.sub("\n", _COMMENTS.sub("", text)).strip() + "\n"
    if not name.endswith(".css"):
        return bare
    return _CSS_LINE_ENDS.sub(r"\1", _CSS_COLONS.sub(r"\1:", bare)).replace(";}", "}")
