"""Dry runs speak as dry runs: what would be done is not told as done."""

from __future__ import annotations

DEBIT = ("space", "set", "acme", "--payment", "direct-debit", "--iban", "NL91ABNA0417164300")


def test_dry_runs_speak_as_dry_runs(demo, tmp_path):
    """What would be done is not told as done."""
    copy = tmp_path / "copy.db"
    roughly = demo("backup", str(copy), "--dry-run", "--json").json["bytes"]
    assert demo("backup", str(copy), "--dry-run").text == f"The store would be copied to {copy}: {roughly} bytes.\n"
    made = demo("backup", str(copy)).text
    size = copy.stat().st_size
    assert made == f"The store was copied to {copy}: {size} bytes, checked.\n"
    assert roughly == size or demo.uid is None  # a server knows what its own tables have, not what a file will
    assert demo("restore", str(copy), "--dry-run").text == f"{copy} would be restored to {demo.store}.\n"
    assert demo("restore", str(copy), "--yes").text.startswith(f"{copy} was restored to {demo.store}.\nThe store that")
    add = ("space", "add", "b", "--name", "B", "--plan", "pro", "--users", "2")
    assert demo(*add, "--dry-run").text.startswith("b would be added.\n\nB (b)  active\n")
    assert demo(*add).text.startswith("b was added.\n\nB (b)  active\n")
    debit = demo(*DEBIT, "--dry-run").text
    assert debit.startswith("Would be changed\nPays by  transfer → direct debit from …4300\n\n")
    config = demo("config", "set", "space", "acme", "--dry-run").text
    assert config.splitlines()[-1].startswith("Would be changed in ")
    assert demo("config", "set", "space", "acme").text.splitlines()[-1].startswith("Changed in ")
    wanted = tmp_path / "wanted.csv"
    wanted.write_text("space,users\nacme,12\n")
    assert demo("apply", str(wanted), "--dry-run").text.endswith("\nA dry run: nothing is ordered.\n")
    assert demo("bill", "--today", "2026-04-01", "--dry-run").text.endswith("\n\nA dry run: nothing is issued.\n")
    spaces = tmp_path / "spaces.csv"
    spaces.write_text("id,name,plan,users\nc,C,pro,2\n")
    assert demo("space", "import", str(spaces), "--dry-run").text == "Would add 1 space on 15 March 2026.\n"


def test_a_dry_run_of_init(cli):
    """A store that isn't made has no next step."""
    made = cli("init", "--demo", "--dry-run").text
    assert made.startswith(f"Would make {cli.store}: a sandbox on 15 March 2026, with the catalog 2026.\n")
    assert made.splitlines()[1].startswith("Its administrator would be ")
    assert made.splitlines()[2:] == ["It would have the contracts acme and atelier."]
    assert not cli.is_there


def test_dry_runs_of_orders(cli):
    """Nothing is ordered, saved, cancelled or withdrawn, and it says so last."""
    cli.prepare(("init", "--demo"), ("upgrade", "--users", "12", "--yes"), ("quote", "--users", "15"))
    last = {
        ("upgrade", "--users", "20"): "A dry run: nothing is ordered.",
        ("downgrade", "--users", "8"): "A dry run: nothing is ordered.",
        ("order", "Q-2026-0001"): "A dry run: nothing is ordered.",
        ("quote", "--users", "20"): "A dry run: nothing is saved. As a quote it would hold until 14 April 2026.",
        ("withdraw", "O-2026-0001"): "A dry run: nothing is withdrawn.",
        ("cancel",): "A dry run: nothing is cancelled.",
    }
    assert {words: cli(*words, "--dry-run").text.splitlines()[-1] for words in last} == last
    assert "\nThe last day would be 30 June 2026. Until then" in cli("cancel", "--dry-run").text
    assert "\nThe last day is 30 June 2026. Until then" in cli("cancel", "--yes").text
    assert cli("cancel", "--dry-run").text.splitlines()[-2] == "Cancelled before: O-2026-0002."
