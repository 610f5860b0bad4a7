"""Exceptions: a rule that a file may break, with a reason, for as long as it does break it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from handouts.model import Excuse
from handouts.problem import Problem
from handouts.rules import RULES, breach


def excused(
    problems: Sequence[Problem],
    excuses: Mapping[str, tuple[Excuse, ...]],
    judged: Collection[str],
) -> Iterator[Problem]:
    """Leave out what files excuse; add a problem for each excuse that excuses nothing.

    ``excuses`` are given by file; ``judged`` are the codes of the rules that were applied, for an
    excuse from any other cannot be called unused.
    """
    broken = {(problem.file, problem.code) for problem in problems}
    allowed = set()
    for file, rows in excuses.items():
        for row in rows:
            rule = RULES.get(row.rule)
            if rule is None:
                yield breach("EX002", file, 0, f"There is no rule {row.rule}.")
            elif rule.firm:
                yield breach("EX002", file, 0, f"The rule {row.rule} allows no exception.")
            elif row.rule in judged and (file, row.rule) not in broken:
                yield breach("EX001", file, 0, f"The exception from {row.rule} is not needed.")
            else:
                allowed.add((file, row.rule))
    for problem in problems:
        if (problem.file, problem.code) not in allowed:
            yield problem
