"""A founded club, its admin, and the services that bill."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.models.people import Office
from bot.services.credit_notes import CreditNoteService
from bot.services.exports import ExportService
from tests.club import founded
from tests.services.exporting import NOW
from tests.services.test_bans import known
from tests.stories.invoicing import registered, services_at


@pytest.fixture
async def asha(db):
    await founded(db)
    return await known(db, 1, Office.ADMIN)


@pytest.fixture
def desk(db) -> SimpleNamespace:
    return services_at(db, datetime(2026, 11, 24, 9, tzinfo=UTC))


@pytest.fixture
async def vera(db, asha):
    await registered(db)
    return await known(db, 9, Office.OWNER)


@pytest.fixture
def exports(db) -> ExportService:
    return ExportService(db, now=lambda: NOW)


@pytest.fixture
def notes(db) -> CreditNoteService:
    return CreditNoteService(db, now=lambda: NOW)
