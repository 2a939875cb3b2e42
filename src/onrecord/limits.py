"""What one article may take of time and memory; beyond it the article is given up, and the pile goes on.

Time is CPU time, so that a busy machine changes nothing. In a process's main thread the clock is a signal's;
in other threads, as those of a Dask worker, one more thread looks at the clock of the one that reads. It can
not end a single call into C, such as a match of a regular expression, before that comes back.
"""

from __future__ import annotations

import ctypes
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 30.0
"""CPU seconds that any article has: the first one loads the models, which takes 5 to 8."""
SECONDS_A_THOUSAND_CHARACTERS = 1.0
"""Ordinary articles take 0.1 to 0.3 (2026-11, two cores)."""
PAGE_SECONDS = 60.0
"""CPU seconds for taking a page or feed apart; pages of 2 MB take 2 to 4."""
MAX_GROWTH = 2 << 30
"""Bytes by which the process may grow while it reads a few articles; ordinary ones take under 0.3 of it."""


class Exceeded(BaseException):
    """An article took too much. No `Exception`: readers that answer any of those must not answer this one."""

    reason = "too_slow"


class TooSlow(Exceeded):
    """It took more time than it may."""


class TooLarge(Exceeded):
    """It took more memory than it may."""

    reason = "too_large"


def seconds_for(characters: int) -> float:
    """CPU seconds that texts of so many characters may take together."""
    return GRACE_SECONDS + characters / 1000 * SECONDS_A_THOUSAND_CHARACTERS


@contextmanager
def within(seconds: float, growth: int = MAX_GROWTH) -> Iterator[None]:
    """Runs the block for at most so many CPU seconds, with at most so many bytes more than now.

    Raises:
        TooSlow, TooLarge: the block was broken off; their text says the limit.
    """
    try:
        with _growing(growth), _timed(seconds):
            yield
    except MemoryError:
        raise TooLarge(f"it needs more than {growth >> 20:,} MB of memory") from None


@contextmanager
def _timed(seconds: float) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        with _watched(seconds):
            yield
        return
    under_way = True

    def stop(_signal: int, _frame: FrameType | None) -> None:
        if under_way:
            raise TooSlow(f"it takes more than {seconds:.0f} seconds of computing")

    before = signal.signal(signal.SIGPROF, stop)
    # Again each second, since an exception raised inside a callback of C code can get lost.
    left, interval = signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)
    try:
        yield
    finally:
        under_way = False
        signal.setitimer(signal.ITIMER_PROF, left, interval)
        signal.signal(signal.SIGPROF, before)


@contextmanager
def _watched(seconds: float) -> Iterator[None]:
    """The same for a thread that gets no signals: another thread raises in it."""
    if not hasattr(time, "pthread_getcpuclockid"):
        yield
        return
    reader = threading.get_ident()
    clock = time.pthread_getcpuclockid(reader)
    end = time.clock_gettime(clock) + seconds
    turn, over = threading.Lock(), threading.Event()

    def watch() -> None:
        left = seconds
        while not over.wait(left):
            with turn:
                left = end - time.clock_gettime(clock)
                if left <= 0 and not over.is_set():
                    _raise_in(reader, TooSlow)
                    left = 1.0  # again each second: readers may answer any error

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    except TooSlow as error:
        raise TooSlow(*(error.args or [f"it takes more than {seconds:.0f} seconds of computing"])) from None
    finally:
        while not over.is_set():
            with suppress(TooSlow), turn:
                over.set()
                _raise_in(reader, None)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Has a thread raise an error at its next step in Python; None takes back what it has not raised yet."""
    raised = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)


@contextmanager
def _growing(growth: int) -> Iterator[None]:
    """Lets the system refuse memory beyond what the process has now and `growth` bytes."""
    used = _address_space()
    if used is None:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = min(limit for limit in (used + growth, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int | None:
    """Bytes of address space of this process; None where the system does not tell (it is not Linux)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError):
        return None
    import resource

    return pages * resource.getpagesize()
