"""Failed jobs: an owner looks at them, has them tried again, or forgets them."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.keyboards import jobs as keyboards
from bot.keyboards.jobs import ForgetJob, OpenDeadJobs, RetryJob
from bot.models.people import Person, Role
from bot.replies import Reply, show
from bot.routers._filters import May
from bot.services.club import ClubService
from bot.services.jobs import JobService
from bot.texts import jobs as texts


def build_router() -> Router:
    router = Router(name="jobs")
    router.callback_query.register(show_dead, OpenDeadJobs.filter(), May(Role.OWNER))
    router.callback_query.register(retry, RetryJob.filter(), May(Role.OWNER))
    router.callback_query.register(forget, ForgetJob.filter(), May(Role.OWNER))
    return router


async def show_dead(
    _query: CallbackQuery, callback_data: OpenDeadJobs, jobs: JobService, club: ClubService
) -> Reply:
    return await _dead(callback_data.page, jobs, club)


async def retry(
    _query: CallbackQuery, callback_data: RetryJob, me: Person, jobs: JobService, club: ClubService
) -> Reply:
    await jobs.retry(callback_data.job_id, by=me)
    return (await _dead(callback_data.page, jobs, club)).with_note(texts.RETRIED)


async def forget(
    _query: CallbackQuery, callback_data: ForgetJob, me: Person, jobs: JobService, club: ClubService
) -> Reply:
    await jobs.forget(callback_data.job_id, by=me)
    return (await _dead(callback_data.page, jobs, club)).with_note(texts.FORGOTTEN)


async def _dead(page: int, jobs: JobService, club: ClubService) -> Reply:
    shown = await jobs.dead(page)
    zone = (await club.get()).zone
    return show(texts.dead(shown, zone), keyboards.dead(shown))
