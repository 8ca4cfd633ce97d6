"""What is public: a class says by its `__module__` from where it is imported."""

from . import _katapult_disk, errors


def classes_of(module):
    """The classes of a module, by name."""
    found = [*vars(_katapult_disk).values(), *vars(errors).values()]
    return {thing.__name__: thing for thing in found if isinstance(thing, type) and thing.__module__ == module}
