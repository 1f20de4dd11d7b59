"""Invoices as they are issued, built from the worked cases of the design note «Money»."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.models.business import GstScheme
from bot.models.invoices import Buyer, DocumentKind, Invoice, InvoiceLine, Seller
from bot.models.items import ItemKind
from bot.models.tax import Priced, TaxType, tax_lines, totals

KOLKATA = ZoneInfo("Asia/Kolkata")

SELLER = Seller(
    legal_name="Iron House Fitness LLP",
    trade_name="Iron House Gym",
    address="2nd Floor, Shree Plaza, Baner Road\nPune 411045",
    state_code="27",
    gstin="27ABCDE1234F1Z0",
    scheme=GstScheme.REGULAR,
    upi_id="irongym@okhdfcbank",
    bank_details="HDFC Bank, Baner\nA/c 50200012345678\nIFSC HDFC0000123",
    logo_file_id=None,
    terms="Fees once paid are not refunded. Please pay by the due date.",
    timezone="Asia/Kolkata",
)
UNREGISTERED = replace(SELLER, gstin=None, scheme=GstScheme.UNREGISTERED)
COMPOSITION = replace(SELLER, scheme=GstScheme.COMPOSITION)
CHANDIGARH = replace(
    SELLER, address="Sector 17, Chandigarh 160017", state_code="04", gstin="04ABCDE1234F1Z8"
)
MEMBER = Buyer(
    name="Asha Kulkarni",
    phone="+91 98220 12345",
    address="12 Lake View, Aundh\nPune 411007",
    state_code="27",
)
OF_KARNATAKA = Buyer(
    name="Deccan Traders",
    phone="+91 98450 12345",
    address="4 Brigade Road\nBengaluru 560001",
    state_code="29",
    gstin="29ABCDE1234F1ZW",
)


@dataclass(frozen=True)
class Sold:
    name: str
    rupees: int
    percent: int
    quantity: int = 1
    discount: int = 0  # per cent
    kind: ItemKind | None = ItemKind.FITNESS
    code: str = "999723"


MONTH = Sold("Monthly membership", 1500, 5)
BOTTLE = Sold("Steel bottle 1 L", 299, 18, kind=ItemKind.GOODS, code="7323")


def invoice(
    *sold: Sold,
    kind: DocumentKind = DocumentKind.TAX_INVOICE,
    tax: TaxType = TaxType.INTRA,
    seller: Seller = SELLER,
    inclusive: bool = False,
    rounded: bool = True,
    bill_discount_paise: int = 0,
    **fields: Any,
) -> Invoice:
    taxed = tax_lines(
        [
            Priced(
                quantity=one.quantity,
                price_paise=one.rupees * 100,
                rate_bps=one.percent * 100,
                discount_bps=one.discount * 100,
            )
            for one in sold
        ],
        tax,
        inclusive=inclusive,
        bill_discount_paise=bill_discount_paise,
    )
    lines = tuple(
        InvoiceLine(
            name=one.name,
            kind=one.kind,
            code=one.code,
            quantity=one.quantity,
            price_paise=one.rupees * 100,
            discount_bps=one.discount * 100,
            taxed=line,
        )
        for one, line in zip(sold, taxed, strict=True)
    )
    usual = {
        "id": 1,
        "number": "GYM/26-27/000001",
        "issued_at": datetime(2026, 11, 25, 9, 30, tzinfo=UTC),
        "supplied_on": date(2026, 11, 24),
        "due_on": date(2026, 12, 2),
        "person_id": 7,
        "buyer": MEMBER,
        "place_of_supply": seller.state_code,
    }
    return Invoice(
        **{**usual, **fields},
        kind=kind,
        seller=seller,
        tax_type=tax,
        inclusive=inclusive,
        lines=lines,
        totals=totals(taxed, rounded=rounded),
    )


def many(count: int, name: str = "Personal training session") -> Invoice:
    return invoice(
        *(Sold(f"{name} {n}", 700 + n, (5, 18)[n % 2], 1 + n % 3, n % 20) for n in range(count))
    )


SHIPPED = replace(BOTTLE, name="Adjustable bench", rupees=3499, code="9506")
AWAY = {"tax": TaxType.INTER, "buyer": OF_KARNATAKA, "place_of_supply": "29"}
E01 = invoice(MONTH)
E04 = invoice(SHIPPED, **AWAY)
E14 = invoice(
    MONTH,
    Sold("Yoga book", 200, 0, kind=ItemKind.GOODS, code="4901"),
    kind=DocumentKind.INVOICE_CUM_BILL,
)
E15 = invoice(MONTH, kind=DocumentKind.INVOICE, tax=TaxType.NONE, seller=UNREGISTERED)
E16 = invoice(Sold("Monthly membership", 2500, 5), seller=CHANDIGARH)
E28_MONTH = invoice(Sold("Monthly membership", 2000, 5), buyer=OF_KARNATAKA)
E28_BOTTLE = invoice(BOTTLE, **AWAY)
COMPOSITION_BILL = invoice(
    MONTH, kind=DocumentKind.BILL_OF_SUPPLY, tax=TaxType.NONE, seller=COMPOSITION
)
EXEMPT_BILL = invoice(
    Sold("Yoga book", 200, 0, kind=ItemKind.GOODS, code="4901"), kind=DocumentKind.BILL_OF_SUPPLY
)
# Names whose letters must be joined, reordered or read from the right; and what has no letters.
NAMES = {
    "Latin": "José Peña-Müller",
    "Cyrillic": "Ольга Щербакова",
    "Greek": "Γιώργος Παπάς",
    "Devanagari": "श्रीकृष्ण त्रिपाठी",
    "Marathi": "ज्ञानेश्वर कुलकर्णी",
    "Bengali": "শ্রীকৃষ্ণ চট্টোপাধ্যায়",
    "Gujarati": "શ્રીકૃષ્ણ ત્રિવેદી",
    "Gurmukhi": "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
    "Kannada": "ಶ್ರೀಕೃಷ್ಣ ಹೆಗ್ಡೆ",
    "Malayalam": "ശ്രീകൃഷ്ണൻ നമ്പ്യാർ",
    "Oriya": "ଶ୍ରୀକୃଷ୍ଣ ପଟ୍ଟନାୟକ",
    "Tamil": "ஸ்ரீகிருஷ்ணன் கோபால்",
    "Telugu": "శ్రీకృష్ణ రెడ్డి",
    "Sinhala": "ශ්‍රී ක්‍රිෂ්ණ",
    "Arabic": "محمد علي خان 15",
    "Urdu": "چودھری ٹیپو گڑھی",
    "Hebrew": "יעקב (בן) דוד",
    "Thai": "สมชาย ใจดี",
    "Armenian": "Արամ Խաչատրյան",
    "Georgian": "ნინო ბერიძე",
    "Meetei": "ꯃꯩꯇꯩ ꯂꯣꯟ",
    "Santali": "ᱥᱟᱱᱛᱟᱲᱤ",
    "mixed": "श्री Ravi & ரவி (محمد) ₹500",
}
EVERYBODY = invoice(*(Sold(name, 100, 5) for name in NAMES.values()))
