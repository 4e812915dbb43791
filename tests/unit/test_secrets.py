"""What is never repeated, whoever typed it where (safety.md)."""

import pytest

from subctl.domain.secrets import concealed


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("No such command 'postgresql://mary:pa/s@s w@host/db'.", "No such command 'postgresql://…@host/db'."),
        ("postgresql://mary%3Apass@host/db", "postgresql://…@host/db"),
        ("There is no file /srv/postgresql:/mary:pass@host/db.", "There is no file /srv/postgresql:/…@host/db."),
        ("host=h PASSWORD = 'p w' user=u", "host=h PASSWORD = … user=u"),
        ("db?sslpassword=pw&sslmode=x", "db?sslpassword=…&sslmode=x"),
        ("db?password%3Dpw", "db?password%3D…"),
        ("the card 4111 1111 1111 1111", "the card …1111"),
        ("No such command 'postgresql://mary:pass'.", "No such command 'postgresql://mary:…'."),
        ("postgresql://mary:12345x/db", "postgresql://mary:…"),
        (
            "postgresql://host:5432/db, postgresql://[::1]:5432/db",
            "postgresql://host:5432/db, postgresql://[::1]:5432/db",
        ),
        ("postgresql://host:5432", "postgresql://host:5432"),
        ("postgresql://mary@host:5432/db", "postgresql://mary@host:5432/db"),
        ("https://shop.example/a, mail ap@shop.example", "https://shop.example/a, mail ap@shop.example"),
        ("Keep your password out of it: mary@shop.example", "Keep your password out of it: mary@shop.example"),
    ],
)
def test_secrets_are_left_out(text, told):
    """Passwords in addresses, whole or in the middle of a sentence, and cards; nothing else is changed."""
    assert concealed(text) == told
