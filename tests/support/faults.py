"""Faults that a stand-in server commits on request, each named as the tests name it."""

import json
import re
from dataclasses import asdict, dataclass
from typing import Literal

Kind = Literal["status", "cut", "longer", "shorter", "html", "redirect", "huge", "drip", "bomb", "torn", "other"]


@dataclass
class Fault:
    """What goes wrong for the next ``times`` requests whose path matches."""

    path: str
    """A regular expression, searched in the request's path and query."""
    kind: Kind
    times: int = 1
    status: int = 503
    retry_after: str = ""
    after: int = 1000
    """Bytes that are sent before a ``cut``, or that a Content-Length is wrong by."""
    location: str = ""
    pause: float = 0.05
    """Seconds between two bytes of a ``drip``."""
    body: str = ""

    def matches(self, path: str) -> bool:
        """Whether this fault is for a request."""
        return self.times != 0 and re.search(self.path, path) is not None

    def to_json(self) -> str:
        """For the stand-in's ``/_faults`` door, from another process."""
        return json.dumps(asdict(self))


CHALLENGE = b"""<!DOCTYPE html><html><head><title>Just a moment...</title></head>
<body><script>challenge()</script><p>Checking your browser before you can go on.</p></body></html>"""

BOMB = b"""<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;">]>
<feed xmlns="http://www.w3.org/2005/Atom"><title>&e;</title></feed>"""
"""A small one: a parser that expands it is seen to, and does no harm."""
