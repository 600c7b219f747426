"""Settings, folders, keys, room, the programs beside us, backups: what needs no database."""

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from ombudsman_app.core import limits
from ombudsman_app.core.children import SERVERS, is_there
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.sealing import keyring_from, read_backup_key
from ombudsman_app.core.signatures import SigningNotPossible, open_certificate, record_keys_from
from ombudsman_app.operations.backup.files import UNFINISHED
from ombudsman_app.operations.backup.folder import kept_in
from ombudsman_app.operations.backup.making import instance_of
from ombudsman_app.operations.queries import OLD_AFTER

from .findings import Check, Finding, bad, ok, warn

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_EXPIRES_SOON = timedelta(days=30)
_REDIS_SECONDS = 3.0


def settings_are_sound(settings: Settings) -> Iterator[Finding]:
    """They were read, so none contradicts another; some are for trying out only."""
    mode = "production" if settings.is_production else "embedded"
    yield ok("settings", f"read: {mode}, {settings.public_url}")
    if settings.is_demo:
        yield warn("settings", "this is the demonstration: invented people, banner", "unset OMBUDSMAN_DEMO")
    if settings.is_second_factor_off:
        yield warn("settings", "staff sign in without a second factor", "unset OMBUDSMAN_SECOND_FACTOR")
    if settings.is_clear_on_network:
        yield warn("settings", "passwords and codes travel in clear", "put a proxy with TLS in front")


def data_folder(settings: Settings) -> Iterator[Finding]:
    """It is ours alone, and no restore was left half done."""
    folder = settings.data_dir
    if not folder.is_dir():
        yield bad("folder", f"{folder} does not exist", "set OMBUDSMAN_DATA, or start the service once")
        return
    found = folder.stat()
    if found.st_mode & _OTHERS:
        yield bad("folder", f"{folder} is open to others", f"chmod 700 {folder}")
    if found.st_uid != os.geteuid():
        yield warn("folder", f"{folder} belongs to another account", "run this as the account of the service")
    if (folder / UNFINISHED).exists():
        yield bad("folder", "a restore did not end here", "run the same `ombudsman restore` again")
    if not found.st_mode & _OTHERS:
        yield ok("folder", f"{folder} is for this account alone")


def keys(settings: Settings) -> Iterator[Finding]:
    """All are there, whole, and read by nobody else."""
    folder = settings.keys
    if not folder.is_dir():
        yield bad("keys", f"{folder} does not exist", "put the keys there, or start the service once")
        return
    if folder.stat().st_mode & stat.S_IRWXO:
        yield bad("keys", f"{folder} is open to everybody", f"chmod 700 {folder}")
    exposed = [path.name for path in sorted(folder.glob("*.key")) if path.stat().st_mode & _OTHERS]
    if exposed:
        yield bad("keys", f"others may read {', '.join(exposed)}", f"chmod 600 {folder}/*.key")
        return
    try:
        ring = keyring_from(folder, may_create=False)
    except UnsafeSettings as refused:
        yield bad("keys", str(refused), "take the copy from the safe; never make new ones")
        return
    yield ok("keys", f"{len(ring.ids)} keys of the house: {', '.join(ring.ids)}")
    if settings.is_production and folder.resolve().is_relative_to(settings.data_dir.resolve()):
        yield warn("keys", "they lie inside the data folder", "move them: a copy of it shall open nothing")


def record_key(settings: Settings) -> Iterator[Finding]:
    """The records of papers can be signed, and what older keys signed can be verified (RP3)."""
    try:
        found = record_keys_from(settings.keys)
        newest = found.newest
    except UnsafeSettings as refused:
        yield bad("record key", str(refused), "take the copy from the safe")
        return
    except SigningNotPossible:
        made = (
            "take record-….key from the safe, or make the next one"
            if found.public
            else "make record-0001.key"
        )
        yield warn("record key", "there is none: no paper can be issued", f"{made}: see deploy/")
        return
    older = len(found.public) - 1
    yield ok("record key", f"{newest.id[:16]}…, {older} older" if older else f"{newest.id[:16]}…")


