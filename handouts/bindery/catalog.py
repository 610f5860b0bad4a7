"""What a document says of itself, and its bytes."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, String

from handouts.bindery.record import Binding

PRODUCER = "handouts"  # nothing of the machine, the person or the day

_XMP = """\
<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""


def describe(out: pikepdf.Pdf, binding: Binding) -> None:
    """Write title, author, subject, language and the PDF/UA-1 mark into a document.

    No dates: the same input gives the same bytes.
    """
    xmp = _XMP.format(
        title=escape(binding.title),
        author=escape(binding.author),
        subject=escape(binding.subject),
        language=escape(binding.language),
        producer=escape(PRODUCER),
    )
    out.Root.Metadata = out.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)
    out.Root.Lang = String(binding.language)
    out.Root.MarkInfo = Dictionary(Marked=True)
    out.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    out.docinfo = out.make_indirect(
        Dictionary(
            Title=String(binding.title),
            Author=String(binding.author),
            Subject=String(binding.subject),
            Producer=String(PRODUCER),
        )
    )
    for page in out.pages:
        page.obj.Tabs = Name.S  # ISO 14289-1, 7.18.3: the keyboard follows the tags


def written(out: pikepdf.Pdf) -> bytes:
    """Give the bytes of a document: PDF 1.7, small, the same whenever it is the same document."""
    sheet = BytesIO()
    out.save(
        sheet,
        force_version="1.7",
        fix_metadata_version=False,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
    )
    return sheet.getvalue()
