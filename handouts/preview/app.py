"""The pages in the browser: what is asked for and what is answered."""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Flask, Response, abort, jsonify, render_template, request, send_from_directory
from werkzeug.exceptions import HTTPException

from handouts.model import Edition
from handouts.preview.desk import PreviewDesk
from handouts.preview.guard import guard
from handouts.preview.view import Wish

PATIENCE = 20.0
"""Seconds that the browser waits for a change before it asks again."""


def make_app(desk: PreviewDesk, token: str, screens: Path, first: Wish) -> Flask:
    """Make the application, whose every address starts with the token.

    ``screens`` is the folder of its templates; ``first`` is shown when nothing else is asked for.
    """
    app = Flask(__name__, template_folder=str(screens.resolve()), static_folder=None)
    guard(app, token)
    base = f"/{token}/"

    @app.get(base)
    def page() -> str:
        return render_template("preview.html.j2", wish=_wish(first))

    @app.get(f"{base}<any('preview.css', 'preview.js', 'preview.svg'):name>")
    def asset(name: str) -> Response:
        return send_from_directory(screens.resolve(), name)

    @app.get(f"{base}state")
    def state() -> Response:
        seen = request.args.get("seen", "")
        return jsonify(desk.wait(_wish(first), seen, PATIENCE if seen else 0.0).said)

    @app.get(f"{base}page/<name>.png")
    def picture(name: str) -> Response:
        png = desk.picture(name)
        if png is None:
            abort(404)
        return Response(png, mimetype="image/png")

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException | tuple[Response, int]:
        if isinstance(error, HTTPException):
            return error
        logging.getLogger(__name__).error("The preview failed.", exc_info=error)
        return jsonify(why="This is a fault of the program; the terminal says more."), 500

    return app


def _wish(first: Wish) -> Wish:
    """Read what is asked for; what is not said is as in ``first``."""
    asked = request.args
    paper = asked.get("paper", first.edition.paper)
    large = asked.get("large", "yes" if first.edition.large else "")
    guide = asked.get("guide", "yes" if first.guide else "")
    return Wish(
        asked.get("text", first.file),
        guide == "yes",
        asked.get("brand", first.brand),
        Edition("a4" if paper == "a4" else "letter", large == "yes"),
    )
