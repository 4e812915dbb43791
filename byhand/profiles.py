"""By hand: `python -m byhand.profiles DIR [TRIALS] [SEED]` holds e-invoices to Peppol's and XRechnung's own rules.

No package has these rules, so DIR holds clones of the public repositories in which they are kept, and of SchXslt, which
makes XSLT of them: `peppol-bis-invoice-3`, `xrechnung-schematron` and `schxslt`. XRechnung is built as its own build
does it, with the rules of Peppol that it takes over.

Every case of `tests.support.e_invoices` passes, in both syntaxes; and of so many more, from which fields were taken
away, those that we refuse are those that the rules refuse. What differs is printed; then the exit code is 1.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

from saxonche import PySaxonProcessor

from subctl.results.invoice import ShownInvoice
from subctl.view.papers import cii, ubl
from subctl.view.papers.complete import lacking
from subctl.view.papers.en16931 import e_invoice
from tests.support.e_invoices import CASES
from tests.support.judge import judge

_PEPPOL, _XRECHNUNG, _SCHXSLT = "peppol-bis-invoice-3", "xrechnung-schematron", "schxslt"
_WRITE = {"ubl": ubl.write, "cii": cii.write}
_SELLER = ("street", "city", "postcode", "legal_id", "endpoint", "contact", "phone", "email", "iban", "bic")
_BUYER = ("street", "city", "postcode", "legal_id", "endpoint", "contact", "phone", "email", "buyer_reference",
          "reference")  # fmt: skip
_ONLY_IN_UBL = "DE-R-"
"""Peppol's rules between German parties, which we hold CII to as well."""
_TAKEN = 0.15
"""How often a field is taken away."""

Rules = Mapping[tuple[str, str], Sequence[str]]
"""By profile and syntax: the files of its rules, as XSLT."""


def main(folder: Path, trials: int = 1000, seed: int = 1) -> int:
    """Run, print the versions and what was found."""
    for name in (_PEPPOL, _XRECHNUNG, _SCHXSLT):
        sys.stdout.write(f"{name} {_version(folder / name)}\n")
    with tempfile.TemporaryDirectory() as place:
        rules = _built(folder, Path(place))
        bad = _cases(rules) + _trials(rules, trials, Random(seed))
    sys.stdout.write("".join(f"{line}\n" for line in bad) or "Nothing differs.\n")
    return 1 if bad else 0


def _version(clone: Path) -> str:
    """Return the tag that a clone stands on, or how far behind one."""
    command = ["git", "-C", str(clone), "describe", "--tags", "--always"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _built(folder: Path, place: Path) -> Rules:
    """Return the rules as XSLT, made in an own place: the clones stay as they are."""
    with PySaxonProcessor(license=False) as saxon:
        saxon.set_cwd(str(place))
        compiler = saxon.new_xslt30_processor()
        pipeline = folder.resolve() / _SCHXSLT / "core/src/main/resources/xslt/2.0/pipeline-for-svrl.xsl"
        schxslt = compiler.compile_stylesheet(stylesheet_file=str(pipeline))
        peppol = folder.resolve() / _PEPPOL / "rules/sch"
        source = _with_peppol(folder.resolve() / _XRECHNUNG, peppol, place)
        found: dict[tuple[str, str], list[str]] = {}
        for syntax in _WRITE:
            of_peppol = [peppol / f"{name}-EN16931-{syntax.upper()}.sch" for name in ("CEN", "PEPPOL")]
            merged = _merged(compiler, source, syntax)
            found["peppol", syntax] = [_xslt(schxslt, file, place) for file in of_peppol]
            found["xrechnung", syntax] = [_xslt(schxslt, file, place) for file in (of_peppol[0], merged)]
    return found


def _with_peppol(clone: Path, peppol: Path, place: Path) -> Path:
    """Copy XRechnung's sources, and the rules of Peppol to where its build expects them; return the sources."""
    shutil.copytree(clone / "src", place / "xrechnung/src")
    shutil.copytree(peppol, place / "xrechnung/build/bis")
    return place / "xrechnung/src"


def _merged(compiler: Any, source: Path, syntax: str) -> Path:  # noqa: ANN401  # Saxon has no types
    """Return XRechnung's rules of a syntax, with those of Peppol that it takes over."""
    rules = source / f"validation/schematron/{syntax}"
    merge = compiler.compile_stylesheet(stylesheet_file=str(source / "xsl/peppol-into-xr.xsl"))
    with PySaxonProcessor(license=False) as saxon:
        merge.set_parameter("syntax", saxon.make_string_value(syntax.upper()))
        merged = merge.transform_to_string(source_file=str(rules / f"XRechnung-{syntax.upper()}-validation.sch"))
    file = rules / "merged.sch"
    file.write_text(merged, encoding="utf-8")
    return file


def _xslt(schxslt: Any, rules: Path, place: Path) -> str:  # noqa: ANN401
    file = place / f"{rules.parent.name}-{rules.stem}.xsl"
    file.write_text(schxslt.transform_to_string(source_file=str(rules)), encoding="utf-8")
    return str(file)


def _cases(rules: Rules) -> list[str]:
    """Return the cases that fail, and print how many rules looked at each profile's."""
    bad, fired, files = [], Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for name, case in CASES.items():
        for profile, syntax in rules:
            if profile in case.profiles:
                failed, looked = _verdict(case.invoice, profile, syntax, rules)
                fired[profile, syntax] += looked
                files[profile, syntax] += 1
                bad += [f"{name}, {profile}, {syntax}: {each}" for each in failed]
                bad += [] if looked else [f"{name}, {profile}, {syntax}: no rule fired"]
    for (profile, syntax), number in files.items():
        looked = fired[profile, syntax]
        sys.stdout.write(f"{profile:<10} {syntax}  {number} files, {looked} rules fired\n")
    return bad


def _verdict(invoice: ShownInvoice, profile: str, syntax: str, rules: Rules) -> tuple[list[str], int]:
    """Return what an invoice fails, written whether or not it is complete, and how many rules fired."""
    content = _WRITE[syntax](e_invoice(invoice, profile))
    found = [judge(content, path) for path in rules[profile, syntax]]
    return [each for judgement in found for each in judgement.failed], sum(judgement.fired for judgement in found)


def _trials(rules: Rules, trials: int, random: Random) -> list[str]:
    """Return where we refuse what the rules take, or the other way round."""
    bad, refused = [], 0
    names = [name for name, case in CASES.items() if "peppol" in case.profiles]
    for _ in range(trials):
        name, (profile, syntax) = random.choice(names), random.choice(list(rules))
        seller, buyer = ([field for field in fields if random.random() < _TAKEN] for fields in (_SELLER, _BUYER))
        whole = CASES[name].invoice
        of_seller, of_buyer = dict.fromkeys(seller), dict.fromkeys(buyer)
        invoice = whole._replace(
            seller=whole.seller._replace(**of_seller),  # type: ignore[arg-type]  # all of them may be missing
            buyer=whole.buyer._replace(**of_buyer),  # type: ignore[arg-type]
        )
        lacks = [lack.rule for lack in lacking(e_invoice(invoice, profile), profile)]
        failed, _ = _verdict(invoice, profile, syntax, rules)
        refused += bool(lacks)
        looked_for = [rule for rule in lacks if syntax == "ubl" or not rule.startswith(_ONLY_IN_UBL)]
        if bool(looked_for) != bool(failed):
            bad.append(f"{name}, {profile}, {syntax} without {seller} {buyer}: {lacks} against {failed}")
    sys.stdout.write(f"{trials} with fields taken away, {refused} of them refused\n")
    return bad


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
