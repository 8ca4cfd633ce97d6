"""Does with openstacksdk what test_clouds.py does with katapult_disk: makes a client of what the environment and the
files say, and lists the attachments of a server.

Each line of its input is {"server", "arguments", "origin", "environment", "directory"}, and is answered with a line
{"auth_url", "error"}. It sends nothing to another origin.
"""

import importlib
import json
import os
import sys

import openstack.config.loader
import openstack.connection


def told(order):
    auth_url = error = None
    try:
        # The SDK decides where it looks for files when it is imported.
        loader = importlib.reload(openstack.config.loader)
        region = loader.OpenStackConfig().get_one(**order["arguments"])
        auth_url = region.config["auth"].get("auth_url")
        if auth_url is None or auth_url.startswith(order["origin"]):
            connection = openstack.connection.Connection(config=region)
            connection.compute.get(f"/servers/{order['server']}/os-volume_attachments").raise_for_status()
    # Whatever it is: the caller compares what it says.
    except Exception as exception:
        error = f"{type(exception).__name__}: {exception}"
    return {"auth_url": auth_url, "error": error}


def main():
    for line in sys.stdin:
        order = json.loads(line)
        # A process of its own keeps nothing of the one before, and imports nothing again.
        child = os.fork()
        if child == 0:
            os.environ.clear()
            os.environ.update(order["environment"])
            os.chdir(order["directory"])
            print(json.dumps(told(order)), flush=True)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
