"""The bytes of a file as text: by its byte order mark, by what its head declares, as UTF-8, or as what fits best."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""The longer marks come before those that they begin with."""
_DECLARED = re.compile(rb"(?:encoding|coding|charset)\s*[:=]\s*[\"']?([A-Za-z][\w.:-]*)", re.IGNORECASE)
_HEAD = 1024
"""Bytes in which JabRef, Emacs and XML say how a file is written."""
_USUAL = (
    "cp1250",
    "cp1251",
    "koi8_r",
    "cp1253",
    "cp1255",
    "cp1256",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_jp",
    "euc_kr",
)
"""What bibliographies were written in before UTF-8, besides the western one; rarer ones only mislead detection."""
_FOREIGN = re.compile(r"[^\x00-\x7f]{3}|[^\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ‘’“”„–—…«»°§©®·¡\u00a0]")
"""What western text does not have: three letters with accents in a row, or signs within words."""
_WESTERN = "cp1252"


def decoded(data: bytes) -> str:
    """The text; raises UnicodeError for bytes that are none, such as those of a picture."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    for encoding in ("utf-8", *_declared(data[:_HEAD])):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return _detected(data)


def _declared(head: bytes) -> list[str]:
    """Names of encodings in the comments and the declaration of the head, not in its entries."""
    lines = [
        line
        for line in head.splitlines()
        if line.lstrip()[:1] in (b"%", b"#", b"<", b"/") or b"@comment" in line.lower()
    ]
    return [name.decode("ascii") for line in lines for name in _DECLARED.findall(line)]


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    if b"\0" in data:
        raise UnicodeError("it holds bytes that no text has")
    western = data.decode(_WESTERN, "replace")
    if not _FOREIGN.search(western):
        return western
    found = from_bytes(data, cp_isolation=list(_USUAL)).best()
    return str(found) if found else western
