"""Every sentence about the club as a business, how it stands to GST, and rates by date."""

from collections.abc import Callable
from datetime import date
from typing import Final

from bot.errors import Refusal
from bot.errors import business as errors
from bot.models.business import EMPTY, Business, BusinessSetting, GstScheme, TaxRate, TaxRatePage
from bot.models.gstin import STATES
from bot.texts.amounts import percent
from bot.texts.format import calendar_day, esc, shorten

TITLE: Final = "change of the GST settings"
RATE_TITLE: Final = "new tax rate"
RATES = "📅 Rates by date"
ADD_RATE = "➕ Rate"
REMOVE = "🗑 Remove"
UNREGISTERED = "Not registered: the GSTIN is removed, and no tax is charged."
_SHOWN: Final = 200  # characters of a long text on the screen

EDIT: Final = {
    BusinessSetting.LEGAL_NAME: "✏️ Legal name",
    BusinessSetting.TRADE_NAME: "✏️ Trade name",
    BusinessSetting.GSTIN: "🔢 GSTIN",
    BusinessSetting.ADDRESS: "🏠 Address",
    BusinessSetting.DEFAULT_RATE_BPS: "📐 Default rate",
    BusinessSetting.SERVICE_SAC: "🏷 SAC",
    BusinessSetting.UPI_ID: "📲 UPI id",
    BusinessSetting.BANK_DETAILS: "🏦 Bank details",
    BusinessSetting.INVOICE_PREFIX: "🔠 Invoice prefix",
    BusinessSetting.DUE_DAYS: "⏳ Due days",
    BusinessSetting.TERMS: "📃 Terms",
    BusinessSetting.LOGO_FILE_ID: "🖼 Logo",
    BusinessSetting.STATE_CODE: "📍 State",  # the last, for it goes when there is a GSTIN
}
SWITCHES: Final = {
    BusinessSetting.IS_GST_ON: ("🧮 GST: on", "🧮 GST: off"),
    BusinessSetting.PRICES_INCLUSIVE: ("💵 Prices: tax included", "💵 Prices: tax on top"),
    BusinessSetting.IS_ROUNDED: ("🪙 Rounding: on", "🪙 Rounding: off"),
    BusinessSetting.TAXES_SHIPPING: ("🚚 Tax on shipping: on", "🚚 Tax on shipping: off"),
    BusinessSetting.CREDITS_OVERPAYMENT: ("💳 Paid too much: credit", "💳 Paid too much: refused"),
    BusinessSetting.ADVANCES_ARE_FITNESS: ("⏩ Advances: for fitness", "⏩ Advances: left open"),
}
NAMES: Final = {
    BusinessSetting.LEGAL_NAME: "Legal name",
    BusinessSetting.TRADE_NAME: "Trade name",
    BusinessSetting.ADDRESS: "Address",
    BusinessSetting.STATE_CODE: "State",
    BusinessSetting.GSTIN: "GSTIN",
    BusinessSetting.SCHEME: "Registration",
    BusinessSetting.IS_GST_ON: "GST",
    BusinessSetting.PRICES_INCLUSIVE: "Prices with tax included",
    BusinessSetting.DEFAULT_RATE_BPS: "Default rate",
    BusinessSetting.SERVICE_SAC: "SAC",
    BusinessSetting.TAXES_SHIPPING: "Tax on shipping",
    BusinessSetting.IS_ROUNDED: "Rounding to the rupee",
    BusinessSetting.UPI_ID: "UPI id",
    BusinessSetting.BANK_DETAILS: "Bank details",
    BusinessSetting.LOGO_FILE_ID: "Logo",
    BusinessSetting.INVOICE_PREFIX: "Invoice prefix",
    BusinessSetting.TERMS: "Terms",
    BusinessSetting.DUE_DAYS: "Due days",
    BusinessSetting.CREDITS_OVERPAYMENT: "Over-payment kept as credit",
    BusinessSetting.ADVANCES_ARE_FITNESS: "Advances are for services at the club",
}
_SCHEMES: Final = {
    GstScheme.REGULAR: "Registered",
    GstScheme.COMPOSITION: "Composition",
    GstScheme.UNREGISTERED: "Not registered",
}
_ASK: Final = {
    BusinessSetting.LEGAL_NAME: "What is the legal name, as on the GST or PAN papers?",
    BusinessSetting.TRADE_NAME: "Under which name does the club trade?",
    BusinessSetting.ADDRESS: "What is the address, with the PIN code? Up to 300 characters.",
    BusinessSetting.STATE_CODE: "In which State is the club? Tap one, or send its name or code, "
    "like Maharashtra or 27.",
    BusinessSetting.GSTIN: "What is the GSTIN? 15 characters, like 27ABCDE1234F1Z0. Its State "
    "becomes the State of the club.",
    BusinessSetting.DEFAULT_RATE_BPS: "Which rate holds for what has none of its own? Send a "
    "percentage, like 5 or 18 %.",
    BusinessSetting.SERVICE_SAC: "Which SAC do your services have? 6 digits, 999723 for a gym.",
    BusinessSetting.UPI_ID: "To which UPI id do people pay? Like club@okhdfcbank.",
    BusinessSetting.BANK_DETAILS: "Which bank details go on invoices? Name, account, IFSC; up to "
    "400 characters.",
    BusinessSetting.LOGO_FILE_ID: "Which logo goes on invoices? Send a photo, or a PNG or JPEG as "
    "a file.",
    BusinessSetting.INVOICE_PREFIX: "What do invoice numbers begin with? 1 to 3 letters or digits, "
    "like GYM. Another prefix begins another series of numbers.",
    BusinessSetting.TERMS: "Which terms stand under an invoice? Up to 1,000 characters.",
    BusinessSetting.DUE_DAYS: "Within how many days are invoices due? 0 to 365, like 7.",
}

