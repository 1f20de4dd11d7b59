"""Each way the bot would quietly not answer, provoked on purpose: it must refuse to start."""

import gc
from contextlib import contextmanager

import pytest
from aiogram import Dispatcher, F, Router
from aiogram.filters import Command, StateFilter
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import State, StatesGroup

from bot import errors, startup
from bot.app import for_handlers
from bot.assembly import build_services
from bot.models.notices import NoticeKind
from bot.models.people import Role
from bot.notices import RENDERERS
from bot.routers import ORDER, Seat, Tier
from bot.routers._filters import May, Step
from bot.texts.menu import COMMANDS
from bot.texts.notifications import SUBJECTS
from bot.wiring import table

SERVICES = build_services(None, None)  # never called: the checks need no server


def dispatcher(order=ORDER) -> Dispatcher:
    dp = Dispatcher(disable_fsm=True)
    dp.workflow_data.update(for_handlers(SERVICES))
    dp.include_routers(*(seat.build() for seat in order))
    return dp


def extra(register, *, tier=Tier.FEATURE, name="menu"):
    """ORDER with one more router, named like an existing one so that only its fault shows."""

    def build() -> Router:
        router = Router(name=name)
        register(router)
        return router

    seat = Seat(tier, build, "provokes a fault")
    if tier is Tier.FALLBACK:
        return (*ORDER, seat)
    return (*ORDER[:-1], seat, ORDER[-1])


def faults(order) -> str:
    with pytest.raises(startup.BadWiring) as refused:
        startup.check(order, dispatcher(order))
    return str(refused.value)


async def handler(event):
    return None


async def asks_for_the_moon(event, moon):
    return None


@contextmanager
def ours(cls):
    """Pretend that a class of this test was written in the bot, for a moment."""
    cls.__module__ = "bot.test"
    try:
        yield cls
    finally:
        cls.__module__ = "tests.gone"
        gc.collect()


def test_the_real_wiring_is_sound():
    assert startup.check(ORDER, dispatcher())


def test_routers_out_of_order():
    assert "out of order" in faults(tuple(reversed(ORDER)))


def test_a_router_that_is_not_seated():
    assert "bot/routers differ" in faults(ORDER[1:])


def test_a_router_seated_twice():
    assert "bot/routers differ" in faults((ORDER[0], *ORDER))


def test_a_router_within_a_router():
    order = extra(lambda router: router.include_router(Router(name="hidden")))
    assert "ORDER must be flat" in faults(order)


def test_a_router_that_guards_all_its_handlers():
    def guard(router):
        router.message.filter(May(Role.ADMIN))
        router.message.register(handler, Command("moon"), May(Role.VISITOR))

    assert "menu stands guard over all its handlers" in faults(extra(guard))


def test_a_filter_that_would_run_in_a_thread():
    def moonlit(message):
        return True

    order = extra(
        lambda router: router.message.register(handler, Command("moon"), moonlit, May(Role.VISITOR))
    )
    assert "menu.handler is not all coroutines" in faults(order)


def test_a_handler_that_takes_everything():
    order = extra(lambda router: router.message.register(handler, May(Role.VISITOR)))
    assert "menu.handler takes everything; only a FALLBACK may" in faults(order)


def test_plain_text_that_would_eat_a_form_answer():
    order = extra(lambda router: router.message.register(handler, F.text, May(Role.VISITOR)))
    assert "menu.handler needs a command or a state" in faults(order)


@pytest.mark.parametrize("state", [None, "*"])
def test_a_state_filter_that_means_any_state(state):
    order = extra(
        lambda router: router.message.register(handler, StateFilter(state), May(Role.VISITOR))
    )
    assert "menu.handler needs a command or a state" in faults(order)


def test_a_button_matched_by_its_text():
    order = extra(
        lambda router: router.callback_query.register(
            handler, F.data.startswith("x"), May(Role.VISITOR)
        )
    )
    assert "menu.handler needs a CallbackData class" in faults(order)


def test_a_handler_that_does_not_say_who_may():
    order = extra(lambda router: router.message.register(handler, Command("moon")))
    assert "menu.handler must say once who may" in faults(order)


def test_asking_who_may_before_knowing_whose_update_it_is():
    order = extra(lambda router: router.message.register(handler, May(Role.ADMIN), Command("moon")))
    assert "asks who may before it knows" in faults(order)


def test_an_argument_that_nobody_gives():
    order = extra(
        lambda router: router.message.register(
            asks_for_the_moon, Command("moon"), May(Role.VISITOR)
        )
    )
    assert "menu.asks_for_the_moon asks for 'moon', which nobody gives" in faults(order)


def test_a_command_with_two_owners():
    order = extra(
        lambda router: router.message.register(handler, Command("menu"), May(Role.VISITOR))
    )
    assert "command /menu is answered 2 times: menu.show_menu, menu.handler" in faults(order)


def test_a_state_nobody_waits_in_and_a_form_nobody_can_restart():
    class StuckForm(StatesGroup):
        waiting = State()

    with ours(StuckForm):
        found = faults(ORDER)
    assert "nobody waits in StuckForm:waiting" in found
    assert "StuckForm has no title and no way to start again" in found


def test_a_state_with_two_owners():
    class SharedForm(StatesGroup):
        step = State()

    def register(router):
        router.message.register(handler, Step(SharedForm.step), May(Role.VISITOR))
        router.message.register(asks_for_the_moon, Step(SharedForm.step), May(Role.VISITOR))

    with ours(SharedForm):
        assert "state SharedForm:step is answered 2 times" in faults(extra(register))


def test_a_button_nobody_answers():
    class Unanswered(CallbackData, prefix="nobody"):
        pass

    with ours(Unanswered):
        assert "nobody answers Unanswered" in faults(ORDER)


def test_a_button_with_two_owners_and_a_prefix_used_twice():
    class One(CallbackData, prefix="twice"):
        pass

    class Two(CallbackData, prefix="twice"):
        pass

    def register(router):
        router.callback_query.register(handler, One.filter(), May(Role.VISITOR))
        router.callback_query.register(asks_for_the_moon, One.filter(), May(Role.VISITOR))

    with ours(One), ours(Two):
        found = faults(extra(register))
    assert "button One is answered 2 times" in found
    assert "callback prefix 'twice' is used 2 times" in found


def test_a_command_in_the_menu_without_a_handler(monkeypatch):
    monkeypatch.setitem(COMMANDS, "moon", "Fly to the moon")
    assert "the menu shows /moon, which nobody answers" in faults(ORDER)


@pytest.mark.parametrize("table", [RENDERERS, SUBJECTS])
def test_a_notice_that_cannot_be_shown(monkeypatch, table):
    monkeypatch.delitem(table, NoticeKind.UNBANNED)
    assert "the notice unbanned has no renderer, or no subject" in faults(ORDER)


def test_a_refusal_without_a_sentence():
    class Speechless(errors.Refusal):
        pass

    with ours(Speechless):
        assert "Speechless has no sentence" in faults(ORDER)


def test_all_problems_are_told_at_once():
    found = faults(extra(lambda router: router.message.register(asks_for_the_moon)))
    for fault in ("takes everything", "must say once who may", "asks for 'moon'", "differ"):
        assert fault in found


def test_the_table_names_tier_router_handler_event_filters_and_role():
    shown = table(startup.routes(ORDER, dispatcher())).splitlines()
    assert shown[0].split() == ["tier", "router", "handler", "event", "filters", "who", "may"]
    assert "50 feature   menu" in next(line for line in shown if "show_admin_panel" in line)
    assert any(line.split()[-2:] == ["/admin", "admin+"] for line in shown)
