"""Who changes the queue's list: takes wishes of the screen, does them, tells how the list is. Free of Qt.

A job for `gui.worker.Workers` that runs as long as the page is there. Wishes are handed over by any thread
and done in order, so that the screen never waits for a disk. It also looks into the watched folders, and
holds the lease: where another window of the program has it, this one only shows the queue.
"""

from __future__ import annotations

import queue as queues
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from gui.files.watched import WatchedFolders
from speechrnn.errors import DataError, SpeechRnnError
from speechrnn.store.jobs import Job, JobQueue, Skipped
from speechrnn.store.lease import QueueLease
from speechrnn.store.library import Library
from speechrnn.store.recordings import find_recordings
from speechrnn.types import Seconds

Opener = Callable[[], Library]

LOOK_EVERY_S = 3.0
_LOOK_SHARE = 0.05  # of the time goes into looking at most: a slow network drive is looked at less often
_LIST_EVERY_S = 0.5
_WAIT_S = 0.5
_ADD_AT_ONCE = 20  # files; other wishes come in between


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The queue as it is.

    Attributes:
        jobs: in order.
        number: of the last wish that was done.
        working: whether this process may work on the queue.
    """

    jobs: tuple[Job, ...]
    number: int
    working: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesAdded:
    """What became of files that somebody added.

    Attributes:
        ids: of the new jobs.
        skipped: files that were not added, and why.
        problems: paths without recordings, one line each.
        watched: whether a watched folder had them, and nobody is waiting to hear of it.
    """

    ids: tuple[int, ...]
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[str, ...] = ()
    watched: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderMet:
    """A folder is watched from now on.

    Attributes:
        folder: which.
        recordings: that lay there already, and are left alone.
    """

    folder: Path
    recordings: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A job that is to run now; None where none waits."""

    job: Job | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something could not be done; one sentence."""

    text: str


KeeperEvent = Listed | FilesAdded | FolderMet | Begun | Trouble
_Wish = Callable[[JobQueue], KeeperEvent | None]


class QueueKeeper:
    """Takes wishes in any thread; `job` does them in its own."""

    def __init__(
        self,
        opener: Opener,
        folder: Path,
        watch_folders: Callable[[], Sequence[Path]],
        now: Callable[[], Seconds] = time.monotonic,
    ) -> None:
        """Prepares a keeper.

        Args:
            opener: opens the library.
            folder: where it lies.
            watch_folders: the folders to watch; asked again at each look.
            now: the clock of the looks.
        """
        self._opener, self._folder = opener, folder
        self._watch_folders = watch_folders
        self._now = now
        self._wishes: queues.SimpleQueue[tuple[int, _Wish]] = queues.SimpleQueue()
        self._lock = threading.Lock()
        self._posted = 0

    @property
    def posted(self) -> int:
        """Number of the last wish."""
        return self._posted

    def refresh(self) -> None:
        """Asks for the list."""
        self._post(lambda queue: None)

    def add(self, paths: Sequence[Path], *, skip_done: bool = True) -> None:
        """Adds files, and the recordings in folders."""

        def wish(_queue: JobQueue) -> KeeperEvent | None:
            found, problems = find_recordings(paths)
            self._add([recording.path for recording in found], skip_done=skip_done)
            return FilesAdded(ids=(), problems=tuple(problems)) if problems else None

        self._post(wish)

    def start(self) -> None:
        """Asks for the next job; `Begun` is the answer."""
        self._post(lambda queue: Begun(job=queue.start_next()))

    def change(self, change: Callable[[JobQueue], object]) -> None:
        """Asks for something else, such as `lambda queue: queue.pause(5)`."""

        def wish(queue: JobQueue) -> None:
            change(queue)

        self._post(wish)

    def job(self, stop: threading.Event) -> Iterator[KeeperEvent]:
        """Works until it is asked to stop; ask for anything behind it to end at once.

        Raises:
            SpeechRnnError: the library cannot be opened.
        """
        with ExitStack() as stack:
            library = stack.enter_context(self._opener())
            queue = JobQueue(library)
            yield from (Trouble(text=text) for text in library.messages)
            watch = _Watch(self._folder, self._watch_folders, self._add, self._now)
            lease = _Lease(queue, self._folder, self._now)
            stack.callback(lease.release)
            number, stale, listed_at = 0, True, -_LIST_EVERY_S
            jobs: tuple[Job, ...] = ()
            while not stop.is_set():
                stale |= lease.tried()
                events = watch.look() if lease.held else []
                events += lease.told()
                wish = self._next(wait=not stale and not events)
                if wish is not None:
                    number, event = wish[0], _done(wish[1], queue)
                    events += [event] if event else []
                    stale = True
                # The list comes when all wishes are done, and now and then where there are very many.
                if stale and (wish is None or self._now() - listed_at > _LIST_EVERY_S):
                    jobs = _same(queue.jobs(), jobs)
                    events.append(Listed(jobs=jobs, number=number, working=lease.held))
                    stale, listed_at = False, self._now()
                yield from events

    def _add(
        self,
        paths: Sequence[Path],
        *,
        skip_done: bool = True,
        then: Callable[[Sequence[Path]], None] | None = None,
    ) -> None:
        """Asks for files to be added, few at a time; `then` is called with those of a watched folder."""

        def wish(queue: JobQueue) -> FilesAdded:
            now, later = paths[:_ADD_AT_ONCE], paths[_ADD_AT_ONCE:]
            if later:
                self._add(later, skip_done=skip_done, then=then)
            added = queue.add(now, skip_done=skip_done)
            if then is not None:
                then(now)
            ids = tuple(job.id for job in added.jobs)
            return FilesAdded(ids=ids, skipped=added.skipped, watched=then is not None)

        if paths:
            self._post(wish)

    def _post(self, wish: _Wish) -> None:
        with self._lock:
            self._posted += 1
            self._wishes.put((self._posted, wish))

    def _next(self, *, wait: bool) -> tuple[int, _Wish] | None:
        try:
            return self._wishes.get(wait, _WAIT_S)
        except queues.Empty:
            return None


class _Lease:
    """The right to work on the queue; asked for again while another process has it."""

    def __init__(self, queue: JobQueue, folder: Path, now: Callable[[], Seconds]) -> None:
        self._queue, self._folder, self._now = queue, folder, now
        self._lease: QueueLease | None = None
        self._next = 0.0
        self._problem = self._told = ""

    @property
    def held(self) -> bool:
        return self._lease is not None

    def tried(self) -> bool:
        """Asks for it if it is time to; whether it was, since the list may then have changed."""
        if self.held or self._now() < self._next:
            return False
        self._next = self._now() + LOOK_EVERY_S
        try:
            self._lease = QueueLease.acquire(self._folder)
            if self._lease is not None:
                self._queue.recover()
        except SpeechRnnError as error:
            self._problem = str(error)
        return True

    def told(self) -> list[KeeperEvent]:
        """Why it cannot be had; once."""
        if self._problem == self._told:
            return []
        self._told = self._problem
        return [Trouble(text=self._problem)]

    def release(self) -> None:
        if self._lease is not None:
            self._lease.release()


class _Watch:
    """Looks into the watched folders now and then, and lets what is new be added."""

    def __init__(
        self,
        library: Path,
        folders: Callable[[], Sequence[Path]],
        add: Callable[..., None],
        now: Callable[[], Seconds],
    ) -> None:
        self._folders, self._add, self._now = folders, add, now
        self._watched = WatchedFolders(library / "watched.json")
        self._next = 0.0

    def look(self) -> list[KeeperEvent]:
        """Looks if it is time to."""
        start = self._now()
        if start < self._next:
            return []
        try:
            found = self._watched.look(self._folders())
            if found.met:
                self._watched.keep(())
        except SpeechRnnError as error:
            return [Trouble(text=str(error))]
        finally:
            self._next = self._now() + max(LOOK_EVERY_S, (self._now() - start) / _LOOK_SHARE)
        self._add(found.ready, then=self._watched.keep)
        return [
            *(FolderMet(folder=folder, recordings=recordings) for folder, recordings in found.met),
            *(Trouble(text=text) for text in found.problems),
        ]


def _same(jobs: Sequence[Job], before: Sequence[Job]) -> tuple[Job, ...]:
    """The jobs, as the same objects where nothing has changed: the screen then has little to do."""
    known = {job.id: job for job in before}
    return tuple(known[job.id] if known.get(job.id) == job else job for job in jobs)


def _done(wish: _Wish, queue: JobQueue) -> KeeperEvent | None:
    try:
        return wish(queue)
    except DataError:
        return None  # the job was removed meanwhile; the list that follows says so
    except SpeechRnnError as error:
        return Trouble(text=str(error))
