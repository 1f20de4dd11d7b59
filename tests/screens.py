"""``make screens``: take the README's pictures from the running demo, in a real Chromium."""

import asyncio
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright

ROOT = Path(__file__).parent.parent
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


async def main() -> None:
    """Run a demo of its own, let Ravi begin to register and Vera open the panel, and look."""
    with tempfile.TemporaryDirectory(prefix="clubdesk-screens-") as folder:
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 -- the servers run as another user
        demo = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo"),
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": f"{folder}/data", "HTTP_PORT": "0"},
            stdout=asyncio.subprocess.PIPE,
        )
        try:
            await _take(await _address(demo))
        finally:
            demo.terminate()
            await demo.wait()


async def _address(demo: asyncio.subprocess.Process) -> str:
    async for line in demo.stdout:
        if b"open http" in line:
            return line.decode().split("open ")[1].split()[0]
    raise SystemExit("the demo did not start")


async def _take(url: str) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=FLAGS
        )
        page = await browser.new_page(viewport={"width": 1500, "height": 900})
        await page.goto(url)
        await _talk(page)
        await page.screenshot(path=ROOT / "docs" / "desktop.png")
        phone = await browser.new_page(
            viewport={"width": 390, "height": 844}, color_scheme="dark", device_scale_factor=2
        )
        await phone.goto(url)
        await phone.wait_for_timeout(1000)
        await phone.screenshot(path=ROOT / "docs" / "phone.png")
        await browser.close()


async def _talk(page: Page) -> None:
    for label in ("📝 Register", "🛠 Admin panel"):
        await page.get_by_role("button", name=label).first.click()
        await page.wait_for_timeout(700)


if __name__ == "__main__":
    asyncio.run(main())
