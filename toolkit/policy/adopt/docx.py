"""DOCX -> Markdown, by mammoth and then as HTML. Pure: it reads the bytes it is given."""

import re
import zipfile
from io import BytesIO

import mammoth
from bs4 import BeautifulSoup

from toolkit.errors import DocumentError
from toolkit.policy.adopt.markup import convert_html
from toolkit.policy.adopt.reading import Reading

_TITLED = "\n".join(
    ["p[style-name='Title'] => h1:fresh", *(f"p[style-name='Heading {at}'] => h{at + 1}:fresh" for at in range(1, 6))]
)
"""With a title above all, the headings of the first level stand below it."""
_LARGEST = 50_000_000  # octets of one part, unpacked


def read_docx(source: bytes, name: str) -> Reading:
    """Read a Word document. Raises `DocumentError` where it is none, or holds no words."""
    parts = _parts(source, name)
    if "<w:vanish" in parts.get("word/document.xml", ""):
        raise DocumentError(
            "the document holds hidden text.", where=name, mend="Delete it in Word (File, Info, Inspect Document)."
        )
    try:
        html = mammoth.convert_to_html(
            BytesIO(source),
            style_map=_TITLED if _has_title(parts) else "",
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
        raw = mammoth.extract_raw_text(BytesIO(source)).value
    except Exception as error:  # noqa: BLE001 - mammoth says in no way which of its errors mean a broken file
        raise _unreadable(name, str(error)) from None
    soup = BeautifulSoup(html, "html.parser")
    plain = " ".join(tag_text for tag_text in soup.stripped_strings)
    reading = convert_html(soup, name, notes=_notes(parts, len(soup.find_all("li"))))
    if _letters(raw) != _letters(plain):
        raise DocumentError(
            "Word's text and what was read of it differ.",
            where=name,
            mend="Save it as HTML ('Web page, filtered') from Word, and adopt that.",
        )
    return reading


def _parts(source: bytes, name: str) -> dict[str, str]:
    """Return the XML parts of a document as text."""
    try:
        with zipfile.ZipFile(BytesIO(source)) as archive:
            if any(entry.file_size > _LARGEST for entry in archive.infolist()):
                raise _unreadable(name, "a part of it is too large")
            names = [each for each in archive.namelist() if each.startswith("word/") and each.endswith(".xml")]
            return {each: archive.read(each).decode("utf-8", errors="replace") for each in names}
    except (zipfile.BadZipFile, RuntimeError, OSError) as error:
        raise _unreadable(name, str(error)) from None


def _letters(text: str) -> list[str]:
    """Return every letter and digit in order: Word's own text joins the two sides of a line break."""
    return sorted(filter(str.isalnum, text))


def _has_title(parts: dict[str, str]) -> bool:
    return 'w:pStyle w:val="Title"' in parts.get("word/document.xml", "")


def _unreadable(name: str, why: str) -> DocumentError:
    return DocumentError(
        f"the Word document cannot be read: {why.rstrip('.')}.", where=name, mend="Open it in Word and save it again."
    )


def _notes(parts: dict[str, str], items: int) -> tuple[str, ...]:
    body = parts.get("word/document.xml", "")
    styled = "<w:numPr" in _headings(parts.get("word/styles.xml", ""))
    numbered = styled or len(re.findall(r"<w:numPr\b", body)) > items
    found = {
        "Word numbers some paragraphs by itself, and those numbers are no part of the text. Write them in.": numbered,
        "Word's tracked changes were taken as accepted.": "<w:ins " in body or "<w:del " in body,
        "Headers and footers were left out.": any(
            re.search(r"<w:t[ >]", text) for name, text in parts.items() if re.match(r"word/(?:header|footer)", name)
        ),
        "Comments were left out.": "<w:t" in parts.get("word/comments.xml", ""),
    }
    return tuple(note for note, holds in found.items() if holds)


def _headings(styles: str) -> str:
    return "".join(re.findall(r'<w:style [^>]*w:styleId="(?:Heading|berschrift)\d".*?</w:style>', styles, re.DOTALL))
