"""The language of the reader by the locale's variables, whatever is installed."""

import pytest

from subctl.cli.language import of_locale

CASES = [
    ({}, "en"),
    ({"LANG": ""}, "en"),
    ({"LANG": "C"}, "en"),
    ({"LANG": "C.UTF-8"}, "en"),
    ({"LANG": "POSIX"}, "en"),
    ({"LANG": "fr_FR.UTF-8"}, "fr"),
    ({"LANG": "fr"}, "fr"),
    ({"LANG": "de_AT@euro"}, "de"),
    ({"LANG": "nl_BE.ISO-8859-15@euro"}, "nl"),
    ({"LANG": "xx_XX.UTF-8"}, "en"),
    ({"LANG": "es_ES.UTF-8"}, "en"),
    ({"LANG": "../../fr"}, "en"),
    ({"LANG": "fr_FR", "LC_MESSAGES": "nl_NL"}, "nl"),
    ({"LANG": "fr_FR", "LC_MESSAGES": "nl_NL", "LC_ALL": "de_DE"}, "de"),
    ({"LANG": "fr_FR", "LC_ALL": "C"}, "en"),
    ({"LANG": "fr_FR", "LC_ALL": ""}, "fr"),
    ({"LANG": "fr_FR", "LC_TIME": "nl_NL"}, "fr"),
    ({"LANG": "en_US.UTF-8", "LANGUAGE": "fr"}, "fr"),
    ({"LANG": "en_US.UTF-8", "LANGUAGE": "es:de_DE:fr"}, "de"),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "en:fr"}, "en"),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "es"}, "fr"),
    ({"LANG": "fr_FR.UTF-8", "LANGUAGE": ""}, "fr"),
    ({"LANG": "C", "LANGUAGE": "fr"}, "en"),
    ({"LANGUAGE": "fr"}, "en"),
    ({"LANG": "fr_FR", "LC_ALL": "C.UTF-8", "LANGUAGE": "de"}, "en"),
]


@pytest.mark.parametrize(("environment", "language"), CASES, ids=str)
def test_the_language_of_a_locale(environment, language):
    assert of_locale(environment) == language
