"""Draw docs/preview.svg: the real preview of the demo's upgrade, as README shows it.

Run it after the preview's screen has changed: `python scripts/picture.py`.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from subctl.domain.contract import Wish
from subctl.service import book, change
from subctl.service.session import Caller
from subctl.view.change import draw
from subctl.view.console import Page, clean
from subctl.view.explain import explained

TARGET = Path(__file__).parents[1] / "docs" / "preview.svg"
WIDTH = 100


class _Terminal:
    """A stream that says it is a terminal, so that the picture has the terminal's colours."""

    def isatty(self) -> bool:
        """Tell that colours are welcome."""
        return True

    def fileno(self) -> int:
        """Have no size to ask for."""
        raise OSError


def main() -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        caller = Caller(Path(folder) / "demo.db", 0, "demo", datetime(2026, 3, 15, 12, tzinfo=UTC))
        book.init(caller, None, sandbox=True, demo=True, replace_old=False)
        document = change.quote(caller, None, Wish(plan="pro", users=20))
    page = Page("always", _Terminal(), width=WIDTH, record=True)  # type: ignore[arg-type]
    draw(page, clean(explained(document)))
    TARGET.write_text(page.svg("subctl quote --plan pro --users 20 --explain"))


if __name__ == "__main__":
    main()
