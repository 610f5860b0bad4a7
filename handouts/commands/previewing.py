"""The command that shows a text in the browser while somebody edits it."""

from __future__ import annotations

import click

from handouts.commands.printing import program_option
from handouts.commands.screen import ROOT, errors_as_messages, today


@click.command()
@click.argument("lesson", default="")
@click.option("--brand", default="neutral", show_default=True, help="Whose name is on it.")
@program_option
@click.option("--open/--no-open", "browse", default=True, help="Open the browser.  [default: open]")
@errors_as_messages
def preview(lesson: str, brand: str, program: str, browse: bool) -> None:
    """Show a lesson, card or form in the browser, as it prints, anew after every save.

    LESSON is a code; without one the first lesson of the program is shown. The page is for this
    machine and this run only. Ctrl-C ends it.
    """
    import webbrowser

    from handouts.model import Edition
    from handouts.preview.app import make_app
    from handouts.preview.desk import PreviewDesk
    from handouts.preview.guard import new_token
    from handouts.preview.server import address, open_server, serve
    from handouts.preview.view import Wish
    from handouts.source.brands import read_brand

    read_brand(brand, ROOT)  # refuses a name that is not there
    desk = PreviewDesk(ROOT, program, today)
    first = Wish(desk.find(lesson), False, brand, Edition())
    token = new_token()
    server = open_server(make_app(desk, token, ROOT / "templates" / "screen", first))
    place = address(server, token)
    click.echo(f"The preview is at\n    {place}\nPress Ctrl-C to end it.")
    if browse:
        webbrowser.open(place)
    serve(server)
    desk.close()
    click.echo("The preview has ended.")
