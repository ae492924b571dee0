"""The program `speechrnn` of the frozen folder; `first.py` has run.

On Linux it is `speechrnn-app`, too, by a link of that name.
"""

# A process that a library starts goes no further than this: nothing may be imported before.
import multiprocessing

multiprocessing.freeze_support()

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

from gui.program import main, open_app  # noqa: E402

if __name__ == "__main__":
    if Path(sys.argv[0]).name == "speechrnn-app":
        open_app()
    main()
