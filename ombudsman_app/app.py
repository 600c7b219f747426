"""`create_app()`: the one place that knows every part; no part knows it."""

from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from flask import Blueprint, Flask
from flask_compress import Compress
from sqlalchemy import literal, select
from werkzeug.middleware.proxy_fix import ProxyFix

from ombudsman_app.core.config import Settings, settings_from
from ombudsman_app.core.db import db
from ombudsman_app.core.logs import configure_logs, logger
from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.core.policy import Policy
from ombudsman_app.core.sealing import init_sealing
from ombudsman_app.core.signatures import init_signatures
from ombudsman_app.operations.backup.files import refuse_unfinished
from ombudsman_app.web import access, languages
from ombudsman_app.web.assets import init_assets
from ombudsman_app.web.csrf import csrf_token, init_csrf
from ombudsman_app.web.error_pages import init_error_pages
from ombudsman_app.web.faces import FACES, blueprint_of, own_layout
from ombudsman_app.web.formats import init_formats
from ombudsman_app.web.gate import init_gate
from ombudsman_app.web.headers import init_headers
from ombudsman_app.web.lifecycle import KawalFlask, init_lifecycle
from ombudsman_app.web.navigation import Entry, init_navigation
from ombudsman_app.web.remembered import Remembered
from ombudsman_app.web.sessions import init_sessions

HEALTH = "/healthz"

# Lowest first. A domain has what it needs of models, policies, menu and views/<face>.
DOMAINS = (
    "directory",
    "accounts",
    "attachments",
    "imports",
    "notifications",
    "documents",
    "findings",
    "employers",
    "complaints",
    "audits",
    "coverage",
    "operations",
    "home",
)
_MODELS_BELOW = (
    "core.trail.models",
    "core.sessions",
    "core.throttle",
    "core.numbers",
    "core.once",
    "core.workflow.models",
    "core.jobs.models",
    "core.produced.models",
)


def create_app(settings: Settings | None = None) -> Flask:
    """Put the house together. Raises UnsafeSettings or RuntimeError rather than start with a gap."""
    settings = settings or settings_from()
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    refuse_unfinished(settings)
    configure_logs(settings)
    if settings.is_clear_on_network:
        logger.warning("plain http on a network address", code="clear_on_network")
    import_models()

    app = KawalFlask("ombudsman_app", static_folder=None, template_folder=str(TEMPLATES))
    app.extensions["settings"] = settings
    app.config["TRUSTED_HOSTS"] = list(settings.hosts)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.wsgi_app = Remembered(app.wsgi_app, HEALTH, seconds=1)  # type: ignore[method-assign]
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    db.init_app(app, settings)
    init_sealing(app, settings)
    init_signatures(app, settings)
    init_lifecycle(app)
    init_gate(app)
    init_sessions(app, settings)
    init_csrf(app)
    languages.init_languages(app, settings)
    init_formats(app)
    init_headers(app, settings)
    init_assets(app)
    init_error_pages(app)
    app.config["COMPRESS_ALGORITHM"] = ["gzip"]
    app.config["COMPRESS_LEVEL"] = 6
    app.config["COMPRESS_EVALUATE_CONDITIONAL_REQUEST"] = False  # no page of ours has an ETag
    Compress(app)

    app.register_blueprint(languages.bp)
    _join_domains(app)
    access.refuse_gaps(app)
    app.jinja_env.globals.update(
        product_name=settings.product_name,
        is_demo=settings.is_demo,
        is_second_factor_off=settings.is_second_factor_off,
        current_actor=access.current_actor,
        own_layout=own_layout,
        may=access.may,
        csrf_token=csrf_token,
    )
    return app


def import_models() -> None:
    """Import every table, so that the metadata is whole."""
    for name in _MODELS_BELOW:
        import_module(f"ombudsman_app.{name}")
    for domain in DOMAINS:
        _part(domain, "models")


def _join_domains(app: Flask) -> None:
    from ombudsman_app.accounts.commands import prove
    from ombudsman_app.accounts.forms import FORMS_OF_REFUSALS
    from ombudsman_app.accounts.queries import actor_for, signed_in_actor
    from ombudsman_app.notifications.notices import job_ended

    app.extensions["find_actor"] = signed_in_actor
    app.extensions["actor_of"] = actor_for
    app.extensions["job_ended"] = job_ended
    app.extensions["prove"] = prove
    app.extensions["forms_of_refusals"] = FORMS_OF_REFUSALS
    app.extensions["evidence_of_acts"] = evidence_of_acts()
    policies: list[Policy] = []
    menu: list[Entry] = []
    for domain in DOMAINS:
        policies += getattr(_part(domain, "policies"), "POLICIES", [])
        menu += getattr(_part(domain, "menu"), "MENU", [])
        app.jinja_env.filters.update(getattr(_part(domain, "formats"), "FILTERS", {}))
        for registers_itself in (
            "jobs",
            "owners",
            "notices",
            "letters",
            "papers",
            "asked",
            "figures",
            "imports",
            "employer_links",
        ):
            _part(domain, registers_itself)
    access.join_policies(app, policies)
    for face in FACES.values():
        parent = blueprint_of(face)
        for domain in DOMAINS:
            for child in _blueprints(_part(domain, f"views.{face.name}")):
                parent.register_blueprint(child)
        app.register_blueprint(parent)
    init_navigation(app, menu)


def _blueprints(views: ModuleType | None) -> list[Blueprint]:
    """Return what hangs under a face: `bp`, and where a domain has two places in a face, `more` of them."""
    found = [getattr(views, "bp", None), *getattr(views, "more", ())]
    return [one for one in found if isinstance(one, Blueprint)]


def evidence_of_acts() -> list[Callable[[], bool]]:
    """Return what tells that there were acts, so that an empty trail is not taken for a whole one."""
    return [_has_rows_of_acts]


def _has_rows_of_acts() -> bool:
    """Whether there are rows that only acts on the trail can have made. ≤ 3 statements."""
    from ombudsman_app.accounts.models import User
    from ombudsman_app.complaints.models import Complaint
    from ombudsman_app.directory.models import Region

    return any(
        db.session.execute(select(literal(1)).select_from(kind).limit(1)).first()
        for kind in (Region, User, Complaint)
    )


def _part(domain: str, name: str) -> ModuleType | None:
    """Import a part of a domain; a small domain leaves parts out, a broken one must not go unseen."""
    full = f"ombudsman_app.{domain}.{name}"
    try:
        return import_module(full)
    except ModuleNotFoundError as missing:
        if missing.name is not None and full.startswith(missing.name):
            return None
        raise
