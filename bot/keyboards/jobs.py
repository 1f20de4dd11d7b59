"""Buttons under the failed jobs."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardMarkup

from bot.keyboards.common import OpenOwner, Page, RowId, back, button, keyboard, pager
from bot.models.jobs import DeadJobs
from bot.texts import jobs as texts
from bot.texts import menu as menu_texts


class OpenDeadJobs(CallbackData, prefix="jobs-dead"):
    """Show a page of the failed jobs, 0 being the newest."""

    page: Page = 0


class RetryJob(CallbackData, prefix="jobs-retry"):
    """Have a failed job tried again."""

    job_id: RowId
    page: Page


class ForgetJob(CallbackData, prefix="jobs-forget"):
    """Remove a failed job."""

    job_id: RowId
    page: Page


def dead(shown: DeadJobs) -> InlineKeyboardMarkup:
    page = shown.number
    choices = [
        [
            button(texts.retry(number), RetryJob(job_id=job.id, page=page)),
            button(texts.forget(number), ForgetJob(job_id=job.id, page=page)),
        ]
        for number, job in enumerate(shown.jobs, shown.first)
    ]
    turns = pager(page, shown.pages, lambda number: OpenDeadJobs(page=number))
    return keyboard(*choices, turns, [back(OpenOwner())])


def to_dead() -> InlineKeyboardMarkup:
    return keyboard([button(menu_texts.DEAD_JOBS, OpenDeadJobs())])
