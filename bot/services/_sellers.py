"""The business as documents name it: as it is when they are made."""

from zoneinfo import ZoneInfo

from bot.models.business import Business, GstScheme
from bot.models.invoices import Seller


def seller(business: Business, zone: ZoneInfo) -> Seller:
    bills_by_gst = business.charges_gst or business.scheme is GstScheme.COMPOSITION
    return Seller(
        legal_name=business.legal_name,
        trade_name=business.trade_name,
        address=business.address,
        state_code=business.state_code,
        gstin=business.gstin if bills_by_gst else None,
        scheme=business.scheme,
        upi_id=business.upi_id,
        bank_details=business.bank_details,
        logo_file_id=business.logo_file_id,
        terms=business.terms,
        timezone=zone.key,
    )
