"""How much is measured: all of it in a quarter of an hour, or a sample in a minute."""

from dataclasses import dataclass

PERMITTED = 1000  # calls a minute, what most tokens have


@dataclass(frozen=True)
class Length:
    minute: int  # in seconds; the service's is 60
    many: int  # disks of the large fleet
    shared: int  # disks of a fleet whose share is measured: enough for three whole minutes
    each_of_two: int  # disks of each of two processes
    compared: int  # disks of each way in the comparison
    lanes: int  # rows at the same time
    kills: int  # every how-manieth of the points


# The rate is the same part of a minute in both; in a short one everything but the tasks is ten times as fast.
FULL = Length(minute=60, many=10_000, shared=3000, each_of_two=1000, compared=1000, lanes=4, kills=1)
SHORT = Length(minute=6, many=3000, shared=3000, each_of_two=500, compared=48, lanes=5, kills=3)
