"""Any script in Latin letters, for what only takes ASCII: ids, file names, the keys of BibTeX."""

import unicodedata


def transliterated(text: str) -> str:
    """The text in ASCII: accents go, letters of other scripts become the Latin ones that sound alike."""
    plain = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in plain if not "\u0300" <= one <= "\u036f")
    if bare.isascii():
        return bare
    from anyascii import anyascii

    return "".join(_one(sign, anyascii(sign)) for sign in unicodedata.normalize("NFC", bare))


def _one(sign: str, latin: str) -> str:
    """Signs that are no letters, such as dashes and emoji, part words and are not spelt out."""
    return latin if sign.isascii() or sign.isalnum() else " " if not latin.isalpha() else latin
