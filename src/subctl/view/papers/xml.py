"""XML as e-invoices have it: elements without anything in them are left out, and the same value is the same bytes."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from subctl.domain.text import safe

Content = Element | str | None

_NO_CHARACTERS = re.compile("[\ufffe\uffff]")
"""What XML can't hold, and names could before they were refused: they are made visible, as on papers."""


def node(name: str, *content: Content, **attributes: str | None) -> Element | None:
    """Return an element with a text or with elements in it; none where nothing is to be in it."""
    inside = [each for each in content if each is not None]
    if not inside:
        return None
    made = Element(name, {key: value for key, value in attributes.items() if value is not None})
    for each in inside:
        if isinstance(each, str):
            made.text = each
        else:
            made.append(each)
    return made


def written(name: str, namespaces: Mapping[str, str], *content: Element | None) -> bytes:
    """Return a whole file; `namespaces` are those of its prefixes."""
    root = Element(name, {f"xmlns:{prefix}" if prefix else "xmlns": uri for prefix, uri in namespaces.items()})
    root.extend(each for each in content if each is not None)
    ET.indent(root)
    text = _NO_CHARACTERS.sub(lambda found: safe(found[0]), ET.tostring(root, encoding="unicode"))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
