"""Mail by SMTP (RFC 5321). What is certain and what is not:

Until the line with the single dot was sent, the server cannot have taken the mail: whatever breaks, it is
tried again. After the server's answer it is certain too. Between the two lies one moment of which nobody
can know: the dot was sent and the line broke. That moment is written down before it begins
(`before_the_end`), and such a mail is tried once more only, with the same Message-ID: at most one double,
the one that SMTP cannot exclude.
"""

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from types import TracebackType

from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.sealing import secret_of

from .addresses import mail_host
from .carriers import Away, Busy, Letter, NotCarried, Refused, Silent

_SECONDS = 30.0
_LAST_SECONDS = 150.0  # a server looks for viruses before it answers the dot; too short makes doubles
_PATIENCE_SECONDS = 2.0
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_GOOD = range(200, 300)
_FOR_GOOD = range(500, 600)
_GO_ON = 354
_CLOSING = 421
_NO_ANSWER = -1  # what smtplib makes of words that are no answer


class MailServer:
    """One connection, opened with the first mail and kept for the others."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._line: smtplib.SMTP | None = None

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._line is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._line.quit()
            self._drop()

    def _drop(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def carry(self, letter: Letter, before_the_end: Callable[[], None]) -> None:
        """See `carriers.Carrier`."""
        body = _as_bytes(letter, self._settings)
        line = self._opened()
        try:
            self._hand_over(line, letter, body, before_the_end)
        except NotCarried as failed:
            if isinstance(failed, Away | Silent):
                self._drop()
            else:
                self._begin_anew(line)
            raise
        except (OSError, smtplib.SMTPException) as broken:
            self._drop()
            raise Away("server_away") from broken

    def _begin_anew(self, line: smtplib.SMTP) -> None:
        try:
            line.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _opened(self) -> smtplib.SMTP:
        if self._line is None:
            try:
                self._line = self._open()
            except smtplib.SMTPNotSupportedError as unsafe:
                raise Away("unsafe") from unsafe
            except ssl.SSLError as unsafe:
                raise Away("unsafe") from unsafe
            except smtplib.SMTPResponseException as refused:
                code = refused.smtp_code
                raise Away(
                    "server_refuses_us" if code in _FOR_GOOD else "server_busy", str(code)
                ) from refused
            except (OSError, smtplib.SMTPException) as away:
                raise Away("server_away") from away
        return self._line

    def _open(self) -> smtplib.SMTP:
        given = self._settings
        port = given.mail_port or _PORTS[given.mail_security]
        safely = ssl.create_default_context(cafile=given.mail_ca_file)
        if given.mail_security == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                given.mail_server, port, mail_host(), timeout=_SECONDS, context=safely
            )
        else:
            line = smtplib.SMTP(given.mail_server, port, mail_host(), timeout=_SECONDS)
        try:
            if given.mail_security == "starttls":
                line.starttls(context=safely)
            line.ehlo_or_helo_if_needed()
            if given.mail_user and given.mail_password_file:
                line.login(given.mail_user, secret_of(given.mail_password_file).decode())
        except BaseException:
            line.close()
            raise
        return line

    def _hand_over(
        self, line: smtplib.SMTP, letter: Letter, body: bytes, before_the_end: Callable[[], None]
    ) -> None:
        knows_reports = line.has_extn("dsn")
        sender = self._settings.mail_bounces_to or self._settings.mail_from
        _demand(line.mail(sender, ["RET=HDRS", f"ENVID={letter.uuid}"] if knows_reports else []), "us")
        code, _words = answer = line.rcpt(letter.to, ["NOTIFY=FAILURE"] if knows_reports else [])
        if code not in _GOOD:
            _demand(answer, "address")
        code, words = line.docmd("DATA")
        if code != _GO_ON:
            _demand((code, words), "address")
        crash_point("smtp.data")
        line.send(body)
        self._look_whether_it_is_there(line, _PATIENCE_SECONDS if letter.was_in_doubt else 0)
        before_the_end()
        crash_point("smtp.before_dot")
        try:
            if line.sock is not None:
                line.sock.settimeout(_LAST_SECONDS)
            line.send(b".\r\n")
            answer = line.getreply()
        except (OSError, smtplib.SMTPException) as silent:
            raise Silent("server_away") from silent
        finally:
            if line.sock is not None:
                line.sock.settimeout(_SECONDS)
        crash_point("smtp.taken")
        code, words = answer
        if code == _NO_ANSWER:
            raise Silent("server_away")
        if code == _CLOSING:  # said instead of taking it
            raise Busy("server_busy", _numbers(code, words))
        _demand(answer, "address")

    def _look_whether_it_is_there(self, line: smtplib.SMTP, seconds: float) -> None:
        """A server that has hung up in the middle has taken nothing: find out while that is still certain.

        Nothing may come from it before the dot, so whatever can be read means the end. One look is enough
        unless this mail was in doubt before: then its last moment is not risked before the line has been
        quiet a while.
        """
        if line.sock is None:
            raise Away("server_away")
        line.sock.settimeout(seconds)
        try:
            line.sock.recv(1)
        except (BlockingIOError, TimeoutError, ssl.SSLWantReadError):
            line.sock.settimeout(_SECONDS)
            return
        except OSError as gone:
            raise Away("server_away") from gone
        raise Away("server_away")


def _demand(answer: tuple[int, bytes], whose: str) -> None:
    """Raise what an answer means. A refusal of `us` is for the caretakers, not for the address."""
    code, words = answer
    if code in _GOOD:
        return
    shown = _numbers(code, words)
    if code in (_NO_ANSWER, _CLOSING):
        raise Away("server_busy" if code == _CLOSING else "server_away", shown)
    if code in _FOR_GOOD:
        raise Refused("address_refused", shown) if whose == "address" else Away("server_refuses_us", shown)
    raise Busy("server_busy", shown)


def _numbers(code: int, words: bytes) -> str:
    """Return the code, and its longer form where it has one (RFC 3463); the words may name the address."""
    if code < 0:
        return ""
    first = words.decode("ascii", "replace").split(" ", 1)[0]
    is_longer = first.count(".") == 2 and all(part.isdigit() and len(part) <= 3 for part in first.split("."))
    return f"{code} {first}" if is_longer else str(code)


def _as_bytes(letter: Letter, settings: Settings) -> bytes:
    """Write the mail, its lines ended and its dots doubled as the wire wants them, without the last dot."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(settings.product_name, addr_spec=settings.mail_from)
    mail["To"] = letter.to
    mail["Subject"] = letter.subject
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = letter.message_id
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(letter.text, cte="quoted-printable")
    if letter.html:
        mail.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    mail["Content-Language"] = letter.language
    raw = mail.as_bytes()
    raw += b"" if raw.endswith(b"\r\n") else b"\r\n"
    return b"".join(b"." + line if line.startswith(b".") else line for line in raw.splitlines(keepends=True))
