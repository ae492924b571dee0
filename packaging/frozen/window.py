"""The program `speechrnn-app` of the frozen folder, which has no console; `first.py` has run."""

# A process that a library starts goes no further than this: nothing may be imported before.
import multiprocessing

multiprocessing.freeze_support()

from gui.program import open_app  # noqa: E402

if __name__ == "__main__":
    open_app()
