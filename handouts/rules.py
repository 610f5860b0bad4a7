"""The one table of rules: what each code means, why it is there, and what to do.

Whoever finds a problem takes its severity and usual fix from here; so does the page of docs that
lists the rules. Codes are never used again for something else.
"""

from __future__ import annotations

from dataclasses import dataclass

from handouts.problem import Problem, Severity


@dataclass(frozen=True)
class Rule:
    """A rule: its code, what it asks for, why, how to mend a breach, and its severity.

    A ``firm`` rule allows no exception: what breaks it could not be printed, or could do harm.
    """

    code: str
    title: str
    why: str
    fix: str
    severity: Severity = Severity.ERROR
    firm: bool = False

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
            firm=True,
        ),
        Rule(
            "ST002",
            "A file is of a reasonable size",
            "A text of more than a megabyte is not a lesson; reading it would stall every command.",
            "Check that the right file was saved here, and take out what does not belong.",
            firm=True,
        ),
        Rule(
            "ST003",
            "A file starts with settings between two lines of three dashes",
            "Without its code and title a page cannot be found or printed.",
            "Start the file with a line ---, the settings, and another line ---.",
            firm=True,
        ),
        Rule(
            "ST004",
            "Settings are well-formed YAML",
            "A slip in the form of the settings makes them mean something else.",
            "Look at this line and the one above: a colon with a space after it, even indents, "
            "quotes around text that holds a colon.",
            firm=True,
        ),
        Rule(
            "ST005",
            "Settings have the names and values that are expected",
            "A misspelled setting would be ignored without a word.",
            "Compare the setting with docs/file-formats.md.",
            firm=True,
        ),
        Rule(
            "ST006",
            "Every block is of a known kind",
            "An unknown block cannot be printed.",
            "Use one of the blocks listed in docs/file-formats.md.",
            firm=True,
        ),
        Rule(
            "ST007",
            "Every block is closed",
            "A block left open swallows the rest of the lesson.",
            "Put a line with as many slashes as the first line of the block where it ends.",
            firm=True,
        ),
        Rule(
            "ST008",
            "Every closing line closes a block",
            "A line of slashes that closes nothing shows that a block was opened wrongly.",
            "Take the line out, or look above for a block whose first line has another number of "
            "slashes.",
            firm=True,
        ),
        Rule(
            "ST009",
            "Settings of a block have the names and values that are expected",
            "A worksheet with a wrong setting would print with the wrong room to write.",
            "Compare the block with docs/file-formats.md.",
            firm=True,
        ),
        Rule(
            "ST010",
            "A block has a title where it needs one, and none where it takes none",
            "The title is what people read, and what a screen reader calls the field.",
            "Write the title behind the name of the block: /// lines | What did you notice?",
            firm=True,
        ),
        Rule(
            "ST011",
            "A block holds the text that it needs",
            "An empty box or a tick list without items is a hole in the page.",
            "Write the text between the first and the last line of the block.",
            firm=True,
        ),
        Rule(
            "ST012",
            "Lessons hold no HTML",
            "HTML can break the page and hide things from the checks.",
            "Use Markdown or one of the blocks in docs/file-formats.md.",
            firm=True,
        ),
        Rule(
            "ST013",
            "Headings are ## or ###",
            "The title is made from the settings; deeper headings get lost on paper.",
            "Write ## for a heading and ### for one below it.",
            firm=True,
        ),
        Rule(
            "ST014",
            "A code belongs to one file",
            "The code is what people say in the room; it must mean one page.",
            "Give one of the two files another code.",
            firm=True,
        ),
        Rule(
            "ST015",
            "A lesson lies in the folder of its domain",
            "The folder says what the lesson is about.",
            "Move the file into one of the folders named in docs/file-formats.md.",
            firm=True,
        ),
        Rule(
            "ST016",
            "A picture that a text names is there",
            "A missing picture leaves a hole in the page.",
            "Put the picture beside the lesson, or mend its name.",
            firm=True,
        ),
        Rule(
            "ST017",
            "A text uses only pictures that lie beside it",
            "A page may not read other files of this computer or the network.",
            "Copy the picture into the folder of the lesson and name it without any folder.",
            firm=True,
        ),
        Rule(
            "ST018",
            "A file can be opened",
            "What cannot be opened cannot be checked.",
            "Check that the file is there and that you may read it.",
            firm=True,
        ),
        Rule(
            "ST019",
            "Facilitator blocks stand on their own",
            "A note inside a participant's box would leave a gap in the handout.",
            "Move the block out of the box around it.",
            firm=True,
        ),
        Rule(
            "ST020",
            "The name of a write-on block is used once in a file",
            "A filled-in answer must land in one place only.",
            "Give one of the two blocks another name.",
            firm=True,
        ),
        Rule(
            "LK001",
            "Programs name lessons, cards and forms that are there",
            "A packet with a hole in it cannot be printed.",
            "Mend the code, or add the file that it names.",
            firm=True,
        ),
        Rule(
            "LK002",
            "Lessons and cards name lessons that are there",
            "A reference to a missing lesson sends people looking for a page that is not there.",
            "Mend the code, or add the lesson that it names.",
            firm=True,
        ),
        Rule(
            "LK003",
            "Tags come from the list of tags",
            "A clinician's suggestions are found by these words; an unknown one finds nothing.",
            "Use a tag of curriculum/tags.yml, or add this one there with the words people say.",
            firm=True,
        ),
        Rule(
            "SF001",
            "A safety box names standard lines that are there",
            "The standard line would not be printed.",
            "Mend the name, or add the line to curriculum/safety-lines.yml.",
            firm=True,
        ),
        Rule(
            "SF002",
            "Crisis lines have been checked within 180 days",
            "A number that no longer answers can cost a life.",
            "Call or look up every line in curriculum/crisis-lines.yml and set `checked` to today. "
            "To print all the same, with a warning on every page, add --stale-crisis-lines.",
            firm=True,
        ),
        Rule(
            "EV001",
            "Every source that a lesson cites is listed",
            "A claim must rest on a work that a reader can find.",
            "Mend the key, or add the work to curriculum/sources.yml.",
            firm=True,
        ),
        Rule(
            "ST021",
            "A lesson holds what a session needs",
            "A facilitator at eight in the morning runs what is on the page.",
            "Add what is missing; docs/authors.md says what each block is for.",
            Severity.ADVICE,
        ),
        Rule(
            "ST022",
            "Headings go down one level at a time",
            "A screen reader finds its way by the levels.",
            "Put a ## heading above it, or make it ## itself.",
            Severity.ADVICE,
        ),
        Rule(
            "ST023",
            "A heading is there once",
            "Two headings with the same words send people to the wrong place.",
            "Write other words for one of them.",
            Severity.ADVICE,
        ),
        Rule(
            "ST024",
            "The minutes of a lesson add up to 90",
            "The agenda is printed from them, and the group ends when it ends.",
            "Change the minutes of the notes until they add up.",
            Severity.ADVICE,
        ),
        Rule(
            "ST025",
            "The steps of a session come in order",
            "The facilitator turns pages forward only.",
            "Move the note, or give it another step.",
            Severity.ADVICE,
        ),
        Rule(
            "ST026",
            "A session of a program has room for a lesson",
            "A lesson that does not fit is cut at its end, where the practice is.",
            "Give the session at least 90 clinical minutes.",
            Severity.ADVICE,
        ),
        Rule(
            "ST027",
            "A lesson prints about 600 to 1,000 words for each of its readers",
            "Less leaves a gap in the session; more is not read.",
            "Add what people would ask, or move what they do not need to another lesson.",
            Severity.ADVICE,
        ),
        Rule(
            "ST028",
            "A handout prints on 2 to 4 pages",
            "A longer one is not read, and costs paper every week.",
            "Shorten the text or the drawings; see the pages with `handout`.",
            Severity.ADVICE,
        ),
        Rule(
            "ST029",
            "The last page of a handout holds more than a few lines",
            "A sheet for three lines is a sheet too many, and those lines are not read.",
            "Shorten the text by those lines, or give the worksheet more room.",
            Severity.ADVICE,
        ),
        Rule(
            "PL001",
            "The Flesch-Kincaid grade is 6.0 or lower",
            "Many who read these pages read below the sixth grade.",
            "Shorten the sentences that are named, and use shorter words.",
            Severity.ADVICE,
        ),
        Rule(
            "PL002",
            "The SMOG grade is 8.0 or lower",
            "Words of three syllables and more are where tired readers stop.",
            "Use shorter words in the sentences that are named.",
            Severity.ADVICE,
        ),
        Rule(
            "PL003",
            "A sentence has at most 20 words",
            "A long sentence is lost before it ends.",
            "Make two sentences of it.",
            Severity.ADVICE,
        ),
        Rule(
            "PL004",
            "Sentences have 12 words or fewer on average",
            "A page of middling sentences is as tiring as one long one.",
            "Cut the longest sentences in two.",
            Severity.ADVICE,
        ),
        Rule(
            "PL005",
            "At most one sentence in ten is passive",
            "Active sentences say who does what.",
            "Say who does it: you, your counselor, a friend.",
            Severity.ADVICE,
        ),
        Rule(
            "PL006",
            "A list has at most seven items",
            "More cannot be held in mind.",
            "Drop some, or make two lists with a heading each.",
            Severity.ADVICE,
        ),
        Rule(
            "PL007",
            "The main message comes first",
            "Some people read only that.",
            "Move the block '/// message' to the top.",
            Severity.ADVICE,
        ),
        Rule(
            "PL008",
            "A heading comes every half page",
            "Headings let a person find the place again.",
            "Put a heading where a new thought starts.",
            Severity.ADVICE,
        ),
        Rule(
            "PL009",
            "There is something to do on every page",
            "A page that is only read is soon forgotten.",
            "Add a step, a try-this box or a block to write on.",
            Severity.ADVICE,
        ),
        Rule(
            "PL010",
            "There are no exclamation marks",
            "A calm page does not shout.",
            "End the sentence with a period.",
            Severity.ADVICE,
        ),
        Rule(
            "SF004",
            "The strip at the foot of the page says 911 and 988",
            "It is on every page for the worst hour.",
            "Add the line to curriculum/crisis-lines.yml with 'strip: true'.",
            firm=True,
        ),
        Rule(
            "SF003",
            "Lessons and cards print the safety lines of their subject",
            "These lines prevent deaths.",
            "Add the line to a safety box.",
            firm=True,
        ),
        Rule(
            "SF005",
            "A heavy lesson names a gentler one",
            "Somebody in the room may be on their first day.",
            "Add 'gentler: CODE' with a lesson of intensity 1 or 2.",
        ),
        Rule(
            "SF006",
            "A heavy lesson tells participants what is coming",
            "People choose better when they are told.",
            "Add a safety box that says what the page is about and that they may skip it.",
        ),
        Rule(
            "SF007",
            "Nothing promises a cure",
            "A promise that breaks takes the rest of the page with it.",
            "Say what it may do, for some people.",
        ),
        Rule(
            "SF008",
            "A program gives 540 clinical minutes a week",
            "Intensive outpatient care means nine hours or more; breaks do not count.",
            "Add sessions or minutes, or say in an exception what kind of program this is.",
            Severity.ADVICE,
        ),
        Rule(
            "SF009",
            "Nothing tells how to use",
            "A detail of use can start an urge.",
            "Leave the detail out.",
        ),
        Rule(
            "SF010",
            "Handouts name no dose",
            "A dose is between a person and their prescriber.",
            "Leave the amount out, and say: ask your prescriber.",
        ),
        Rule(
            "EV002",
            "A grade above practice wisdom rests on a work",
            "A claim without a source is an opinion.",
            "Name the work under 'sources', or grade it practice-wisdom.",
        ),
        Rule(
            "EV003",
            "A claim rests on at least one confirmed work",
            "A work that nobody could find may not say what we think.",
            "Add a work whose 'checked' is set in curriculum/sources.yml.",
        ),
        Rule(
            "EV004",
            "Cited works are confirmed",
            "Somebody must have held the work in hand.",
            "Find the work, read it, and set 'checked' in curriculum/sources.yml.",
            Severity.ADVICE,
        ),
        Rule(
            "LP001",
            "Words about people judge nobody",
            "Labels keep people from care; these pages are read by those they name.",
            "Use the words in curriculum/language.yml.",
        ),
        Rule(
            "AC001",
            "Every picture has words",
            "Somebody will hear the page instead of seeing it.",
            "Write what it shows: ![words](picture.svg)",
        ),
        Rule(
            "AC002",
            "A link says where it goes",
            "Out of its sentence, 'here' means nothing.",
            "Make a link of the name of the place: [Name of the page](address)",
        ),
        Rule(
            "AC003",
            "Every column of a table has a head",
            "A screen reader says the head before each cell.",
            "Write a head for the column.",
        ),
        Rule(
            "AC004",
            "The brand's colour can be read on white",
            "Pale letters vanish on a photocopier.",
            "Choose a darker colour; 4.5 to 1 is the least.",
            firm=True,
        ),
        Rule(
            "AC005",
            "A text is in the language it is set to",
            "A screen reader says Spanish words in English otherwise.",
            "Set 'language: es' or 'language: en'.",
        ),
        Rule(
            "AC006",
            "Nothing means something by its colour alone",
            "Packets are printed in black.",
            "Name the place or the title instead of the colour.",
            Severity.ADVICE,
        ),
        Rule(
            "LK004",
            "Somebody uses every file",
            "A lesson in no program is never printed, and grows old.",
            "Add it to a program, or take it out.",
            Severity.ADVICE,
        ),
        Rule(
            "LK005",
            "A text names lessons, cards and forms that are there",
            "People turn to a page that does not exist.",
            "Mend the code.",
        ),
        Rule(
            "CL001",
            "A profile is fields with values",
            "A profile that cannot be read would give a packet that is not the person's.",
            "Compare it with docs/clinicians.md; write one field on each line.",
            firm=True,
        ),
        Rule(
            "CL002",
            "A profile has only fields that there are, each as it should be",
            "A field that is misspelled would be left off the page without a word.",
            "Compare the field with docs/clinicians.md.",
            firm=True,
        ),
        Rule(
            "CL003",
            "Every letter of a profile can be printed",
            "A letter that the typeface lacks would be an empty box in a person's name.",
            "Write it in Latin letters, without pictures and hidden signs.",
            firm=True,
        ),
        Rule(
            "CL004",
            "A profile names lessons, cards and plans that are there",
            "A packet without them would be short, and nobody would know.",
            "Look the code up with 'build_handouts.py list'.",
            firm=True,
        ),
        Rule(
            "CL005",
            "A roster has a row of headings, and rows",
            "Without them nobody knows what a column means.",
            "Start with headings such as name, goals, lessons; save it as CSV UTF-8 or XLSX.",
            firm=True,
        ),
        Rule(
            "EX001",
            "Every exception is needed",
            "An old exception would hide the next mistake.",
            "Take the exception out of the settings.",
            firm=True,
        ),
        Rule(
            "EX002",
            "An exception names a rule that allows it",
            "Some rules guard printing, or lives.",
            "Take the exception out and mend what it excused.",
            firm=True,
        ),
    )
}


def breach(code: str, file: str, line: int, message: str, fix: str = "") -> Problem:
    """Make a problem of the rule with this code."""
    return RULES[code].breach(file, line, message, fix)
