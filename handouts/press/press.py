"""Parts to finished PDFs: from the shelf when nothing has changed, from the engine otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from handouts.model import Curriculum
from handouts.press.own import Own
from handouts.press.part import Part, key_of
from handouts.press.shelf import Kept, Shelf
from handouts.press.theme import Theme
from handouts.problem import RenderError

if TYPE_CHECKING:
    from handouts.press.setting import Setting


@dataclass(frozen=True)
class Press:
    """Everything it takes to print parts of one curriculum."""

    root: Path
    curriculum: Curriculum
    shelf: Shelf

    @cached_property
    def theme(self) -> Theme:
        """The templates and styles below the root."""
        return Theme(self.root / "templates")

    @cached_property
    def setting(self) -> Setting:
        """What turns parts into HTML."""
        from handouts.press.setting import Setting

        return Setting(self.curriculum, self.theme)

    def key(self, part: Part) -> str:
        """Give the key of a part on the shelf."""
        return key_of(part, self.curriculum, self.theme.digest)

    def finished(self, part: Part) -> Kept:
        """Give a part, laid out now if it is not kept."""
        key = self.key(part)
        kept = self.shelf.take(key)
        if kept is None:
            kept = self.lay_out(part)
            self.shelf.keep(key, kept)
        return kept

    def lay_out(self, part: Part, own: Own | None = None) -> Kept:
        """Lay a part out, with what is one person's own typed in; nothing of it is kept.

        Raises RenderError naming the part when the engine says anything at all; what it says of a
        page with somebody's words on it is not repeated.
        """
        # The engine takes half a second to import: a run that finds all on the shelf never does.
        from handouts.press.engine import lay_out
        from handouts.press.tags import mend

        setting = self.setting
        try:
            html = setting.html(part, own)
        except TemplateError as error:
            message = f"A template has a fault ({error}); it came up in {_name(part)}."
            raise RenderError(message) from error
        folders = {(self.root / self._file(code)).parent for code in part.codes}
        try:
            layout = lay_out(
                html,
                setting.styles(part),
                name=_name(part),
                folders=tuple(folders),
                icons=self.theme.icons,
            )
        except RenderError:
            if own is None:
                raise
            # Outside of the handler, so that the error does not carry the engine's words along.
            layout = None
        if layout is None:
            raise RenderError(f"A personal page could not be laid out: {_name(part)}.")
        if part.template == "cards" and layout.size.pages > 1:
            codes = " and ".join(dict.fromkeys(part.codes))
            raise RenderError(
                f"There is more on the card {codes} than a sheet has room for. "
                "Take out a line or a sentence."
            )
        return Kept(mend(layout.pdf), layout.size)

    def _file(self, code: str) -> str:
        text = self.curriculum.text(code)
        assert text is not None, code
        return text.file


def _name(part: Part) -> str:
    """Say which part this is, in words for a message."""
    codes = " and ".join(part.codes)
    return f"the {part.template} {codes}".strip()
