"""The second factor (AU2): codes of an app by the clock (RFC 6238), and codes for a day without the phone."""

import secrets
import string
from base64 import b32encode

import pyotp
import segno
from flask import current_app

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.logs import logger
from ombudsman_app.core.sealing import (
    SealBroken,
    as_crockford,
    hmac_hex,
    is_same,
    random_crockford,
    seal,
    unseal,
)

DIGITS = 6
STEP_SECONDS = 30
RECOVERY_CODES = 10
FEW_RECOVERY_CODES = 4  # fewer than that: time for new ones
RECOVERY_LETTERS, RECOVERY_GROUP = 12, 4  # 60 random bits, behind the throttle of the sign-in
_SECRET_BYTES = 20
# Apps know HMAC-SHA-1 only, which pyotp takes for that; nothing else here rests on it.
_WINDOW = (-1, 0, 1)  # steps by which the clock of a phone may be wrong
_PURPOSE = "totp-secret"
_NOBODYS_SECRET = b32encode(bytes(_SECRET_BYTES)).decode()


def is_demanded() -> bool:
    """Return whether this house asks for a second factor."""
    settings: Settings = current_app.extensions["settings"]
    return settings.demands_second_factor


def new_secret() -> str:
    """Return 160 random bits in the letters that apps read."""
    return b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def sealed_for(user_id: int, secret: str) -> bytes:
    """Return a secret as it is stored in the row of its person, and good nowhere else."""
    return seal(secret.encode(), purpose=_PURPOSE, place=_place(user_id))


def fitting_step(secret: str | None, typed: str) -> int | None:
    """Return the time step whose code was typed, None if it is none of these minutes.

    Without a secret the work is the same (AU3). That a step works once is for the one who takes it.
    """
    code = digits_of(typed)
    totp = pyotp.TOTP(secret or _NOBODYS_SECRET, digits=DIGITS, interval=STEP_SECONDS)
    current = int(now().timestamp()) // STEP_SECONDS
    steps = [current + late for late in _WINDOW]
    fitting = [step for step in steps if is_same(totp.generate_otp(step), code)]
    return max(fitting, default=None) if secret else None


def stored_step(user_id: int | None, sealed: bytes | None, typed: str) -> int | None:
    """Return the step of a typed code by the secret of a person's row; a broken seal opens for nobody."""
    secret = None
    if user_id is not None and sealed is not None:
        try:
            secret = unseal(sealed, purpose=_PURPOSE, place=_place(user_id)).decode()
        except SealBroken as broken:
            logger.error("secret of a second factor cannot be read", exc_info=broken, user_id=user_id)
    return fitting_step(secret, typed)


def digits_of(typed: str) -> str:
    """Return a code without the blanks and strokes that people put between its digits."""
    return "".join(letter for letter in typed if not letter.isspace() and letter not in "-–.")


def looks_like_recovery_code(typed: str) -> bool:
    """Return whether letters were typed, which the codes of the app have none of."""
    return any(letter in string.ascii_letters for letter in typed)


def new_recovery_codes() -> list[str]:
    """Return fresh codes, to be shown once and stored as hashes."""
    return [random_crockford(RECOVERY_LETTERS) for _ in range(RECOVERY_CODES)]


def recovery_hash(typed: str) -> str:
    """Return what stands for a recovery code in the table, however it was typed."""
    return hmac_hex(as_crockford(typed), purpose="recovery-code")


def in_groups(code: str, size: int = RECOVERY_GROUP) -> str:
    """Return letters as one reads them aloud: in groups."""
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def address_for_app(secret: str, email: str) -> str:
    """Return the otpauth address by which an app takes up the secret."""
    settings: Settings = current_app.extensions["settings"]
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    address: str = totp.provisioning_uri(name=email, issuer_name=settings.product_name)
    return address


def picture_of(address: str) -> str:
    """Return an address as a QR code: a data address for <img>. Dark on light in both colour schemes."""
    picture = segno.make(address, error="m", micro=False)
    data: str = picture.svg_data_uri(border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True)
    return data


def _place(user_id: int) -> str:
    return f"user_account.totp_secret.{user_id}"
