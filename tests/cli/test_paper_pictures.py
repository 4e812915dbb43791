"""The papers in README are those that the program makes today."""

import json
import re

import pytest

from scripts import paper_pictures


def test_the_pictures_are_what_the_program_makes_today():
    """Layout and data are compared, and which picture was made of them; `python scripts/paper_pictures.py` draws."""
    there = {name: (paper_pictures.FOLDER / name).read_bytes() for name in paper_pictures.PICTURES}
    assert json.loads(paper_pictures.RECORD.read_text()) == paper_pictures.record(there)


@pytest.mark.parametrize(("language", "page"), [("en", "README.md"), ("fr", "docs/README.fr.md")])
def test_readme_shows_them(language, page):
    """Those of its language, once each, with words for whom can't see them."""
    file = paper_pictures.FOLDER.parents[1] / page
    shown = re.findall(r"!\[[^\]]+\]\(([^)]*\.png)\)", file.read_text())
    found = [(file.parent / place).relative_to(paper_pictures.FOLDER).name for place in shown]
    assert found == [name for name, (spoken, _) in paper_pictures.PICTURES.items() if spoken == language]
