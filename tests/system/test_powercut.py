"""The power goes on a real file system: what was acknowledged is there when it comes back (safety.md).

`python -m byhand.powercut` does it as often as wanted.
"""

import pytest

from byhand.powercut import cut, mounted, new_image, one_cut


@pytest.mark.parametrize(("acknowledgements", "delay"), [(4, 0), (7, 0.004), (12, 0.009)])
def test_a_power_cut_loses_nothing_that_was_acknowledged(tmp_path, acknowledgements, delay):
    """safety.md: right after an answer, or in the middle of the next order; check is clean."""
    seen, wrong = one_cut(tmp_path, acknowledgements, delay, "EXTRA")
    assert seen >= acknowledgements
    assert wrong == []


def test_a_less_careful_journal_would_lose_the_last_order(tmp_path):
    """safety.md: this is what EXTRA is for, and that these cuts are real."""
    _, wrong = one_cut(tmp_path, 4, 0, "FULL")
    assert [fault[:7] for fault in wrong] == ["lost: O"]


@pytest.mark.parametrize("command", ["init", "restore", "backup"])
def test_a_file_that_was_acknowledged_has_its_name_after_a_power_cut(cli, tmp_path, command):
    """safety.md: the folder is synced too, a new one included."""
    image, place = new_image(tmp_path)
    copy = place / "copies" / "copy.db"
    cli.store = place / "new" / "contracts.db"
    with mounted(image, place):
        assert cli("init", "--demo").code == 0
        if command != "init":
            copy.parent.mkdir()
            assert cli("backup", str(copy)).code == 0
        if command == "restore":
            assert cli("upgrade", "--users", "20", "--yes").code == 0
            assert cli("restore", str(copy), "--yes").code == 0
        cut(place)
    with mounted(image, place):
        cli.store = copy if command == "backup" else cli.store
        assert cli("check", "--json").json["ok"] is True
        assert cli("show", "--json").json["contract"]["users"] == 10
