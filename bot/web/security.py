"""Headers that every answer carries: what a browser may do with our pages."""

from urllib.parse import urlsplit

from aiohttp import web

FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
}
A_YEAR_OF_TLS = "max-age=31536000"


def content_policy(public_url: str) -> str:
    """Everything from ourselves, nothing inline, nothing in a frame."""
    parts = urlsplit(public_url)
    # Some browsers don't count a WebSocket to ourselves as 'self'.
    socket = f"{'wss' if parts.scheme == 'https' else 'ws'}://{parts.netloc}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            f"connect-src 'self' {socket}",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def guard(app: web.Application, public_url: str) -> None:
    """Put the headers on every answer of an application."""
    headers = {**FIXED, "Content-Security-Policy": content_policy(public_url)}
    if public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = A_YEAR_OF_TLS

    async def add(_: web.Request, response: web.StreamResponse) -> None:
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        response.headers.pop("Server", None)

    app.on_response_prepare.append(add)
