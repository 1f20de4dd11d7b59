"""The demo club as a business: registered in Maharashtra, its GSTIN made up but well formed."""

from typing import Final

from bot.models.business import FITNESS_SAC, Business, GstScheme

BUSINESS: Final = Business(
    legal_name="Sahyadri Fitness LLP",
    trade_name="Sahyadri Fitness",
    address="14 Karve Road, Deccan Gymkhana\nPune 411004",
    state_code="27",
    gstin="27ABCDE1234F1Z0",
    scheme=GstScheme.REGULAR,
    is_gst_on=True,
    prices_inclusive=True,
    default_rate_bps=500,
    service_sac=FITNESS_SAC,
    taxes_shipping=False,
    is_rounded=True,
    upi_id="sahyadrifitness@okhdfcbank",
    bank_details="HDFC Bank, Deccan branch\nAccount 50200012345678, IFSC HDFC0000103",
    logo_file_id=None,
    invoice_prefix="GYM",
    terms="Fees once paid are not refunded.",
    due_days=7,
    credits_overpayment=True,
    advances_are_fitness=True,
)
