"""What is known of the program at the other end."""

from flask import request

# The first that fits wins: Edge and Samsung call themselves Chrome, Chrome calls itself Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("SamsungBrowser", "Samsung Internet"),
    ("OPR", "Opera"),
    ("UCBrowser", "UC Browser"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def client_address() -> str:
    """Return the address of the client, read from as many proxies as the settings name, else the peer's.

    `app.py` wraps the application in ProxyFix with `settings.proxy_hops`; a header from further out is
    whatever the client wrote and is never read (LG3).
    """
    return request.remote_addr or ""


def browser_family() -> str:
    """Return a few words by which people know their own devices again, such as "Chrome, Android"."""
    header = request.headers.get("User-Agent", "")
    found = [next((name for mark, name in table if mark in header), None) for table in (_BROWSERS, _SYSTEMS)]
    return ", ".join(name for name in found if name)
