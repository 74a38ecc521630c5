"""What every story uses."""

import time


def note(text):
    print(f"{time.strftime('%H:%M:%S')}  {text}", flush=True)
