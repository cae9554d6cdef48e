"""What every Python process with this folder on PYTHONPATH does before anything else: live so many seconds from now.

It also takes on the language of the environment, as programs do that have Python inside them. libfaketime would move the clock
too, but from Python 3.11 on it breaks either time.sleep or waiting with a timeout.
"""

import locale
import os
import sys
import time

# Under another name pytest is looking for doctests here, in a process that was moved already.
if __name__ == "sitecustomize" and "ANY_DAY_SECONDS" in os.environ:
    # Where these are there, time_machine loads them for comforts that nobody asks for here.
    unwanted = {name: None for name in ("dateutil", "dateutil.parser", "pytest") if name not in sys.modules}
    sys.modules.update(unwanted)
    import time_machine

    for name in unwanted:
        del sys.modules[name]
    time_machine.travel(time.time() + float(os.environ["ANY_DAY_SECONDS"]), tick=True).start()
    locale.setlocale(locale.LC_ALL, "")
