"""What of a store's place can be pasted into a command."""

import pytest

from subctl.domain.addresses import pasted


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("/srv/book.db", "/srv/book.db"),
        ("/srv/a book.db", "'/srv/a book.db'"),
        ("service=book", "service=book"),
        ("postgresql:///book?host=/run/postgresql", "'postgresql:///book?host=/run/postgresql'"),
        ("postgresql://db.example/book", "STORE"),
        ("postgresql://localhost/book", "STORE"),
    ],
)
def test_only_what_is_shown_whole_can_be_pasted(shown, expected):
    """An address of a host is shown without its port, its role and its certificates: it might lead elsewhere."""
    assert pasted(shown) == expected
