"""Every setting, typed and frozen, read once from the environment. A bad one stops the start (FB4)."""

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from .errors import UnsafeSettings

PREFIX = "OMBUDSMAN_"
EMBLEMS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
EMBLEM_KIB = 512  # it goes along with every paper


@dataclass(frozen=True)
class Settings:
    """What an operator decides. Sizes in the unit that the name says."""

    data_dir: Path
    database_url: str
    database_owner_url: str = ""  # PostgreSQL: who makes the tables; empty: who serves the pages
    public_url: str = "http://localhost:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    is_production: bool = False
    is_demo: bool = False
    is_demo_on_network_accepted: bool = False
    is_second_factor_off: bool = False
    product_name: str = "Kawal Layanan"
    emblem: Path | None = None  # a picture for letterheads; None: a neutral mark
    trusted_hosts: tuple[str, ...] = ()
    proxy_hops: int = 0
    web_processes: int = 2
    pool_size: int = 5
    argon2_memory_kib: int = 47_104  # AU1
    argon2_time_cost: int = 1
    session_idle_minutes: int = 30  # AU5
    session_absolute_hours: int = 12
    feed_days: int = 365  # how long a secret calendar address holds
    answer_link_days: int = 14  # how long a link for one answer holds
    default_language: str = "id"
    log_level: str = "INFO"
    keys_dir: Path | None = None
    redis_url: str = ""  # empty: jobs are run by the embedded runner
    job_slots: int = 2  # jobs at once in one runner
    certificate: Path | None = None  # of the office, for its papers: PKCS#12 or PEM
    certificate_key: Path | None = None  # where a PEM file does not hold the key itself
    certificate_password: Path | None = None  # a file: passwords stand in no environment
    is_development_certificate_accepted: bool = False
    backup_key: Path | None = None
    backup_to: Path | None = None
    backup_hour: int = 2  # WIB
    backup_keep: int = 14
    mail_server: str = ""  # empty: mail is kept and shown
    mail_port: int = 0  # 0: the usual one of the way it is secured
    mail_security: str = "starttls"
    mail_user: str = ""
    mail_password_file: Path | None = None
    mail_ca_file: Path | None = None  # of a server whose certificate the system does not know
    mail_from: str = ""
    mail_bounces_to: str = ""  # envelope sender: where reports of failure go
    text_gateway: str = ""  # empty: text messages are kept and shown
    text_key_file: Path | None = None
    identity_alert_at: int = 20  # openings by one person in 24 hours (PD2)

    @property
    def owner_url(self) -> str:
        """The database as the one who may change its tables sees it."""
        return self.database_owner_url or self.database_url

    @property
    def run_dir(self) -> Path:
        """Where the parts of one machine meet: pipes and sockets."""
        return self.data_dir / "run"

    @property
    def keys(self) -> Path:
        return self.keys_dir or self.data_dir / "keys"

    @property
    def may_use_development_certificate(self) -> bool:
        """Whether papers may carry a signature that proves nothing to others: for trying out only."""
        return self.certificate is None and (
            not self.is_production or self.is_development_certificate_accepted
        )

    @property
    def backup_key_file(self) -> Path:
        return self.backup_key or self.keys / "backup.key"

    @property
    def backup_folder(self) -> Path | None:
        """Where the nightly backups go; None: nowhere, as long as a production start names no folder."""
        return self.backup_to or (None if self.is_production else self.data_dir / "backups")

    @property
    def demands_second_factor(self) -> bool:
        """Whether staff and portal need a code besides the password (AU2); in the demonstration not (AU9)."""
        return not (self.is_demo or self.is_second_factor_off)

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @property
    def is_clear_on_network(self) -> bool:
        """Whether sign-ins and codes travel where others can read them (AU6)."""
        return not self.is_https and not _is_loopback(urlsplit(self.public_url).hostname or "")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Host names that requests may name (OU5)."""
        own = urlsplit(self.public_url).hostname or "localhost"
        return tuple(dict.fromkeys((own, *self.trusted_hosts, *(() if self.is_production else _LOOPBACK))))


_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
_WORDS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False, "": False}


def settings_from(environ: Mapping[str, str] | None = None) -> Settings:
    """Read OMBUDSMAN_… (and PORT) from the environment. Raises UnsafeSettings with the way out."""
    given = _Reader(os.environ if environ is None else environ)
    data_dir = Path(given.text("DATA", "var")).resolve()
    port = given.number("PORT", given.environ.get("PORT") or 8000, 1, 65_535)
    hosts = given.text("TRUSTED_HOSTS", "")
    settings = Settings(
        data_dir=data_dir,
        database_url=given.text("DATABASE_URL", f"sqlite:///{data_dir / 'ombudsman.db'}"),
        database_owner_url=given.text("DATABASE_OWNER_URL", ""),
        public_url=given.text("PUBLIC_URL", f"http://localhost:{port}").rstrip("/"),
        host=given.text("HOST", "127.0.0.1"),
        port=port,
        is_production=given.flag("PRODUCTION"),
        is_demo=given.flag("DEMO"),
        is_demo_on_network_accepted=given.flag("DEMO_ON_NETWORK"),
        is_second_factor_off=given.choice("SECOND_FACTOR", "on", ("on", "off")) == "off",
        product_name=given.text("PRODUCT_NAME", "Kawal Layanan"),
        emblem=given.path("EMBLEM"),
        trusted_hosts=tuple(host.strip() for host in hosts.split(",") if host.strip()),
        proxy_hops=given.number("PROXY_HOPS", 0, 0, 5),
        web_processes=given.number("WEB_PROCESSES", 2, 1, 64),
        pool_size=given.number("POOL_SIZE", 5, 1, 100),
        argon2_memory_kib=given.number("ARGON2_MEMORY_KIB", 47_104, 8, 1_048_576),
        argon2_time_cost=given.number("ARGON2_TIME_COST", 1, 1, 20),
        default_language=given.choice("LANGUAGE", "id", ("id", "en")),
        log_level=given.choice("LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")),
        keys_dir=given.path("KEYS"),
        redis_url=given.text("REDIS_URL", ""),
        feed_days=given.number("FEED_DAYS", 365, 1, 1_830),
        answer_link_days=given.number("ANSWER_LINK_DAYS", 14, 1, 90),
        job_slots=given.number("JOB_SLOTS", 2, 1, 32),
        certificate=given.path("CERTIFICATE"),
        certificate_key=given.path("CERTIFICATE_KEY"),
        certificate_password=given.path("CERTIFICATE_PASSWORD"),
        is_development_certificate_accepted=given.flag("DEVELOPMENT_CERTIFICATE"),
        backup_key=given.path("BACKUP_KEY"),
        backup_to=given.path("BACKUP_TO"),
        backup_hour=given.number("BACKUP_HOUR", 2, 0, 23),
        backup_keep=given.number("BACKUP_KEEP", 14, 1, 1000),
        mail_server=given.text("MAIL_SERVER", ""),
        mail_port=given.number("MAIL_PORT", 0, 0, 65_535),
        mail_security=given.choice("MAIL_SECURITY", "starttls", ("starttls", "tls", "none")),
        mail_user=given.text("MAIL_USER", ""),
        mail_password_file=given.path("MAIL_PASSWORD_FILE"),
        mail_ca_file=given.path("MAIL_CA_FILE"),
        mail_from=given.text("MAIL_FROM", ""),
        mail_bounces_to=given.text("MAIL_BOUNCES_TO", ""),
        text_gateway=given.text("TEXT_GATEWAY", ""),
        text_key_file=given.path("TEXT_KEY_FILE"),
        identity_alert_at=given.number("IDENTITY_ALERT_AT", 20, 1, 1_000),
    )
    refuse_unsafe(settings)
    return settings


def refuse_unsafe(settings: Settings) -> None:
    """Raise UnsafeSettings where a start would put somebody at risk (FB4, AU9)."""
    parts = urlsplit(settings.public_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        _refuse("PUBLIC_URL", "must be an address such as https://lapor.example.go.id")
    if settings.emblem and not _is_emblem(settings.emblem):
        _refuse("EMBLEM", f"must name an SVG, PNG or JPEG file of at most {EMBLEM_KIB} KiB")
    if settings.is_demo and settings.is_production:
        _refuse("DEMO", "is for trying out; a production start has no demonstration accounts: unset it")
    if settings.is_demo and not _is_loopback(settings.host) and not settings.is_demo_on_network_accepted:
        _refuse(
            "DEMO",
            f"would offer accounts without second factor on {settings.host}: bind to 127.0.0.1, "
            f"or set {PREFIX}DEMO_ON_NETWORK=yes if that is what you want",
        )
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in ("redis", "rediss", "unix"):
        _refuse("REDIS_URL", "must begin with rediss://, redis:// or unix://")
    _refuse_unsafe_database(settings)
    _refuse_unsafe_messages(settings)
    if not settings.is_production:
        return
    if urlsplit(settings.redis_url).scheme == "redis" and not _is_loopback(
        urlsplit(settings.redis_url).hostname or ""
    ):
        _refuse("REDIS_URL", "must be rediss:// in production, else the queue can be read on the way (JQ5)")
    if not settings.is_https:
        _refuse("PUBLIC_URL", "must begin with https:// in production, else sign-ins travel in clear")
    if settings.argon2_memory_kib < 47_104:
        _refuse("ARGON2_MEMORY_KIB", "must be at least 47104 in production (46 MiB)")
    if settings.keys_dir is None:
        _refuse("KEYS", "must name the folder of the key files in production, outside the data folder")
    if settings.is_second_factor_off:
        _refuse("SECOND_FACTOR", "is off, which is for trying out: unset it, in production it is always on")


def _refuse_unsafe_database(settings: Settings) -> None:
    if urlsplit(settings.owner_url).path != urlsplit(settings.database_url).path:
        _refuse("DATABASE_OWNER_URL", "must name the same database as DATABASE_URL, by another role")
    if settings.is_production and not settings.database_url.startswith("postgresql"):
        _refuse("DATABASE_URL", "must name a PostgreSQL database in production (postgresql+psycopg://…)")


def _refuse_unsafe_messages(settings: Settings) -> None:
    """Refuse ways out of the house that others could read or write on (FB2, KD2)."""
    if settings.mail_server:
        for name, address in (
            ("MAIL_FROM", settings.mail_from),
            ("MAIL_BOUNCES_TO", settings.mail_bounces_to),
        ):
            if not (_ADDRESS.fullmatch(address) or (name == "MAIL_BOUNCES_TO" and not address)):
                _refuse(name, "must be an e-mail address such as no-reply@lapor.example.go.id")
        if settings.mail_user and settings.mail_password_file is None:
            _refuse("MAIL_PASSWORD_FILE", "must name the file with the password of MAIL_USER")
        if settings.mail_security == "none" and not _is_loopback(settings.mail_server):
            _refuse(
                "MAIL_SECURITY", "may be none only for a mail server on this machine: use starttls or tls"
            )
    if settings.text_gateway:
        parts = urlsplit(settings.text_gateway)
        is_own = parts.scheme == "http" and _is_loopback(parts.hostname or "")
        if not parts.hostname or parts.username or not (parts.scheme == "https" or is_own):
            _refuse("TEXT_GATEWAY", "must be an address that begins with https://, without name or password")
        if settings.text_key_file is None:
            _refuse("TEXT_KEY_FILE", "must name the file with the key that signs what goes to TEXT_GATEWAY")


def _is_emblem(path: Path) -> bool:
    return path.suffix.lower() in EMBLEMS and path.is_file() and path.stat().st_size <= EMBLEM_KIB * 1024


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse(name: str, why: str) -> None:
    raise UnsafeSettings(f"{PREFIX}{name} {why}.")


class _Reader:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        return self.environ.get(PREFIX + name, "").strip() or default

    def path(self, name: str) -> Path | None:
        text = self.text(name, "")
        return Path(text).resolve() if text else None

    def choice(self, name: str, default: str, allowed: tuple[str, ...]) -> str:
        value = self.text(name, default)
        if value not in allowed:
            _refuse(name, f"must be one of {', '.join(allowed)}")
        return value

    def flag(self, name: str) -> bool:
        word = self.environ.get(PREFIX + name, "").strip().lower()
        if word not in _WORDS:
            _refuse(name, "must be yes or no")
        return _WORDS[word]

    def number(self, name: str, default: int | str, least: int, most: int) -> int:
        text = self.text(name, str(default))
        if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            _refuse(name, f"must be a whole number from {least} to {most}")
        return int(text)
