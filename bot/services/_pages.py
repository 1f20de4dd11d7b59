"""Long lists, a page at a time."""


def nearest(number: int, *, of: int, size: int) -> tuple[int, int]:
    """The page of this number, or the nearest that there is, and how many there are.

    Counted from 0; ``of`` entries, ``size`` on a page; an empty list has one page.
    """
    pages = max(1, -(-of // size))
    return min(max(number, 0), pages - 1), pages
