"""Times work at two stages of a process, as benchmarks/Processes/Stages.cs does: the first time, and once warm."""
import time

WARM_UP_SECONDS = 3


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def timed_warm(work, spent):
    """Seconds of one more run once three seconds of work are behind, those of the first run included."""
    while spent < WARM_UP_SECONDS:
        spent += timed(work)
    return timed(work)


def peak_mebibytes():
    """The most memory that this process had resident so far."""
    with open("/proc/self/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
