"""The papers in README are those that the program makes today."""

import json

from scripts import paper_pictures


def test_the_pictures_are_what_the_program_makes_today():
    """Layout and data are compared, and which picture was made of them; `python scripts/paper_pictures.py` draws."""
    there = {name: (paper_pictures.FOLDER / name).read_bytes() for name in paper_pictures.PICTURES}
    assert json.loads(paper_pictures.RECORD.read_text()) == paper_pictures.record(there)


def test_readme_shows_them():
    """Both, with words for whom can't see them."""
    readme = (paper_pictures.FOLDER.parents[1] / "README.md").read_text()
    assert {name: readme.count(f"(docs/images/{name})") for name in paper_pictures.PICTURES} == {
        "invoice.png": 1,
        "quote.png": 1,
    }
