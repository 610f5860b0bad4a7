"""A server for one person at one machine: loopback only, on a port that is free."""

from __future__ import annotations

from flask import Flask
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

LOOPBACK = "127.0.0.1"


class _Quiet(WSGIRequestHandler):
    """Writes no log: the addresses hold the secret. Tells nobody what it is made with."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def version_string(self) -> str:
        """Give the name of the server."""
        return "handouts"


def open_server(app: Flask) -> BaseWSGIServer:
    """Open a server on a free port of this machine; nobody else can reach it."""
    return make_server(LOOPBACK, 0, app, threaded=True, request_handler=_Quiet)


def address(server: BaseWSGIServer, token: str) -> str:
    """Give the address to open in the browser, secret included."""
    return f"http://{LOOPBACK}:{server.port}/{token}/"


def serve(server: BaseWSGIServer) -> None:
    """Answer until somebody presses Ctrl-C."""
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()
