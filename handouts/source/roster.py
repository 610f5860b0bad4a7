"""A roster, CSV or XLSX, to profiles: one row for each person, found again by its number only."""

from __future__ import annotations

import csv
import datetime
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handouts.problem import Problem, ProblemsFound
from handouts.profile import CODES, SAYINGS, Profile, field_of
from handouts.rules import breach
from handouts.source.profiles import make, plain, unknown

WHERE = "the roster"
LARGEST = 20_000_000
"""Bytes, of a CSV file or of all that an XLSX file unpacks to."""
MOST = 2_000
"""Rows."""
YES = {"yes": True, "y": True, "true": True, "x": True, "no": False, "n": False, "false": False}


@dataclass(frozen=True, repr=False)
class Row:
    """One row: its number in the sheet, counted from 1, and a profile, or what is wrong with it."""

    number: int
    profile: Profile | None
    problems: tuple[Problem, ...]


def read_roster(content: bytes) -> list[Row]:
    """Read all rows; raise ProblemsFound when the sheet as a whole cannot be used."""
    if len(content) > LARGEST:
        raise _unusable("It is larger than 20 megabytes.")
    sheet = _xlsx(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    rows = [(number, cells) for number, cells in enumerate(sheet, 1) if any(cells)]
    if len(rows) < 2:
        raise _unusable("It needs a row of headings and at least one row below.")
    if len(rows) > MOST:
        raise _unusable(f"It has more than {MOST} rows.")
    fields = _fields(rows[0][1], rows[0][0])
    return [_row(number, cells, fields) for number, cells in rows[1:]]


def _unusable(message: str, line: int = 0) -> ProblemsFound:
    return ProblemsFound([breach("CL005", WHERE, line, message)])


def _csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unusable("It is neither UTF-8 text nor XLSX.") from None
    head = text.split("\n", 1)[0]
    divider = max(",;\t", key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
    except csv.Error:
        raise _unusable("A quotation mark is left open, or a cell is too long.") from None


def _xlsx(content: bytes) -> Iterator[list[str]]:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > LARGEST:
                raise _unusable("It unpacks to more than 20 megabytes.")
        with warnings.catch_warnings():
            # openpyxl warns of drop-down lists and the like, which carry no words.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            for cells in book.worksheets[0].iter_rows(values_only=True):
                yield [_cell(cell) for cell in cells]
    except ProblemsFound:
        raise
    except Exception:
        raise _unusable("This XLSX file is damaged, or locked with a password.") from None


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _fields(headings: Sequence[str], line: int) -> list[str]:
    fields = []
    problems = []
    for number, heading in enumerate(headings, 1):
        field = field_of(heading)
        if field and field not in Profile.model_fields:
            problem = unknown(field, WHERE, line)
            message = f"The heading of column {number} is no field."
            problems.append(breach("CL005", WHERE, line, message, problem.fix))
        elif field and field in fields:
            message = f"The heading {plain(field)!r} is there twice."
            problems.append(breach("CL005", WHERE, line, message))
        fields.append(field)
    if problems:
        raise ProblemsFound(problems)
    return fields


def _row(number: int, cells: Sequence[str], fields: Sequence[str]) -> Row:
    where = f"row {number} of the roster"
    said: dict[str, object] = {}
    if any(cell.strip() for cell in cells[len(fields) :]):
        message = "There are more cells than headings."
        return Row(number, None, (breach("CL002", where, 0, message),))
    for field, cell in zip(fields, cells, strict=False):
        text = cell.strip()
        if field and text:
            said[field] = _value(field, text)
    profile, problems = make(said, where, {})
    return Row(number, profile, tuple(problems))


def _value(field: str, text: str) -> object:
    """Give a cell as a profile has it; entries are parted by semicolons or lines."""
    if field in CODES:
        return re.split(r"[;,\s]+", text.strip(";, "))
    if field in SAYINGS:
        return _parted(text)
    if field == "supports":
        return [_support(entry) for entry in _parted(text)]
    if field in {"discreet", "large_print"}:
        return YES.get(text.lower(), text)
    if field == "week":
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else text
    return text.lower() if field in {"paper", "language"} else text


def _parted(text: str) -> list[str]:
    return [entry for each in re.split(r"[;\n]", text) if (entry := each.strip())]


def _support(entry: str) -> dict[str, str]:
    """Part 'name, relation, phone'; what is missing at the end stays empty."""
    cells = [cell.strip() for cell in entry.split(",", 2)]
    return dict(zip(("name", "relation", "phone"), cells, strict=False))
