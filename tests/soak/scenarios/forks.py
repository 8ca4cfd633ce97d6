"""A process that divides while other threads are in the middle of calls."""

import multiprocessing
import os
import threading
import time
import traceback
import warnings

from .checks import Readers, nothing_left, read_disks

THREADS = 8
CALLS_OF_A_CHILD = 10

# That threads run during the fork is the point.
warnings.filterwarnings("ignore", category=DeprecationWarning, message=".*fork.*")


def fork(work):
    """A child that does the work and leaves without the interpreter's own end; its id."""
    child = os.fork()
    if child != 0:
        return child
    status = 1
    try:
        work()
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def ended_well(child):
    _, status = os.waitpid(child, 0)
    assert status == 0, f"a child ended with {status:#x}"


def fork_during_calls(world):
    """Forks by the main thread and by another; parent and children go on with the same client."""
    with nothing_left(), world.client() as client, Readers(client, THREADS, "parent") as readers:
        for generation in range(world.count):
            time.sleep(world.random.uniform(0, 0.02))

            def work():
                read_disks(client, f"child{generation}", CALLS_OF_A_CHILD)
                if generation % 5 == 0:
                    ended_well(fork(lambda: read_disks(client, f"grandchild{generation}", CALLS_OF_A_CHILD)))
                    with Readers(client, 2, f"thread{generation}"):
                        time.sleep(0.01)

            ended_well(fork(work) if generation % 2 else fork_by_a_thread(work))
            read_disks(client, f"after{generation}", 3)
    return {"forks": world.count, "calls": readers.calls}


def fork_by_a_thread(work):
    children = []
    thread = threading.Thread(target=lambda: children.append(fork(work)))
    thread.start()
    thread.join()
    return children[0]


def exit_during_calls(world):
    """os._exit() while calls run, at any moment: the process ends at once with the status it was given."""
    slowest = 0
    with world.client() as client:
        read_disks(client, "before", 3)
        for number in range(world.count):
            pause = world.random.uniform(0, 0.03)
            reader, writer = os.pipe()
            child = os.fork()
            if child == 0:
                Readers(client, THREADS, f"leaving{number}").start()
                time.sleep(pause)
                os.write(writer, repr(time.monotonic()).encode())
                os._exit(7)
            os.close(writer)
            _, status = os.waitpid(child, 0)
            left = float(os.read(reader, 100))
            os.close(reader)
            assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 7, f"status {status:#x}"
            slowest = max(slowest, time.monotonic() - left)
        read_disks(client, "after", 3)
    return {"exits": world.count, "slowest_exit_seconds": slowest}


shared = None  # the client that children of a fork find, and others do not


def in_a_child(options, number):
    """What a process of a pool does. It must not hold what its parent's calls had open."""
    import katapult_disk

    client = shared or katapult_disk.Client(**options)
    return read_disks(client, f"pool{number}", CALLS_OF_A_CHILD)


def pool(world, method):
    global shared
    context = multiprocessing.get_context(method)
    with world.client() as shared, Readers(shared, THREADS, "parent") as readers:
        with context.Pool(3) as workers:
            done = workers.starmap(in_a_child, [(world.options, number) for number in range(world.count)])
        workers.join()
        read_disks(shared, "after", 3)
    return {"tasks_of_the_pool": len(done), "calls": readers.calls}


def pool_fork(world):
    return pool(world, "fork")


def pool_spawn(world):
    return pool(world, "spawn")


def pool_forkserver(world):
    return pool(world, "forkserver")
