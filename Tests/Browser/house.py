"""A running house: the real program in a process of its own, on a folder of its own."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / os.environ.get("JIEBANG", ".build/debug/jiebang")

# The stories' day. Nothing depends on the date of the machine that runs them.
CLOCK = "2026-06-10T10:00"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class House:
    """`jiebang serve --demo` on a folder, from start to end."""

    running: list["House"] = []
    command = ("serve", "--demo")

    def __init__(self, data: Path, *options: str):
        self.data = data
        self.options = options
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = data.parent / f"{data.name}.log"
        self.process: subprocess.Popen | None = None

    def start(self, seconds: float = 240) -> "House":
        command = [PROGRAM, *self.command, "--data", self.data, "--port", str(self.port), *self.options]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([str(part) for part in command], stdout=log, stderr=log, cwd=ROOT)
        House.running.append(self)
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                House.running.remove(self)
                raise AssertionError(f"the house ended with {self.process.returncode}:\n{self.tail()}")
            try:
                with urllib.request.urlopen(f"{self.base}/demo?format=json", timeout=5):
                    return self
            except urllib.error.HTTPError as error:
                self.kill()
                raise AssertionError(f"/demo answers {error.code}:\n{self.tail()}") from error
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the house was not ready in {seconds} s:\n{self.tail()}")

    def stop(self) -> None:
        """Asks politely, and sees that it ends well."""
        if not self._forget():
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            status = self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"the house did not end within 20 s of SIGTERM:\n{self.tail()}") from None
        assert status == 0, f"the house ended with {status}:\n{self.tail()}"

    def kill(self) -> None:
        """Ends it as a power cut would end the process."""
        if self._forget():
            self.process.kill()
            self.process.wait()

    def _forget(self) -> bool:
        if self not in House.running:
            return False
        House.running.remove(self)
        return self.process.poll() is None

    def tail(self, lines: int = 40) -> str:
        if not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class BusyHouse(House):
    """A demo house that works at a large job meanwhile: `jiebang bench busy`."""

    command = ("bench", "busy")


def jiebang(*arguments: object, check: bool = True) -> subprocess.CompletedProcess:
    """Runs a subcommand of the program."""
    result = subprocess.run(
        [str(PROGRAM), *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, timeout=300)
    if check:
        assert result.returncode == 0, (
            f"jiebang {' '.join(map(str, arguments))} → {result.returncode}\n{result.stdout}{result.stderr}")
    return result


def seeded(folder: Path, *options: str) -> Path:
    """A folder with the small demo city in it, its clock at `CLOCK`.

    `JIEBANG_CITY` names one that is there already, for who runs single stories again and again.
    """
    if "JIEBANG_CITY" in os.environ and not options:
        return copied(Path(os.environ["JIEBANG_CITY"]), folder)
    house = House(folder, "--clock", CLOCK, "--demo-size", "small", *options)
    house.start()
    house.stop()
    return folder


def copied(source: Path, target: Path) -> Path:
    shutil.copytree(source, target)
    return target
