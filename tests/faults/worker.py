"""Runs cells one after the other, as its standard input names them: a process with a simulator and faces of its own.

A line in is `[operation, fault, face, number]`, a line out the cell.
"""

import json
import sys
import tempfile
from pathlib import Path

import names
from c_face import CFace
from catalogue import FAULTS
from cell import Cell, run
from certificates import SERVICE, Certificates
from conftest import clean_environment
from faces import PythonFace, RustFace
from operations import operations
from proxy import NAME
from simulator import Simulator

# The Rust driver keeps a client for all options that it was ever given.
CELLS_OF_A_FACE = 60
FACES = {"python": PythonFace, "c": CFace, "rust": RustFace}


class Bench:
    """What the cells of a worker share."""

    def __init__(self, sim, directory, with_names):
        self.sim = sim
        certificates = Certificates(directory)
        self.ca_file, self.contexts = certificates.ca_file, certificates.contexts()
        self.names = None
        if with_names:
            names.settle(directory)
            self.names = names.NameServer()


class Faces:
    """The faces, begun anew after some cells."""

    def __init__(self):
        self.made, self.used = {}, {}

    def get(self, name):
        if self.used.get(name, 0) >= CELLS_OF_A_FACE:
            self.made.pop(name).close()
            self.used[name] = 0
        if name not in self.made:
            self.made[name] = FACES[name]()
        self.used[name] = self.used.get(name, 0) + 1
        return self.made[name]

    def close(self):
        for face in self.made.values():
            face.close()


def work(with_names):
    clean_environment()
    with tempfile.TemporaryDirectory() as directory, Simulator(allow_hosts=(SERVICE, NAME)) as sim:
        bench = Bench(sim, Path(directory), with_names)
        known, faces = operations(sim.about), Faces()
        for line in sys.stdin:
            operation, fault, face, number = json.loads(line)
            try:
                cell = run(bench, known[operation], FAULTS[fault], faces.get(face), number)
            except AssertionError as problem:  # a driver that crashed or hangs
                cell = Cell(operation, fault, face, known[operation].is_write, "none", broken=[str(problem)])
            print(json.dumps(cell.as_json()), flush=True)
        faces.close()
