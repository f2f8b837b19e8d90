"""Bars of plain characters, as the primers' figures draw them."""


def bar(value: float, one: float, sign: str = "#") -> str:
    """As many signs as the value has units of ``one``, rounded."""
    return sign * round(value / one)
