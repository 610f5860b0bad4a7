"""A brand folder to a record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from handouts.model import Brand
from handouts.problem import Problem, UsageError
from handouts.rules import breach
from handouts.source import files
from handouts.source.settings import parse, validate


@dataclass(frozen=True)
class BrandFolder:
    """A brand, where its files lie, and the digest of everything in them."""

    name: str
    folder: Path
    brand: Brand
    digest: str


def brand_names(root: Path) -> list[str]:
    """Give the names of the brands that are there."""
    return sorted(path.parent.name for path in (root / "templates" / "brands").glob("*/brand.yml"))


def read_brand(name: str, root: Path) -> tuple[BrandFolder | None, list[Problem]]:
    """Read one brand; a name that is not there is a mistake in the command."""
    if name not in brand_names(root):
        there = ", ".join(brand_names(root)) or "none"
        raise UsageError(f"There is no brand {name!r}. Brands that are there: {there}.")
    folder = root / "templates" / "brands" / name
    source, problems = files.read(folder / "brand.yml", root)
    if source is None:
        return None, problems
    settings, problems = parse(source.text, source.file, "ST004")
    if problems:
        return None, problems
    brand, problems = validate(Brand, settings, source.file, "ST005")
    if brand is None:
        return None, problems
    digest = source.digest
    if brand.logo:
        try:
            digest += files.digest(folder / brand.logo)
            address = files.outside(folder / brand.logo)
        except OSError:
            line = settings.line(("logo",))
            return None, [breach("ST016", source.file, line, f"There is no {brand.logo!r} here.")]
        if address:
            message = f"The logo asks for {address!r}, which lies outside of it."
            return None, [breach("ST017", source.file, settings.line(("logo",)), message)]
    return BrandFolder(name, folder, brand, digest), []
