"""``python -m bot doctor``: what is wrong with this installation, and what to do about it.

Only looks; changes nothing. Each check that itself fails is a finding too, never a traceback.
"""

from bot.doctor.examination import run_doctor

__all__ = ["run_doctor"]
