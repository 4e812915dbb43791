"""The picture in README is the real screen."""

import pytest

from scripts import picture


@pytest.mark.parametrize("language", picture.TARGETS)
def test_the_picture_is_what_the_preview_prints_today(language):
    """docs/preview.svg is drawn again and compared; `python scripts/picture.py` writes it."""
    assert picture.picture(language) == picture.TARGETS[language].read_text()
