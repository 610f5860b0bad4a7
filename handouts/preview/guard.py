"""Who may ask: only a browser on this machine that was given the address with its secret."""

from __future__ import annotations

import secrets

from flask import Flask, Response, abort, request

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def new_token() -> str:
    """Make a secret for one run of a server."""
    return secrets.token_urlsafe(32)


def guard(app: Flask, token: str) -> None:
    """Refuse every request without the token as the first step of its path, or by another name.

    The name matters because a page on the web can make its own name lead to this machine; then the
    browser would send us its requests, though with that name as their ``Host``.
    """

    @app.before_request
    def check() -> None:
        port = request.environ["SERVER_PORT"]
        given = request.path.split("/")[1]
        named = request.headers.get("Host", "") in {f"127.0.0.1:{port}", f"localhost:{port}"}
        known = secrets.compare_digest(given.encode("utf-8", "replace"), token.encode())
        if not (named and known):
            abort(403)

    @app.after_request
    def shield(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response
