"""XML files as their elements come by, in bounded memory; one that declares anything of its own is refused."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, cast

from subctl.domain.errors import SubctlError, bad_input
from subctl.domain.sentence import N_, Sentence

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_BLOCK, _MOST_HELD = 1 << 16, 1 << 23
"""Bytes that are read at once, and that may come until the reader lets go of what it had."""

_LAUGHS = N_("{file} is no bank statement: it has a DOCTYPE, with which a small file can become a huge one.")


class Events:
    """Each element of a file as it starts and as it ends: its depth (the outermost has 0), and the element."""

    def __init__(self, name: str | Sentence, content: BufferedReader) -> None:
        self.name, self._content = name, content
        self._held = 0
        self._stripped: dict[str, str] = {}

    def let_go(self) -> None:
        """Say that the elements that were read so far are needed no more."""
        self._held = 0

    def __iter__(self) -> Iterator[tuple[bool, int, Element]]:
        """Yield whether an element starts, its depth, and the element (`bad_input` for what is no whole XML)."""
        from xml.etree.ElementTree import ParseError, XMLPullParser  # `_Prolog` refuses what isn't safe

        parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        prolog, depth = _Prolog(self.name), 0
        try:
            while block := self._content.read(_BLOCK):
                prolog.feed(block)
                parser.feed(block)
                self._held += len(block)
                for kind, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                    if kind == "start":
                        element.tag = self._bare(element.tag)
                        yield True, depth, element
                        depth += 1
                    else:
                        depth -= 1
                        yield False, depth, element
                if self._held > _MOST_HELD:
                    raise bad_input(N_("{file} is no bank statement: it has no end of an entry."), file=self.name)
            parser.close()
        except (ParseError, ValueError, LookupError) as error:  # the latter of encodings
            raise self._unreadable(error) from None

    def _bare(self, tag: str) -> str:
        """Return the name of an element without its namespace."""
        if tag not in self._stripped:
            self._stripped[tag] = tag.rpartition("}")[2]
        return self._stripped[tag]

    def _unreadable(self, error: Exception) -> SubctlError:
        line, _ = getattr(error, "position", (1, 0))
        return bad_input(
            N_("{file} is no whole XML: line {line} can't be read."),
            N_("Fetch it from the bank again: it may have been cut off or changed."),
            file=self.name,
            line=line,
        )


class _Prolog:
    """What stands before the outermost element: a DOCTYPE is refused before anything that it declares is used."""

    def __init__(self, name: str | Sentence) -> None:
        from xml.parsers import expat

        self._name, self._root = name, False
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start

    def feed(self, block: bytes) -> None:
        """Look at a block, until the outermost element has begun."""
        from xml.parsers import expat

        if not self._root:
            try:
                self._parser.Parse(block, False)
            except expat.ExpatError as error:
                self._not_xml(error)

    def _doctype(self, *declared: object) -> None:
        is_page = str(declared[0]).lower() == "html"
        raise _page(self._name) if is_page else bad_input(_LAUGHS, file=self._name)

    def _start(self, tag: str, _: object) -> None:
        self._root = True
        if tag.lower() == "html":
            raise _page(self._name)

    def _not_xml(self, error: Exception) -> None:
        """Leave the parser of the elements to say what is wrong."""
        del error
        self._root = True


def _page(name: str | Sentence) -> SubctlError:
    return bad_input(
        N_("{file} is no bank statement: it is a page of a website."),
        N_("Download the statement itself, as camt.053 (XML)."),
        file=name,
    )
