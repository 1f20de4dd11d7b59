"""How a plan is billed: the one line of its invoice, and the tax within."""

from dataclasses import replace
from datetime import date

from bot.db.database import Repos
from bot.models.billing import Bill, BillLine, lay_out
from bot.models.invoices import Buyer
from bot.models.items import ItemKind
from bot.models.plans import Plan
from bot.models.promos import as_discount, line_name
from bot.models.purchases import Purchase


async def plan_line(
    repos: Repos, plan: Plan, *, name: str, price_paise: int, today: date
) -> BillLine:
    """A service at the club, at the rate of the day: the plan's own, or the club's."""
    dated = await repos.business.rate_on(plan.sac, today)
    usual = (await repos.business.get()).default_rate_bps if dated is None else dated
    return BillLine(
        name=name,
        kind=ItemKind.FITNESS,
        code=plan.sac,
        quantity=1,
        price_paise=price_paise,
        rate_bps=usual if plan.rate_bps is None else plan.rate_bps,
    )


async def purchase_line(
    repos: Repos, plan: Plan, purchase: Purchase, *, price_paise: int, today: date
) -> BillLine:
    """What is billed for a purchase: ``price_paise``, tax included.

    The discount that was shown stands on the line as one, where that comes to the very paisa; else
    the line holds the price that is left. Either way it names the code. Where an admin decided on
    another price, that alone stands there: it is no longer the code's doing.
    """
    name, code = purchase.plan_name, purchase.promo_code
    if code is None or price_paise != purchase.price_paise:
        return await plan_line(repos, plan, name=name, price_paise=price_paise, today=today)
    whole = price_paise + purchase.discount_paise
    points = as_discount(whole, purchase.discount_paise)
    billed = price_paise if points is None else whole
    line = await plan_line(repos, plan, name=line_name(name, code), price_paise=billed, today=today)
    return replace(line, discount_bps=points or 0)


async def tax_within(repos: Repos, plan: Plan, *, price_paise: int, today: date) -> int:
    """The GST that the price holds, in paise, as the invoice will say it."""
    line = await plan_line(repos, plan, name=plan.name, price_paise=price_paise, today=today)
    business = replace(await repos.business.get(), prices_inclusive=True)
    (document,) = lay_out(Bill(buyer=Buyer(name=""), lines=(line,)), business)
    return sum(each.taxed.tax_paise for each in document.lines)