def certificate(settings: Settings) -> Iterator[Finding]:
    """Papers can be signed, and still next month."""
    if settings.certificate is None and not settings.may_use_development_certificate:
        yield warn("certificate", "none is named: no paper can be signed", "set OMBUDSMAN_CERTIFICATE")
        return
    try:
        found = open_certificate(settings)
    except SigningNotPossible as refused:
        yield bad(
            "certificate",
            f"no paper can be signed: {refused.details.get('why', refused.code)}",
            "see deploy/",
        )
        return
    until = f"{found.subject}, until {found.valid_until:%Y-%m-%d}"
    if found.is_development:
        yield warn("certificate", f"for trying out: {until}", "set OMBUDSMAN_CERTIFICATE before papers leave")
    elif found.valid_until - now() < _EXPIRES_SOON:
        yield warn("certificate", f"expires soon: {until}", "ask for the next one now")
    else:
        yield ok("certificate", until)


def room(settings: Settings) -> Iterator[Finding]:
    """Below the least nothing more is taken in."""
    places = {settings.data_dir: "data folder"}
    if settings.backup_folder is not None and settings.backup_folder.is_dir():
        places[settings.backup_folder] = "backups"
    for place, name in places.items():
        if not place.is_dir():
            continue
        free, least = shutil.disk_usage(place).free, limits.FREE_BYTES_LEAST
        said = f"{free >> 20} MiB are free for the {name}"
        if free < least:
            yield bad("room", f"{said}: uploads are refused", f"make room in {place}")
        elif free < 4 * least:
            yield warn("room", said, f"make room in {place} soon")
        else:
            yield ok("room", said)


def servers(settings: Settings) -> Iterator[Finding]:
    """Those that read foreign files and draw papers listen."""
    for server in SERVERS:
        if settings.run_dir.is_dir() and is_there(settings.run_dir, server):
            yield ok("servers", f"{server} answers")
        else:
            yield bad("servers", f"{server} does not answer", _what_waits(server))


def _what_waits(server: str) -> str:
    waits = "files stay in quarantine" if server == "parse" else "papers wait"
    return f"start it (`ombudsman run`, or its unit): {waits}"


def queue(settings: Settings) -> Iterator[Finding]:
    """Redis, where it is used; losing it loses nothing, but everything comes later."""
    if not settings.redis_url:
        yield ok("queue", "none: the runner looks into the table itself")
        return
    client = Redis.from_url(
        settings.redis_url, socket_connect_timeout=_REDIS_SECONDS, socket_timeout=_REDIS_SECONDS
    )
    try:
        client.ping()
        yield ok("queue", "Redis answers")
    except RedisError as away:
        yield bad("queue", f"Redis does not answer: {type(away).__name__}", "start it; nothing is lost")
    finally:
        client.close()


def backups(settings: Settings) -> Iterator[Finding]:
    """There is a key, a folder, and a backup of this night or the last."""
    try:
        yield ok("backup", f"the key {read_backup_key(settings.backup_key_file).id} is there")
    except UnsafeSettings as refused:
        yield bad("backup", str(refused), "take the copy from the safe, or see deploy/ on how to make one")
    folder = settings.backup_folder
    if folder is None:
        yield warn("backup", "no folder is named (OMBUDSMAN_BACKUP_TO)", "is there a timer elsewhere?")
        return
    newest = next(iter(kept_in(folder, instance_of(settings))), None)
    if newest is None:
        yield warn("backup", f"there is none in {folder}", "ombudsman backup")
        return
    hours = int((now() - newest.made_at).total_seconds() // 3600)
    said = f"{newest.path.name}, {newest.size_bytes >> 20} MiB, {hours} hours old"
    if now() - newest.made_at > OLD_AFTER:
        yield bad("backup", f"the last one is too old: {said}", "look at the failed jobs, or at the timer")
    else:
        yield ok("backup", said)
    if not _may_write(folder):
        yield bad("backup", f"{folder} cannot be written to", "mount it, or give it to this account")


def _may_write(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


CHECKS: tuple[Check, ...] = (
    settings_are_sound,
    data_folder,
    keys,
    record_key,
    certificate,
    room,
    servers,
    queue,
    backups,
)
