"""Somebody sitting at a browser."""

import os
import re
from weakref import WeakSet

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Response

from house import House
from looks import look

# Chromium without the program around it, which takes more time than the pages do.
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell")


def chromium(playwright: Playwright) -> Browser:
    options = ["--disable-gpu"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    return playwright.chromium.launch(executable_path=CHROMIUM, args=options)


WIDE = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


class Desk:
    """A browser window of one person, or of the public (`who` is None)."""

    # Windows whose pages run no script, not even that of a test.
    scriptless: WeakSet[BrowserContext] = WeakSet()

    def __init__(self, browser, house: House, who: str | None, script: bool = True, size: dict = WIDE,
                 language: str = "zh", looks: bool = True):
        self.house = house
        self.who = who
        self.script = script
        # Whether axe looks at each page on its way.
        self.looks = looks
        self.troubles: list[str] = []
        # Of each window, the status of the page in it.
        self.statuses: dict[Page, int] = {}
        self.context = browser.new_context(
            viewport=size, locale="zh-CN" if language == "zh" else "en-GB", timezone_id="Asia/Shanghai",
            java_script_enabled=script, base_url=house.base)
        self.context.set_default_timeout(15_000)
        if not script:
            Desk.scriptless.add(self.context)
        if language != "zh":
            self.context.add_cookies([{"name": "jb_lang", "value": language, "url": house.base}])
        self.page = self.window()
        if who is not None:
            self.go(f"/demo/sign-in/{who}")

    def window(self) -> Page:
        page = self.context.new_page()
        page.on("response", lambda response: self._heard(response, page))
        page.on("pageerror", lambda error: self.troubles.append(f"{self.name}: script error at {page.url}: {error}"))
        page.on("console", lambda message: self._said(message, page))
        # Only pages that would lose what is typed ask; a story that leaves means to.
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    @property
    def name(self) -> str:
        return self.who or "public"

    def _heard(self, response: Response, page: Page) -> None:
        if response.request.is_navigation_request() and response.frame == page.main_frame:
            self.statuses[page] = response.status
        if response.status >= 500:
            self.troubles.append(
                f"{self.name}: {response.request.method} {response.url} answers {response.status}")

    def _said(self, message, page: Page) -> None:
        # Refused requests are looked at by the stories themselves; a broken policy is always an error.
        if message.type == "error" and "Content Security Policy" in message.text:
            self.troubles.append(f"{self.name}: {page.url}: {message.text}")

    def look(self) -> None:
        """Lets axe look at the pages at hand that are new to this run. What it finds is told at the end, so that no
        story breaks off; windows without script are passed over, for axe itself is one."""
        if self.looks and self.script:
            for page, status in self.statuses.items():
                found = None if page.is_closed() else look(page, status)
                if found:
                    self.troubles.append(f"{self.name}: axe at {found}")

    def go(self, path: str, status: int = 200) -> Page:
        # Where the story came meanwhile by a link.
        self.look()
        answer = self.page.goto(path)
        assert answer is not None and answer.status == status, (
            f"{self.name}: {path} answers {answer and answer.status}, not {status}\n{self.words()[:1500]}")
        self.look()
        return self.page

    @property
    def path(self) -> str:
        return re.sub(r"^https?://[^/]+", "", self.page.url).split("?")[0].split("#")[0]

    def words(self) -> str:
        """What is read on the page, closed parts too."""
        return re.sub(r"\s+", " ", self.page.locator("body").text_content() or "")

    def reads(self, *texts: str) -> None:
        words = self.words()
        for text in texts:
            assert text in words, f"{self.name}: {self.page.url} does not say “{text}”\n{words[:3000]}"

    def form(self, action: str) -> Locator:
        found = self.page.locator(f'form[method="post"][action$="{action}"]')
        assert found.count() >= 1, (
            f"{self.name}: {self.page.url} has no form to {action}; it has "
            f"{[f.get_attribute('action') for f in self.page.locator('form').all()]}\n{self.words()[:2500]}")
        return found.first

    def fill(self, form: Locator, values: dict[str, str]) -> None:
        for name, value in values.items():
            control = form.locator(f'[name="{name}"]')
            assert control.count() >= 1, f"{self.name}: {self.page.url}: no field {name}"
            kind = control.first.evaluate("e => e.tagName === 'INPUT' ? e.type : e.tagName.toLowerCase()")
            if kind in ("radio", "checkbox"):
                form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            elif kind == "select":
                control.first.select_option(value)
            else:
                control.first.fill(value)

    def send(self, action: str, values: dict[str, str] | None = None, button: str | None = None,
             status: int = 200) -> Page:
        """Fills and sends the form whose action ends so; agrees where the page asks once more.

        `status` is that of the page it leads to, after the redirect.
        """
        form = self.form(action)
        self.fill(form, values or {})
        return self.press(form, button, status)

    def press(self, form: Locator, button: str | None = None, status: int = 200) -> Page:
        self.look()
        buttons = form.locator(button or "button[type=submit], button:not([type])")
        asks = self.script and (form.get_attribute("data-confirm") is not None)
        answers: list[Response] = []
        listen = lambda response: answers.append(response) if (  # noqa: E731
            response.request.is_navigation_request() and response.frame == self.page.main_frame) else None
        self.page.on("response", listen)
        with self.page.expect_navigation():
            buttons.first.click()
            if asks:
                self.page.locator("dialog[open]").get_by_role("button").last.click()
        self.page.remove_listener("response", listen)
        last = [answer for answer in answers if not 300 <= answer.status < 400][-1]
        assert last.status == status, (
            f"{self.name}: sent from {form and ''}{self.page.url}: {last.status}, not {status}\n"
            f"{self.words()[:3000]}")
        self.look()
        return self.page

    def close(self) -> None:
        self.context.close()