REFUSALS: Final[dict[type[Refusal], str]] = {
    errors.NotAGstin: "“{typed}” is not a GSTIN. It has 15 characters, like 27ABCDE1234F1Z0: 2 "
    "digits of the State, 10 characters of the PAN, a digit or letter, Z, a check character.",
    errors.GstinOfNoState: "A GSTIN begins with the code of its State, and no State has {code}.",
    errors.GstinMistyped: "{typed} looks like a GSTIN, but its check character does not fit: one "
    "character is mistyped. Please compare it with the certificate.",
    errors.NotAState: "I do not know which State “{typed}” is. Tap one, or send its full name or "
    "code, like Maharashtra or 27.",
    errors.NotAUpiId: "“{typed}” is not a UPI id. It looks like club@okhdfcbank.",
    errors.NotATaxRate: "“{typed}” is not a rate. Send a percentage from 0 to 100, like 5, 18 % "
    "or 0.25.",
    errors.NotASac: "“{typed}” is not a SAC. It has 4 or 6 digits and begins with 99, like 999723.",
    errors.NotATaxCode: "“{typed}” is no HSN or SAC. Send 4, 6 or 8 digits, like 999723.",
    errors.PrefixReserved: "“{typed}” is taken: credit notes begin with CN, receipts with RC, "
    "refunds with RF or RV. Send another one, like GYM.",
    errors.NotAPrefix: "“{typed}” cannot be a prefix. Send 1 to 3 letters A–Z or digits, like GYM.",
    errors.NotDueDays: "“{typed}” is not a number of days. Send one from 0 to 365, like 7.",
    errors.NotADay: "“{typed}” is not a day. Send it like 22 Sep 2025 or 22.09.2025.",
    errors.BeforeGst: "GST began on 1 Jul 2017. Please send that day or a later one.",
    errors.NotALogo: "Please send the logo as a photo, or as a PNG or JPEG file.",
    errors.LogoTooBig: "That file is too big: at most {limit} MB, please, or send it as a photo.",
    errors.GstinNeeded: "That needs a GSTIN. Tap 🔢 GSTIN and send yours first.",
    errors.StateInGstin: "The GSTIN says {state}. To change the State, change or remove the GSTIN.",
}


def settings(business: Business) -> str:
    due = f"due in {days(business.due_days)}" if business.due_days else "due at once"
    rounded = "rounded to the rupee" if business.is_rounded else "not rounded"
    return "\n".join(
        [
            "🧮 <b>GST and business</b>",
            _names(business),
            _shown(business, BusinessSetting.ADDRESS),
            _shown(business, BusinessSetting.STATE_CODE),
            "",
            *_tax(business),
            f"Invoices: {business.invoice_prefix}/…, {due}, {rounded}",
            f"Paid too much: {'kept as credit' if business.credits_overpayment else 'refused'}",
            _shown(business, BusinessSetting.UPI_ID),
            _shown(business, BusinessSetting.BANK_DETAILS),
            _shown(business, BusinessSetting.TERMS),
            _shown(business, BusinessSetting.LOGO_FILE_ID),
            "",
            "What you change holds for new invoices; issued ones stay as they are.",
        ]
    )


