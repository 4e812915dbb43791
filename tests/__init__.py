"""The tests. What fails in tests/support is told in full, as it is in a test."""

import pytest

pytest.register_assert_rewrite("tests.support")
