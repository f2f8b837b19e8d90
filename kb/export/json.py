"""Summaries as JSON for other programs, in a versioned shape."""

import json
import re
from typing import Any

from kb.models.summary import Summary

SUMMARY_SCHEMA = "insideview/summary/1"
"""Changes when a program that reads the JSON would have to change."""

_HIDDEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def summary_data(summary: Summary) -> dict[str, Any]:
    """The summary as plain data, the schema's name first."""
    return {"schema": SUMMARY_SCHEMA, **summary.model_dump(mode="json")}


def to_json(data: Any) -> str:
    """Indented JSON; what a terminal could obey, or an editor hide, is written as an escape."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return _HIDDEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"
