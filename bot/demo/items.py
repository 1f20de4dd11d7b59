"""What the demo club sells. Prices hold their tax; the rates of goods are illustrative."""

from typing import Final

from bot.models.items import ItemFacts, ItemKind


def _goods(name: str, hsn: str, rupees: int, percent: int, stock: int) -> ItemFacts:
    return ItemFacts(
        name=name,
        hsn=hsn,
        mrp_paise=rupees * 100,
        rate_bps=percent * 100,
        stock=stock,
        kind=ItemKind.GOODS,
    )


def _service(name: str, sac: str, rupees: int, percent: int, kind: ItemKind) -> ItemFacts:
    return ItemFacts(
        name=name,
        hsn=sac,
        mrp_paise=rupees * 100,
        rate_bps=percent * 100,
        stock=None,
        kind=kind,
    )


ITEMS: Final = (
    _goods("Whey protein 1 kg", "21069099", 2_499, 5, 18),
    _goods("Creatine 250 g", "21069099", 899, 5, 12),
    _goods("Electrolyte sachets, box of 10", "21069099", 349, 5, 25),
    _goods("Shaker bottle 700 ml", "3924", 299, 18, 40),
    _goods("Yoga mat 6 mm", "9506", 1_199, 18, 10),
    _goods("Resistance band set", "9506", 799, 18, 14),
    _goods("Lifting belt", "4203", 1_499, 18, 6),
    _goods("Gym towel", "6302", 249, 5, 30),
    _goods("Club T-shirt", "6109", 599, 5, 22),
    _service("Day pass", "999723", 300, 5, ItemKind.FITNESS),
    _service("Personal training, 12 sessions", "999723", 9_000, 5, ItemKind.FITNESS),
    _service("Online diet plan, 30 days", "999293", 1_999, 18, ItemKind.ONLINE),
)
