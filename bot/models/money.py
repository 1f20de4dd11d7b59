"""Whole paise: rounding half up, sharing without a remainder, rounding to the rupee.

The arithmetic is that of design note «Money», section 2: never a float, never half to even.
"""

from collections.abc import Sequence
from typing import Final

RUPEE: Final = 100  # paise
MAX_PAISE: Final = 99_99_999_99  # what a person may type as an amount: ₹99,99,999.99


def half_up(numerator: int, denominator: int) -> int:
    """The quotient of two whole numbers, neither below zero, to the nearest; a half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def share(total: int, weights: Sequence[int]) -> list[int]:
    """Parts of ``total`` in proportion to ``weights``, by largest remainder; their sum is exact.

    Of equal remainders the first is served first. Where nothing weighs anything, nothing is shared.

    Raises:
        ValueError: there is something to share, and no weight.
    """
    whole = sum(weights)
    if not whole:
        if total:
            raise ValueError("nothing to share it over")
        return [0] * len(weights)
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: -(total * weights[n] % whole))
    for n in by_remainder[: total - sum(parts)]:
        parts[n] += 1
    return parts


def round_off(paise: int) -> int:
    """What makes a total whole rupees when added to it: −49 to +50, 50 paise going up."""
    return half_up(paise, RUPEE) * RUPEE - paise
