"""What `--help` alone shows: commands by what they are for, and two or three examples a command, which tests run.

Only `--help` imports this. A line stays under 77 signs, so that it fits a terminal of 80 as it is.
"""

from __future__ import annotations

GROUPS = (
    ("Look", ("show", "list", "compare", "forecast")),
    ("Change a contract", ("quote", "order", "upgrade", "downgrade", "cancel", "withdraw")),
    ("Many contracts", ("bill", "apply", "export")),
    ("Set up", ("init", "space", "catalog", "admin", "whoami")),
    ("Keep the book", ("check", "history", "backup", "restore")),
    ("The tool itself", ("config", "schema", "completion")),
)
"""All commands by what they are for, as `subctl --help` lists them."""

EXAMPLES = {
    "": (
        "subctl init --demo",
        "subctl show",
        "subctl quote --plan pro --users 20",
    ),
    "init": (
        "subctl init --demo",
        "subctl init --sandbox --today 2026-01-01 --store try.db",
        "subctl init --catalog catalog.toml",
    ),
    "space": (
        "subctl space add bistro --name 'Bistro 7' --plan pro --users 4",
        "subctl space set acme --active-users 9",
        "subctl space import spaces.csv --dry-run",
    ),
    "space add": (
        "subctl space add bistro --name 'Bistro 7' --plan pro --users 4",
        "subctl space add ltd --name Ltd --plan starter --users 3 --billing annual",
        "subctl space add bar --name Bar --plan pro --users 2 --start 2026-05-01",
    ),
    "space import": (
        "subctl space import spaces.csv --dry-run",
        "subctl space import spaces.csv",
    ),
    "space set": (
        "subctl space set acme --active-users 9",
        "subctl space set acme --name 'Acme Europe' --email ap@acme.example",
        "subctl space set acme --lock --default",
    ),
    "show": (
        "subctl show",
        "subctl show --space atelier --explain",
        "subctl show INV-2026-0001",
    ),
    "list": (
        "subctl list spaces",
        "subctl list invoices --space acme --since 2026-01-01",
        "subctl list quotes --json --fields number,status",
    ),
    "quote": (
        "subctl quote --plan pro --users 20",
        "subctl quote --users 30 --space atelier --dry-run --explain",
    ),
    "upgrade": (
        "subctl upgrade --plan pro --users 20",
        "subctl upgrade --users 20 --dry-run --explain",
        "subctl upgrade --plan pro --users 20 --yes --expect 786.50",
    ),
    "downgrade": (
        "subctl downgrade --users 8",
        "subctl downgrade --zoom 0 --dry-run",
        "subctl downgrade --users 8 --space atelier --yes --json",
    ),
    "order": (
        "subctl order Q-2026-0001",
        "subctl order Q-2026-0001 --dry-run",
        "subctl order Q-2026-0001 --expect 786.50 --json",
    ),
    "cancel": (
        "subctl cancel --dry-run",
        "subctl cancel --space atelier",
    ),
    "withdraw": (
        "subctl withdraw",
        "subctl withdraw O-2026-0001 --dry-run",
        "subctl withdraw O-2026-0001 --yes",
    ),
    "bill": (
        "subctl bill --dry-run",
        "subctl bill",
        "subctl bill --space atelier --today 2026-04-01",
    ),
    "apply": (
        "subctl apply wanted.csv --dry-run",
        "subctl apply wanted.csv --yes",
        "subctl apply wanted.csv --keep-going --yes --json",
    ),
    "export": (
        "subctl export > wanted.csv",
        "subctl export --json",
    ),
    "compare": (
        "subctl compare --plan starter --plan pro --users 20",
        "subctl compare --users 10 --users 20 --billing monthly --billing annual",
    ),
    "forecast": (
        "subctl forecast",
        "subctl forecast --months 24 --space acme",
        "subctl forecast --format csv > invoices.csv",
    ),
    "catalog": (
        "subctl catalog export > catalog.toml",
        "subctl catalog check catalog.toml",
        "subctl catalog import catalog.toml --dry-run",
    ),
    "catalog export": (
        "subctl catalog export > catalog.toml",
        "subctl catalog export --json",
    ),
    "catalog check": (
        "subctl catalog check catalog.toml",
        "subctl catalog check catalog.toml --json",
    ),
    "catalog import": (
        "subctl catalog import catalog.toml --dry-run",
        "subctl catalog import catalog.toml",
    ),
    "admin": (
        "subctl admin list",
        "subctl admin add maria --space acme",
        "subctl admin remove maria --space acme",
    ),
    "admin list": (
        "subctl admin list",
        "subctl admin list --json",
    ),
    "admin add": (
        "subctl admin add maria --space acme",
        "subctl admin add maria",
    ),
    "admin remove": (
        "subctl admin remove maria --space acme",
        "subctl admin remove maria --space acme --dry-run",
    ),
    "whoami": (
        "subctl whoami",
        "subctl whoami --json",
    ),
    "history": (
        "subctl history --limit 10",
        "subctl history --space acme --since 2026-01-01",
    ),
    "check": (
        "subctl check",
        "subctl check --json --fields ok,head",
    ),
    "backup": (
        "subctl backup contracts-2026-03-15.db",
        "subctl backup contracts-2026-03-15.db --json",
    ),
    "restore": (
        "subctl restore contracts-2026-03-15.db --dry-run",
        "subctl restore contracts-2026-03-15.db",
    ),
    "config": (
        "subctl config show",
        "subctl config set space acme",
        "subctl config unset space",
    ),
    "config show": (
        "subctl config show",
        "subctl config show --json",
    ),
    "config set": (
        "subctl config set store ~/books/contracts.db",
        "subctl config set space acme",
        "subctl config set color never",
    ),
    "config unset": (
        "subctl config unset space",
        "subctl config unset store --dry-run",
    ),
    "schema": (
        "subctl schema",
        "subctl schema change > change.schema.json",
    ),
    "completion": (
        'eval "$(subctl completion bash)"',
        "subctl completion zsh > ~/.zfunc/_subctl",
        "subctl completion fish > ~/.config/fish/completions/subctl.fish",
    ),
}
"""Each command, by its words after `subctl`, and its examples."""


def of(command_path: str) -> tuple[str, ...]:
    """Return the examples of a command, named as its usage line names it: `subctl space add`."""
    return EXAMPLES[" ".join(command_path.split()[1:])]
