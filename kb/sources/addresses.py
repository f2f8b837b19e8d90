"""Addresses taken apart without an error, and where what they answer with is put."""

import hashlib
import re
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

_DIRECT = (
    (r"https://drive\.google\.com/file/d/([\w-]+)/.*", r"https://drive.google.com/uc?export=download&id=\1"),
    (
        r"https://docs\.google\.com/document/d/([\w-]+)(?:/.*)?",
        r"https://docs.google.com/document/d/\1/export?format=pdf",
    ),
    (r"(https?://[^/]*dropbox\.com/.*)\?dl=0", r"\1?dl=1"),
)
"""Addresses that show a file in a viewer made of scripts, and the same file's own address."""

_BARE_URL = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?::\d+)?/\S*|www\.\S+", re.IGNORECASE)


def split_address(text: str) -> SplitResult:
    """The parts of an address; none where the text cannot be one."""
    try:
        return urlsplit(text)
    except ValueError:
        return SplitResult("", "", "", "", "")


def host_of(text: str) -> str:
    """The host that an address names, with or without its scheme, without ``www.``."""
    return (split_address(text if "://" in text else f"https://{text}").hostname or "").removeprefix("www.")


def direct_address(url: str) -> str:
    """A file's own address where the one given only shows it in a viewer."""
    for pattern, own in _DIRECT:
        if re.fullmatch(pattern, url):
            return re.sub(pattern, own, url)
    return url


def page_target(folder: Path, url: str) -> Path:
    """Where what an address answers with is put until the library has taken it."""
    return folder / f"web-{hashlib.sha256(url.encode()).hexdigest()[:32]}"


def is_bare_address(text: str) -> bool:
    """Whether a text is an address without its scheme: ``distill.pub/2020/circuits``."""
    return _BARE_URL.fullmatch(text) is not None
