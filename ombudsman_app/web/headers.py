"""Headers on every response (OU2)."""

from flask import Flask, Response, request

from ombudsman_app.core.config import Settings

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "object-src 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer makes browsers send Origin: null and breaks OU4
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()",
}
_HSTS = "max-age=31536000; includeSubDomains"


def init_headers(app: Flask, settings: Settings) -> None:
    """Set them after every view, error pages included. What a view has set itself stays."""
    # static and published things set their own Cache-Control
    wanted = {**HEADERS, "Cache-Control": "no-store"}
    if settings.is_https:
        wanted["Strict-Transport-Security"] = _HSTS
    ours = [(name.lower(), name, value) for name, value in wanted.items()]

    def add(response: Response) -> Response:
        present = {name.lower() for name, _value in response.headers}
        response.headers.extend([(name, value) for lower, name, value in ours if lower not in present])
        if request.endpoint != "static_asset":
            response.vary.add("Cookie")
        return response

    app.after_request(add)
