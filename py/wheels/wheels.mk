WHEELS_VENV := $(CURDIR)/.venv-wheels

.PHONY: wheels

# SHORT=1: the sdist, and from it the wheel for x86-64 and glibc, without link-time optimization; used by this machine's Pythons.
# ON="command;…": interpreters to use the wheels in besides those that are found, such as "qemu-aarch64-static -L ROOT ROOT/usr/bin/python3".
wheels: native $(WHEELS_VENV)/made ## The Python package's sdist and wheels in target/wheels, checked and used (SHORT=1, ON="commands")
	$(WHEELS_VENV)/bin/python -B py/wheels $(if $(SHORT),--short) --on '$(ON)'

$(WHEELS_VENV)/made: py/wheels/requirements.txt
	@test -x $(WHEELS_VENV)/bin/pip || $(PYTHON) -m venv $(WHEELS_VENV)
	$(WHEELS_VENV)/bin/pip install --quiet -r $<
	touch $@
