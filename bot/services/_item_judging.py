"""What each row of a file does to the catalogue as it is: pure, so that it can be asked twice."""

from collections.abc import Sequence

from bot.db._rows import fold
from bot.models.item_uploads import Fault, JudgedRow, Problem, ReadRow, Verdict
from bot.models.items import Item, ItemFacts

Key = tuple[str, str]


def judge(rows: Sequence[ReadRow], items: Sequence[Item]) -> tuple[JudgedRow, ...]:
    """Each row beside the item it is about; what cannot stand beside the others is refused."""
    by_serial = {item.serial: item for item in items}
    by_key = {_key(item): item for item in items if item.is_active}
    judged = [_beside(row, by_serial, by_key) for row in rows]
    judged = _refusing(judged, _aimed_twice(judged))
    return tuple(_refusing(judged, _alike(judged, items)))


def _beside(row: ReadRow, by_serial: dict[int, Item], by_key: dict[Key, Item]) -> JudgedRow:
    wish = row.wish
    if wish is None:
        return JudgedRow(row=row, verdict=Verdict.REFUSE, was=None, faults=row.faults)
    if wish.serial is None:
        return _verdict(row, by_key.get((fold(wish.name), wish.hsn)))
    if wish.serial not in by_serial:
        fault = Fault(problem=Problem.UNKNOWN_SERIAL, said=str(wish.serial))
        return JudgedRow(row=row, verdict=Verdict.REFUSE, was=None, faults=(fault,))
    return _verdict(row, by_serial[wish.serial])


def _verdict(row: ReadRow, was: Item | None) -> JudgedRow:
    if was is None:
        return JudgedRow(row=row, verdict=Verdict.ADD, was=None)
    same = row.wish is not None and row.wish.facts(was) == was.facts
    return JudgedRow(row=row, verdict=Verdict.LEAVE if same else Verdict.CHANGE, was=was)


def _refusing(judged: list[JudgedRow], faults: dict[int, Fault]) -> list[JudgedRow]:
    """With the rows of these numbers refused."""
    return [
        JudgedRow(row=each.row, verdict=Verdict.REFUSE, was=each.was, faults=(fault,))
        if (fault := faults.get(each.row.number))
        else each
        for each in judged
    ]


def _aimed_twice(judged: Sequence[JudgedRow]) -> dict[int, Fault]:
    """Rows about an item that an earlier row is about."""
    first: dict[int, int] = {}
    faults: dict[int, Fault] = {}
    for each in judged:
        if each.was is None or each.facts is None:
            continue
        earlier = first.setdefault(each.was.id, each.row.number)
        if earlier != each.row.number:
            faults[each.row.number] = Fault(problem=Problem.TWICE, said=str(earlier))
    return faults


def _alike(judged: Sequence[JudgedRow], items: Sequence[Item]) -> dict[int, Fault]:
    """Rows that would leave two items on sale with one name and code."""
    touched = {each.was.id for each in judged if each.was and each.facts}
    taken = {
        _key(item): Fault(problem=Problem.TAKEN, said=str(item.serial))
        for item in items
        if item.is_active and item.id not in touched
    }
    faults: dict[int, Fault] = {}
    for each in judged:
        facts = each.facts
        if facts is None or not facts.is_active:
            continue
        if fault := taken.get(_key(facts)):
            faults[each.row.number] = fault
        else:
            taken[_key(facts)] = Fault(problem=Problem.TWICE, said=str(each.row.number))
    return faults


def _key(facts: ItemFacts) -> Key:
    return fold(facts.name), facts.hsn
