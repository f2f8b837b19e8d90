"""Addresses that a document may link to: pages of the web, and nothing that runs or reads files."""

import re

_WEB = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[\s<>()\[\]\\`\"'\x00-\x1f\x7f-\x9f]")


def web_address(url: str) -> str:
    """The address, with what could end it percent-encoded; empty for one that is not of the web."""
    url = url.strip()
    if not _WEB.fullmatch(url):
        return ""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match.group().encode()), url)
