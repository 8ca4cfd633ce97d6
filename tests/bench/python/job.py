"""One job of one Python client, in a process of its own.

    job.py CLIENT JOB N URL [CA_FILE]

Clients: katapult, requests, httpx, pycurl. Jobs: get: N calls; threads: N calls by each of 16 threads; iterate: all
disks of the list, N times, one after the other; keep: the same, all held. Prints as JSON how many calls there were,
the CPU and the wall time that all took, in seconds, how many disks the lists had, and the most memory that the process
has had, in KiB.

It imports little: the time from its start to its end is measured, too.
"""

import resource
import sys
import time

THREADS = 16


def main(name, job, calls, url, ca_file=None):
    module = __import__(f"with_{name}")
    client = module.Client(url, ca_file)
    perform = {"get": get, "threads": threads, "iterate": iterate, "keep": keep}[job]
    cpu, wall = cpu_seconds(), time.perf_counter()
    calls, disks = perform(client, int(calls))
    cpu, wall = cpu_seconds() - cpu, time.perf_counter() - wall
    memory = most_memory()
    print(f'{{"calls": {calls}, "cpu": {cpu:.6f}, "wall": {wall:.6f}, "disks": {disks}, "memory": {memory}}}')


def get(client, calls):
    for _ in range(calls):
        client.get()
    return calls, 0


def threads(client, calls):
    import threading

    # What the first failure was: a thread that has died must not look like a fast one.
    failures = []

    def work():
        try:
            get(client.for_thread(), calls)
        except BaseException as failure:
            failures.append(failure)

    workers = [threading.Thread(target=work) for _ in range(THREADS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if failures:
        raise failures[0]
    return THREADS * calls, 0


def iterate(client, calls):
    return calls, sum(client.iterate() for _ in range(calls))


def keep(client, calls):
    for _ in range(calls):
        disks = client.keep()
    return calls, calls * len(disks)


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def most_memory():
    """In KiB. (What getrusage has for it is inherited from the process that started this one.)"""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    main(*sys.argv[1:])
