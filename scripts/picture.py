"""Draw docs/preview.svg: the real preview of the demo's upgrade, as README shows it; docs/preview.fr.svg in French.

Run it after the preview's screen has changed: `python scripts/picture.py`.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.text import Text

from subctl.domain.contract import Wish
from subctl.service import init
from subctl.service.access import ANYONE, SPACE
from subctl.service.caller import Caller
from subctl.service.quote import save_quote
from subctl.view.console import Page
from subctl.view.language import speaking
from subctl.view.screens.change import draw
from subctl.view.texts import wording

DOCS = Path(__file__).parents[1] / "docs"
TARGETS = {"en": DOCS / "preview.svg", "fr": DOCS / "preview.fr.svg"}
"""Where the picture is, in each language of a README."""
TITLE = "subctl quote --plan pro --users 20 --explain"
WIDTH = 104


def picture(language: str) -> str:
    """Return the picture in a language as SVG."""
    with tempfile.TemporaryDirectory() as folder:
        noon = datetime(2026, 3, 15, 12, tzinfo=UTC)
        maker = Caller(Path(folder) / "demo.db", 0, "demo", noon, "init", ANYONE, wording)
        init.init(maker, None, sandbox=True, demo=True, replace_old=False)
        quoted = save_quote(maker._replace(command="quote", right=SPACE), None, Wish(plan="pro", users=20))
    page = Page("always", StringIO(), explain=True, width=WIDTH)
    with speaking(language):
        draw(page, quoted)
    console = Console(record=True, width=WIDTH, file=StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(page.text()), end="")
    return console.export_svg(title=TITLE, unique_id="preview")


def main() -> None:
    """Write the pictures."""
    for language, target in TARGETS.items():
        target.write_text(picture(language))


if __name__ == "__main__":
    main()
