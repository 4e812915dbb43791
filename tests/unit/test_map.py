"""The map is right: what CONTRIBUTING.md and docs/architecture.md name is there, under that name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOTS = (ROOT, ROOT / "src" / "subctl")
PAGES = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md")

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"(?<![\w./(-])(?:[\w.-]+/)+(?:[\w.-]*\w)?|`([\w-]+\.(?:py|md|toml))`")
_NAME_BESIDE = re.compile(r"`([\w/]+\.py)` \(((?:`\w+`(?:, )?)+)\)")
_NAME_OF = re.compile(r"((?:`\w+`(?: or |, )?)+) (?:of|in|from) `([\w/]+\.py)`")
_LINK = re.compile(r"\]\(([^)#]*)(#[^)]*)?\)")
_ELSEWHERE = re.compile(r"NAME|GROUP|^\.venv")
"""What stands for a name, and what is only there once somebody has set up."""


def text_of(page):
    """Return a page without its blocks of commands."""
    return _FENCE.sub("", page.read_text(encoding="utf-8"))


def paths_in(text):
    """Return every path that a text names."""
    plain = _LINK.sub("]", text)
    return sorted({found[0].strip("`") for found in _PATH.finditer(plain) if not _ELSEWHERE.search(found[0])})


def missing(paths):
    """Return those of some paths that lead nowhere, neither from the top nor from the package."""
    return [path for path in paths if not any((root / path).exists() for root in ROOTS)]


def places_in(text):
    """Yield each name that stands beside the file in which it is."""
    line = " ".join(text.split())
    for path, names in _NAME_BESIDE.findall(line):
        yield from ((path, name) for name in re.findall(r"\w+", names))
    for names, path in _NAME_OF.findall(line):
        yield from ((path, name) for name in re.findall(r"`(\w+)`", names))


def misplaced(places):
    """Return those of some names that their file has not."""
    return [(path, name) for path, name in places if not re.search(rf"\b{name}\b", source(path))]


def source(path):
    """Return what stands in a file; nothing where there is none."""
    found = [root / path for root in ROOTS if (root / path).is_file()]
    return found[0].read_text(encoding="utf-8") if found else ""


def anchors(page):
    """Return what links can lead to in a page, as GitHub makes it of its headings."""
    heads = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_of_the_map_exists(page):
    """Whoever renames a file finds the map here."""
    paths = paths_in(text_of(page))
    assert missing(paths) == []
    assert len(paths) > 20


def test_every_name_stands_in_the_file_beside_it():
    """`domain/errors.py` (`EXIT_CODES`), and `COMMANDS` of `cli/commands/__init__.py`."""
    places = [place for page in PAGES for place in places_in(text_of(page))]
    assert misplaced(places) == []
    assert len(places) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page):
    """To a page that is there, and to a heading of it."""
    links = _LINK.findall(text_of(page))
    assert len(links) > 5
    for path, anchor in links:
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor[1:] in anchors(target), anchor


def test_what_is_not_there_is_found():
    """A path, a page and a name that nobody has; and of a sentence everything is read."""
    text = (
        "`domain/gone.py` (`a`), `EXIT_CODES` or `GONE` of `domain/errors.py`, docs/none.md, `lost.md`, `cli/commands/`"
    )
    assert paths_in(text) == ["cli/commands/", "docs/none.md", "domain/errors.py", "domain/gone.py", "lost.md"]
    assert missing(paths_in(text)) == ["docs/none.md", "domain/gone.py", "lost.md"]
    assert misplaced(places_in(text)) == [("domain/gone.py", "a"), ("domain/errors.py", "GONE")]
