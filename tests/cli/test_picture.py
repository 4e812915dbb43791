"""The picture in README is the real screen."""

from scripts import picture


def test_the_picture_is_what_the_preview_prints_today():
    """docs/preview.svg is drawn again and compared; `python scripts/picture.py` writes it."""
    assert picture.picture() == picture.TARGET.read_text()
