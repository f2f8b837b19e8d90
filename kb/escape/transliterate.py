"""Any script in Latin letters, for what only takes ASCII: ids, file names, the keys of BibTeX."""

import unicodedata

_ACCENTS = range(0x300, 0x370)
"""Combining marks above and below letters, as Unicode takes Latin ones apart."""


def transliterated(text: str) -> str:
    """The text in ASCII: accents go, letters of other scripts become the Latin ones that sound alike."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if ord(one) not in _ACCENTS)
    if bare.isascii():
        return bare
    from anyascii import anyascii

    return "".join(_one(sign, anyascii(sign)) for sign in unicodedata.normalize("NFC", bare))


def _one(sign: str, latin: str) -> str:
    """Letters lose the apostrophes of their romanisation; dashes and pictures part words and are not spelt out."""
    if sign.isascii():
        return sign
    return latin.replace("'", "") if sign.isalnum() else " "
