"""The curriculum folder to one record, with every problem of every file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, Field

from handouts.model import (
    AnyText,
    Card,
    CrisisLines,
    Curriculum,
    Form,
    Language,
    Lesson,
    Program,
    Record,
    Review,
    SafetyLine,
    Slug,
    Source,
    Words,
)
from handouts.problem import Problem
from handouts.rules import breach
from handouts.source import files
from handouts.source.settings import Settings, parse, validate
from handouts.source.texts import read_card, read_form, read_lesson

T = TypeVar("T", Lesson, Card, Form)
R = TypeVar("R", bound=BaseModel)

Reader = Callable[[files.Source, Path], tuple[T | None, list[Problem]]]


class _Sources(Record):
    works: tuple[Source, ...]


class _SafetyLines(Record):
    lines: dict[Slug, SafetyLine]


class _Reviews(Record):
    reviews: tuple[Review, ...]


class _Tags(Record):
    tags: dict[Slug, Annotated[tuple[Words, ...], Field(min_length=1)]]


@dataclass(frozen=True)
class Loaded:
    """A curriculum, what is wrong with it, and the lines of its programs' settings."""

    curriculum: Curriculum | None
    problems: tuple[Problem, ...]
    program_lines: dict[str, Settings]


@dataclass(frozen=True)
class Memory:
    """Texts as they were last read, for a process that loads again and again."""

    _texts: dict[str, tuple[files.Source, Any]] = field(default_factory=dict)

    def read(
        self, reader: Reader[T], source: files.Source, folder: Path
    ) -> tuple[T | None, list[Problem]]:
        """Read a text, or give it as it was read before when not a letter has changed."""
        before = self._texts.get(source.file)
        # A text with pictures depends on other files, too.
        if before is None or before[0] != source or "![" in source.text:
            before = self._texts[source.file] = (source, reader(source, folder))
        result: tuple[T | None, list[Problem]] = before[1]
        return result


def load(root: Path, memory: Memory | None = None) -> Loaded:
    """Read everything below ``root/curriculum``; a memory saves work when it is given again.

    The curriculum is None when a file that everything needs (crisis lines, say) cannot be used;
    a lesson that cannot be used is left out of it and named among the problems.
    """
    folder = root / "curriculum"
    known = memory or Memory()
    problems: list[Problem] = []
    lessons = _texts(
        sorted((folder / "lessons").glob("*/*.md")), root, read_lesson, problems, known
    )
    cards = _texts(sorted((folder / "cards").glob("*.md")), root, read_card, problems, known)
    forms = _texts(sorted((folder / "forms").glob("*.md")), root, read_form, problems, known)
    problems.extend(_shared_codes([*lessons, *cards, *forms]))
    programs: dict[str, Program] = {}
    lines: dict[str, Settings] = {}
    for path in sorted((folder / "programs").glob("*.yml")):
        program, settings = _yaml(path, root, Program, "", problems)
        if program:
            programs[path.stem], lines[path.stem] = program, settings
    crisis, _ = _yaml(folder / "crisis-lines.yml", root, CrisisLines, "", problems)
    works, _ = _yaml(folder / "sources.yml", root, _Sources, "works", problems)
    safety, _ = _yaml(folder / "safety-lines.yml", root, _SafetyLines, "lines", problems)
    tags, _ = _yaml(folder / "tags.yml", root, _Tags, "tags", problems)
    reviews, _ = _yaml(folder / "reviews.yml", root, _Reviews, "reviews", problems)
    language, _ = _yaml(folder / "language.yml", root, Language, "", problems)
    if not (crisis and works and safety and tags and reviews and language):
        return Loaded(None, tuple(problems), lines)
    curriculum = Curriculum(
        lessons={text.settings.code: text for text in lessons},
        cards={text.settings.code: text for text in cards},
        forms={text.settings.code: text for text in forms},
        programs=programs,
        sources={work.key: work for work in works.works},
        safety_lines=safety.lines,
        tags=tags.tags,
        crisis=crisis,
        reviews=reviews.reviews,
        language=language,
    )
    return Loaded(curriculum, tuple(problems), lines)


def _texts(
    paths: Iterable[Path],
    root: Path,
    reader: Reader[T],
    problems: list[Problem],
    known: Memory,
) -> list[T]:
    texts = []
    for path in paths:
        source, wrong = files.read(path, root)
        problems.extend(wrong)
        if source is None:
            continue
        text, wrong = known.read(reader, source, path.parent)
        problems.extend(wrong)
        if text is not None:
            texts.append(text)
    return texts


def _shared_codes(texts: Iterable[AnyText]) -> list[Problem]:
    first: dict[str, str] = {}
    problems = []
    for text in texts:
        code = text.settings.code
        if first.setdefault(code, text.file) != text.file:
            message = f"The code {code!r} already belongs to {first[code]}."
            problems.append(breach("ST014", text.file, text.lines.get(("code",), 0), message))
    return problems


def _yaml(
    path: Path, root: Path, model: type[R], below: str, problems: list[Problem]
) -> tuple[R | None, Settings]:
    """Read a YAML file; ``below`` is the field of ``model`` that the whole file belongs to."""
    source, wrong = files.read(path, root)
    settings = Settings({}, {})
    record = None
    if source is not None:
        settings, wrong = parse(source.text, source.file, "ST004")
        if not wrong:
            if below:
                paths = {(below, *where): line for where, line in settings.lines.items()}
                settings = Settings({below: settings.data}, paths)
            record, wrong = validate(model, settings, source.file, "ST005")
    problems.extend(wrong)
    return record, settings
