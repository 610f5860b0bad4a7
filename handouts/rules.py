"""The one table of rules: what each code means, why it is there, and what to do.

Whoever finds a problem takes its severity and usual fix from here; so does the page of docs that
lists the rules. Codes are never used again for something else.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.problem import Problem, Severity


@dataclass(frozen=True)
class Rule:
    """A rule: its code, its severity, what it asks for, why, and how to mend a breach."""

    code: str
    title: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR

    def breach(self, file: str, line: int, message: str, fix: str = "") -> Problem:
        """Make a problem of this rule at a place."""
        return Problem(file, line, self.code, message, fix or self.fix, self.severity)


RULES: dict[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule(
            "ST001",
            "A file can be read as UTF-8 text",
            "Files in another encoding print wrong letters.",
            "Save the file again as UTF-8 (in most editors: Save with encoding).",
        ),
        Rule(
            "ST002",
            "A file is of a reasonable size",
            "A text of more than a megabyte is not a lesson; reading it would stall every command.",
            "Check that the right file was saved here, and take out what does not belong.",
        ),
        Rule(
            "ST003",
            "A file starts with settings between two lines of three dashes",
            "Without its code and title a page cannot be found or printed.",
            "Start the file with a line ---, the settings, and another line ---.",
        ),
        Rule(
            "ST004",
            "Settings are well-formed YAML",
            "A slip in the form of the settings makes them mean something else.",
            "Look at this line and the one above: a colon with a space after it, even indents, "
            "quotes around text that holds a colon.",
        ),
        Rule(
            "ST005",
            "Settings have the names and values that are expected",
            "A misspelled setting would be ignored without a word.",
            "Compare the setting with docs/file-formats.md.",
        ),
        Rule(
            "ST006",
            "Every block is of a known kind",
            "An unknown block cannot be printed.",
            "Use one of the blocks listed in docs/file-formats.md.",
        ),
        Rule(
            "ST007",
            "Every block is closed",
            "A block left open swallows the rest of the lesson.",
            "Put a line with as many slashes as the first line of the block where it ends.",
        ),
        Rule(
            "ST008",
            "Every closing line closes a block",
            "A line of slashes that closes nothing shows that a block was opened wrongly.",
            "Take the line out, or look above for a block whose first line has another number of "
            "slashes.",
        ),
        Rule(
            "ST009",
            "Settings of a block have the names and values that are expected",
            "A worksheet with a wrong setting would print with the wrong room to write.",
            "Compare the block with docs/file-formats.md.",
        ),
        Rule(
            "ST010",
            "A block has a title where it needs one, and none where it takes none",
            "The title is what people read, and what a screen reader calls the field.",
            "Write the title behind the name of the block: /// lines | What did you notice?",
        ),
        Rule(
            "ST011",
            "A block holds the text that it needs",
            "An empty box or a tick list without items is a hole in the page.",
            "Write the text between the first and the last line of the block.",
        ),
        Rule(
            "ST012",
            "Lessons hold no HTML",
            "HTML can break the page and hide things from the checks.",
            "Use Markdown or one of the blocks in docs/file-formats.md.",
        ),
        Rule(
            "ST013",
            "Headings are ## or ###",
            "The title is made from the settings; deeper headings get lost on paper.",
            "Write ## for a heading and ### for one below it.",
        ),
        Rule(
            "ST014",
            "A code belongs to one file",
            "The code is what people say in the room; it must mean one page.",
            "Give one of the two files another code.",
        ),
        Rule(
            "ST015",
            "A lesson lies in the folder of its domain",
            "The folder says what the lesson is about.",
            "Move the file into one of the folders named in docs/file-formats.md.",
        ),
        Rule(
            "ST016",
            "A picture that a text names is there",
            "A missing picture leaves a hole in the page.",
            "Put the picture beside the lesson, or mend its name.",
        ),
        Rule(
            "ST017",
            "A text uses only pictures that lie beside it",
            "A page may not read other files of this computer or the network.",
            "Copy the picture into the folder of the lesson and name it without any folder.",
        ),
        Rule(
            "ST018",
            "A file can be opened",
            "What cannot be opened cannot be checked.",
            "Check that the file is there and that you may read it.",
        ),
        Rule(
            "ST019",
            "Facilitator blocks stand on their own",
            "A note inside a participant's box would leave a gap in the handout.",
            "Move the block out of the box around it.",
        ),
        Rule(
            "ST020",
            "The name of a write-on block is used once in a file",
            "A filled-in answer must land in one place only.",
            "Give one of the two blocks another name.",
        ),
        Rule(
            "LK001",
            "Programs name lessons, cards and forms that are there",
            "A packet with a hole in it cannot be printed.",
            "Mend the code, or add the file that it names.",
        ),
        Rule(
            "LK002",
            "Lessons and cards name lessons that are there",
            "A reference to a missing lesson sends people looking for a page that is not there.",
            "Mend the code, or add the lesson that it names.",
        ),
        Rule(
            "LK003",
            "Tags come from the list of tags",
            "A clinician's suggestions are found by these words; an unknown one finds nothing.",
            "Use a tag of curriculum/tags.yml, or add this one there with the words people say.",
        ),
        Rule(
            "SF001",
            "A safety box names standard lines that are there",
            "The standard line would not be printed.",
            "Mend the name, or add the line to curriculum/safety-lines.yml.",
        ),
        Rule(
            "SF002",
            "Crisis lines have been checked within 180 days",
            "A number that no longer answers can cost a life.",
            "Call or look up every line in curriculum/crisis-lines.yml and set `checked` to today. "
            "To print all the same, with a warning on every page, add --stale-crisis-lines.",
        ),
        Rule(
            "EV001",
            "Every source that a lesson cites is listed",
            "A claim must rest on a work that a reader can find.",
            "Mend the key, or add the work to curriculum/sources.yml.",
        ),
    )
}


def breach(code: str, file: str, line: int, message: str, fix: str = "") -> Problem:
    """Make a problem of the rule with this code."""
    return RULES[code].breach(file, line, message, fix)