def scheme(scheme: GstScheme, *, is_chosen: bool) -> str:
    return f"✅ {_SCHEMES[scheme]}" if is_chosen else _SCHEMES[scheme]


def switch(setting: BusinessSetting, *, on: bool) -> str:
    return SWITCHES[setting][0 if on else 1]


def state(code: str) -> str:
    return f"{code} {STATES[code]}"


def ask(setting: BusinessSetting, business: Business) -> str:
    return f"<b>{_ASK[setting]}</b>\nNow: {shown(setting, getattr(business, setting))}"


def saved(setting: BusinessSetting, business: Business) -> str:
    return f"✅ {NAMES[setting]}: {shown(setting, getattr(business, setting))}"


def shown(setting: BusinessSetting, value: object) -> str:
    """A value of a setting; the audit log has them as JSON gives them back."""
    if setting in SWITCHES:
        return "on" if value else "off"
    if setting in EMPTY and value == EMPTY[setting]:
        return "none"
    tell = _TOLD.get(setting)
    return tell(str(value)) if tell else esc(shorten(str(value), _SHOWN))


def rates(page: TaxRatePage) -> str:
    number = f", page {page.number + 1} of {page.pages}" if page.pages > 1 else ""
    return "\n".join(
        [
            f"{RATES}{number}",
            "The day of supply decides. To correct a rate, add it anew with the same day.",
            "",
            *map(rate, page.rates),
        ]
    )


def rate(one: TaxRate) -> str:
    return f"{one.code}: {percent(one.rate_bps)} from {calendar_day(one.valid_from)}"


def ask_code() -> str:
    return "<b>Which HSN or SAC?</b>\n4, 6 or 8 digits, like 999723."


def ask_rate(code: str) -> str:
    return f"<b>At what rate is {code} taxed?</b>\nSend a percentage, like 5, 18 % or 0.25."


def ask_day(code: str, rate_bps: int) -> str:
    return (
        f"<b>{code}, {percent(rate_bps)}: from which day of supply on?</b>\n"
        "Send it like 22 Sep 2025."
    )


def rate_saved(one: TaxRate) -> str:
    return f"✅ {rate(one)}"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def told_rate(code: object, valid_from: object, before_bps: int | None, bps: int) -> str:
    """For the audit log."""
    day = calendar_day(date.fromisoformat(str(valid_from)))
    was = f"{percent(before_bps)} → " if before_bps is not None else ""
    return f"set the tax rate of {esc(code)} from {day}: {was}{percent(bps)}"


def _names(business: Business) -> str:
    legal, trade = esc(business.legal_name), esc(business.trade_name)
    return f"<b>{legal}</b>" if legal == trade else f"<b>{legal}</b>, trading as <b>{trade}</b>"


def _shown(business: Business, setting: BusinessSetting) -> str:
    return f"{NAMES[setting]}: {shown(setting, getattr(business, setting))}"


def _tax(business: Business) -> list[str]:
    registered = shown(BusinessSetting.SCHEME, business.scheme)
    if business.gstin is None:
        return ["GSTIN: none, not registered: invoices carry no tax"]
    lines = [f"GSTIN: <code>{business.gstin}</code>, {registered}"]
    if not business.is_gst_on:
        return [*lines, "GST: off, invoices carry no tax"]
    if not business.charges_gst:
        return [*lines, "GST: on, bills of supply that show no tax"]
    prices = "included in prices" if business.prices_inclusive else "added to prices"
    shipping = "shipping too" if business.taxes_shipping else "shipping untaxed"
    default = f"{percent(business.default_rate_bps)} by default, SAC {business.service_sac}"
    return [
        *lines,
        f"GST: on, {prices}, {shipping}",
        default,
        _ADVANCES[business.advances_are_fitness],
    ]


# What is paid ahead is taxed when it comes; CGST Rule 50 says how, where nobody knows for what.
_ADVANCES: Final = {
    True: "Advances: taxed as services at the club",
    False: "Advances: open for what, so taxed at 18 % as inter-State",
}
_TOLD: Final[dict[BusinessSetting, Callable[[str], str]]] = {
    BusinessSetting.LOGO_FILE_ID: lambda _: "there is one",
    BusinessSetting.SCHEME: lambda value: _SCHEMES[GstScheme(value)].lower(),
    BusinessSetting.STATE_CODE: state,
    BusinessSetting.DEFAULT_RATE_BPS: lambda bps: percent(int(bps)),
}
