"""Problems as people and other programs read them."""

from __future__ import annotations

import json
from collections.abc import Sequence

from handouts.problem import Problem, Severity
from handouts.rules import RULES, Rule


def as_text(problems: Sequence[Problem]) -> str:
    """Set problems for the screen, with a last line that counts them."""
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    advice = len(problems) - errors
    rows = [f"{'advice: ' if p.severity is Severity.ADVICE else ''}{p}" for p in problems]
    noun = "error" if errors == 1 else "errors"
    return "\n".join([*rows, f"{errors} {noun}, {advice} of advice."])


def as_json(problems: Sequence[Problem]) -> str:
    """Set problems as a JSON list of objects with the fields of ``Problem``."""
    return json.dumps([vars(problem) for problem in problems], indent=2)


def as_github(problems: Sequence[Problem]) -> str:
    """Set problems as the workflow commands that GitHub shows beside the changed lines."""
    return "\n".join(
        f"::{'error' if p.severity is Severity.ERROR else 'warning'} "
        f"file={_property(p.file)},line={p.line or 1},title={p.code}::"
        f"{_escaped(f'{p.message} {p.fix}')}"
        for p in problems
    )


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(problems: Sequence[Problem]) -> str:
    """Set problems as SARIF 2.1.0, the format of code scanning tools."""
    used = sorted({problem.code for problem in problems})
    run = {
        "tool": {"driver": {"name": "handouts", "rules": [_sarif_rule(RULES[c]) for c in used]}},
        "results": [
            {
                "ruleId": p.code,
                "level": _level(p.severity),
                "message": {"text": f"{p.message} {p.fix}"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": p.file},
                            "region": {"startLine": p.line or 1},
                        }
                    }
                ],
            }
            for p in problems
        ],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=2)


def _sarif_rule(rule: Rule) -> dict[str, object]:
    return {
        "id": rule.code,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.fix},
        "defaultConfiguration": {"level": _level(rule.severity)},
    }


def _level(severity: Severity) -> str:
    return "error" if severity is Severity.ERROR else "warning"


def explained(rule: Rule) -> str:
    """Set one rule for the screen."""
    exception = (
        "It allows no exception." if rule.firm else "A file may except itself, with a reason."
    )
    return (
        f"{rule.code} ({rule.severity.value}): {rule.title}.\n"
        f"Why: {rule.why}\nWhat to do: {rule.fix}\n{exception}"
    )


def rules_page() -> str:
    """Set the page of docs that lists every rule."""
    lines = [
        "# What is checked",
        "",
        "Made from the table of rules by `build_handouts.py check --rules`. An error stops a",
        "build; advice does not. A file can be excepted from a rule that is not firm, with a why:",
        "",
        "```yaml",
        "exceptions:",
        "  - rule: PL006",
        "    reason: The nine lines of the song belong together.",
        "```",
        "",
        "An exception that is no longer needed is an error.",
        "",
        "| code | rule | why | what to do | severity |",
        "| --- | --- | --- | --- | --- |",
    ]
    for rule in sorted(RULES.values(), key=lambda each: each.code):
        severity = rule.severity.value + (", firm" if rule.firm else "")
        row = (rule.code, rule.title, rule.why, rule.fix, severity)
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |")
    return "\n".join(lines) + "\n"


FORMATS = {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif}
