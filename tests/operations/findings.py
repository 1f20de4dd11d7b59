"""What the doctor said, checked on the way: never a secret, advice with every fault."""

from bot.doctor.findings import Mark

SECRETS = ("TEST", "hunter2", "top-secret")


async def findings(checking) -> list[str]:
    found = [finding async for finding in checking]
    for finding in found:
        assert not [secret for secret in SECRETS if secret in str(finding)]
        assert bool(finding.advice) == (finding.mark is not Mark.GOOD), finding
    return [str(finding) for finding in found]


def line(found: list[str], what: str) -> str:
    (said,) = [one for one in found if what in one]
    return said
