"""The hashes of the store are the same, whichever of the interpreter's and OpenSSL's makes them."""

import hashlib
import subprocess
import sys

PROGRAM = """
import sys
from subctl.store import digests
texts = [b"", b"one", "é".encode() * 1000]
print([digests.sha256(text).hexdigest() for text in texts], [each.hex() for each in digests.shake_256(texts, 256)])
print("subctl.store.openssl" in sys.modules)
digests.many_to_come()
print([digests.sha256(text).hexdigest() for text in texts], [each.hex() for each in digests.shake_256(texts, 256)])
print("subctl.store.openssl" in sys.modules)
"""


def test_both_hash_alike():
    lines = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True).stdout.split(
        "\n"
    )
    texts = [b"", b"one", "é".encode() * 1000]
    known = (
        [hashlib.sha256(text).hexdigest() for text in texts],
        [hashlib.shake_256(text).hexdigest(256) for text in texts],
    )
    assert lines == [f"{known[0]} {known[1]}", "False", f"{known[0]} {known[1]}", "True", ""]


def test_an_interpreter_without_its_own_hashes_with_openssl():
    """None in their place is how Python says that a module can't be imported."""
    without = "import sys\nsys.modules['_sha3'] = None\n"
    run = [sys.executable, "-c", without + PROGRAM]
    lines = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split("\n")
    assert lines == [lines[0], "True", lines[0], "True", ""]
    assert lines[0].startswith(f"['{hashlib.sha256(b'').hexdigest()}', ")
