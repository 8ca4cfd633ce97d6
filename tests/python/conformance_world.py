"""The simulator, arranged as the real service was when a recording was made.

Objects that the recording takes for granted are placed under their recorded ids; those that the simulator makes get
ids of their own, which are translated. What happened outside the recordings (machines built, started, stopped,
deleted) is brought about through the control API as soon as a recorded answer shows it. The simulator's clock stands
still, save for the steps between the recorded dates.
"""

import http.client
import json
import urllib.parse

from conformance_exchange import objects, sub_domains

# What was decided about a machine outside the recordings, and shows at the top of it.
TOLD = {
    *("id", "name", "hostname", "fqdn", "description", "state", "tags", "tag_names"),
    *("group", "memory_in_gb", "cpu_cores", "use_dedicated_cpus"),
}
# Seconds between two requests of the same second, so that they have an order.
HAIR = 0.0001
SETTLED = {"started": "attached", "stopped": "detached"}


class World:
    def __init__(self, sim, exchanges):
        self.sim, self.exchanges = sim, exchanges
        # The simulator's ids of what it made, by the recorded ones.
        self.ids = {}
        # Recorded ids of what was placed.
        self.known = set()
        # The fields of every placed disk that some answer has told.
        self.placed = {}
        self.machine_states = {}
        # Disk ids whose machine was started, stopped or built outside the recording: attachments follow.
        self.unsettled = set()
        self.machine_of = {}
        address = urllib.parse.urlsplit(sim.about["katapult_url"]).netloc
        self.connection = http.client.HTTPConnection(address, timeout=20)

    def prepare(self):
        self.sim.reset()
        _, _, body = self.request("GET", "/core/v1/disks/_", [["disk[id]", self.sim.about["disks"]["boot"]]], None)
        self.installation = body["disk"]["installation"]
        self.sim.control("POST", "reset", {"empty": True})
        start = self.sim.control("POST", "clock", {"stopped": True})["clock"]
        self.offset = start - self.exchanges[0].date
        self.now = self.exchanges[0].date
        places, profiles, templates = {}, {}, {}
        for exchange in self.exchanges:
            for part in objects(exchange.body):
                if {"id", "permalink", "iops"} <= set(part):
                    profiles[part["id"]] = part
                elif "latest_version" in part:
                    merge_template(templates.setdefault(part["id"], {}), part)
                elif set(part) in ({"id", "name", "permalink"}, {"id", "name", "permalink", "country"}):
                    # One without its country may have it elsewhere.
                    places.setdefault(part["id"], {}).update(part)
        for place in places.values():
            place["country"] = {name: place.get("country", place)[name] for name in ("id", "name")}
        organization = {value for e in self.exchanges for value in sub_domains(e)}
        if organization:
            self.sim.control("POST", "organization", {"sub_domain": organization.pop()})
        place = {"data_centers": list(places.values()), "io_profiles": list(profiles.values())}
        self.place(**place, disk_templates=list(templates.values()))

    def place(self, **what):
        if any(what.values()):
            self.sim.control("POST", "objects", what)

    def move_clock(self, exchange, number):
        now = max(exchange.date + number * HAIR, self.now)
        if now > self.now:
            self.sim.control("POST", "clock", {"advance_seconds": now - self.now})
        self.now = now

    def arrange(self, number, exchange):
        body = exchange.body
        if exchange.method != "GET" and "disk" in (exchange.request_body or {}):
            # From here on the recording itself says what becomes of it.
            self.unsettled.discard(self.translate(exchange.request_body["disk"]["id"]))
        if exchange.status >= 400:
            self.arrange_absence(exchange)
            return
        if "virtual_machine" in body:
            self.arrange_machine(body["virtual_machine"], body["annotations"])
        for machine in body.get("virtual_machines", []):
            self.arrange_machine(machine, [])
        if exchange.path.endswith("/disks") and "disks" in body:
            self.arrange_relations(exchange)
        if "disk" in body and exchange.method == "GET":
            for disk in body["disk"] if isinstance(body["disk"], list) else [body["disk"]]:
                self.arrange_disk(disk)
        if exchange.is_about("trash_objects") and exchange.status == 200:
            self.arrange_trash(exchange)
        if "task" in body:
            self.arrange_task(number, body["task"], polled=exchange.is_about("tasks"))

    def arrange_machine(self, machine, annotations):
        """Places the machine, or changes it into what it has become. Its form is the simulator's own."""
        fields = {name: machine[name] for name in TOLD if name in machine}
        fields["created_at"] = int(machine["created_at"] + self.offset)
        state = fields.pop("state", None)
        self.place(virtual_machines=[{**fields, "annotations": annotations}])
        self.set_machine_state(machine["id"], state)
        own = self.sim_machine(machine["id"])["ip_addresses"]
        if len(own) != len(machine["ip_addresses"]):
            count = len(machine["ip_addresses"])
            self.place(virtual_machines=[{"id": machine["id"], "ip_addresses": (own * count)[:count]}])

    def sim_machine(self, machine_id):
        query = [["virtual_machine[id]", machine_id]]
        status, _, body = self.request("GET", "/core/v1/virtual_machines/_", query, None)
        assert status == 200, body
        return body["virtual_machine"]

    def set_machine_state(self, machine_id, state):
        if state is None or self.machine_states.get(machine_id) == state:
            return
        self.machine_states[machine_id] = state
        self.sim.control("POST", f"virtual_machines/{machine_id}", {"state": state})
        self.unsettled |= {disk for disk, machine in self.machine_of.items() if machine == machine_id}

    def arrange_relations(self, exchange):
        machine = exchange.key()
        for item in exchange.body["disks"]:
            relation = {"virtual_machine": {"id": machine}, **{k: item[k] for k in ("attach_on_boot", "boot", "state")}}
            self.arrange_disk({**item["disk"], "virtual_machine_disk": relation})

    def arrange_disk(self, disk):
        relation = disk.get("virtual_machine_disk")
        if relation:
            self.need_machine(relation["virtual_machine"])
        if disk["id"] in self.ids:
            self.follow_machine(disk["id"], relation)
            return
        fields = dict(disk)
        if "created_at" in fields:
            fields["created_at"] = int(fields["created_at"] + self.offset)
        if fields.get("installation"):
            # The simulator's own, since its form is what is compared.
            fields["installation"] = self.installation
        placed = self.placed.setdefault(disk["id"], {"id"})
        if set(fields) - placed:
            self.place(disks=[{"id": disk["id"], **{name: fields[name] for name in set(fields) - placed}}])
            self.known.add(disk["id"])
            # A list tells less of a disk, and only the machine of a relation: a later look tells more.
            placed |= set(fields) if relation is None or "state" in relation else set(fields) - {"virtual_machine_disk"}
        self.follow_machine(disk["id"], relation)

    def need_machine(self, machine):
        if machine["id"] not in self.machine_states:
            # Nothing has told its state yet.
            self.machine_states[machine["id"]] = None
            self.place(virtual_machines=[machine])

    def follow_machine(self, disk_id, relation):
        """Sets the attachment of a disk whose machine was started, stopped or built; of no other."""
        own = self.ids.get(disk_id, disk_id)
        if relation and "state" in relation and own in self.unsettled:
            self.sim.control("POST", f"disks/{own}", {"attachment_state": relation["state"]})

    def settle(self, exchange):
        """A disk has followed its machine as soon as the two agree."""
        for part in objects(exchange.body):
            relation = part.get("virtual_machine_disk")
            if relation and "state" in relation:
                self.look(part["id"], relation["virtual_machine"]["id"], relation)
        if "disks" in exchange.body:
            for item in exchange.body["disks"]:
                self.look(item["disk"]["id"], exchange.key(), item)

    def look(self, disk_id, machine_id, relation):
        own = self.ids.get(disk_id, disk_id)
        if own not in self.machine_of and disk_id in self.placed:
            self.unsettled.add(own)
        self.machine_of[own] = machine_id
        state = self.machine_states.get(machine_id)
        starts_without_it = state == "started" and not relation["attach_on_boot"]
        if starts_without_it or SETTLED.get(state) == relation["state"]:
            self.unsettled.discard(own)

    def arrange_trash(self, exchange):
        """Machines and volumes are thrown away outside the recordings."""
        key = exchange.key()
        if key in self.known or key in self.ids:
            told = exchange.body.get("trash_object")
            if told is None or told["id"] in self.known or told["id"] in self.ids:
                self.arrange_purge(exchange)
                return
        told = self.trash_object(key)
        fields = {"id": told["id"], "object_type": told["object_type"]}
        if told.get("object_id"):
            fields["object_id"] = told["object_id"]
        if "keep_until" in told:
            fields["keep_until"] = int(told["keep_until"] + self.offset)
        self.known |= {told["id"], told.get("object_id")}
        self.place(trash_objects=[fields])
        self.arrange_purge(exchange)

    def trash_object(self, key):
        """What the recording says about it anywhere."""
        for exchange in self.exchanges:
            told = exchange.body.get("trash_object")
            if told and key in (told["id"], told.get("object_id")):
                return told
        kind = "VirtualMachine" if key.startswith("vm_") else "FileStorageVolume"
        return {"id": f"trsh_{key.partition('_')[2]}", "object_id": key, "object_type": kind}

    def arrange_purge(self, exchange):
        """The purge lasts until the first poll that finds nothing: it was never polled."""
        if exchange.method != "DELETE":
            return
        told = self.trash_object(exchange.key())
        names = {told["id"], told.get("object_id")}
        later = self.exchanges[self.exchanges.index(exchange) :]
        gone = [e for e in later if e.status == 404 and e.key() in names]
        if gone:
            self.next_task(gone[0], gone[0])

    def arrange_task(self, number, task, polled):
        """A task is as long as the recorded polls found it unfinished."""
        if polled and (task["id"] in self.known or task["id"] in self.ids):
            return
        polls = [e for e in self.exchanges[number:] if e.is_about("tasks") and e.body["task"]["id"] == task["id"]]
        begun = [e for e in polls if e.body["task"]["status"] != "pending"]
        ended = [e for e in polls if e.body["task"]["status"] == "completed"]
        if not polled:
            if begun and ended:
                self.next_task(begun[0], ended[0])
            return
        self.known.add(task["id"])
        wait, last = self.until(begun[0]), self.until(ended[0]) if ended else 3600
        self.place(tasks=[{"id": task["id"], "name": task["name"], "wait_seconds": wait, "seconds": last}])

    def until(self, exchange):
        """A hair less than the time that is left until then."""
        return max(exchange.date + (self.exchanges.index(exchange) - 0.5) * HAIR - self.now, 0)

    def next_task(self, begun, ended):
        self.sim.next_task(wait_seconds=self.until(begun), seconds=self.until(ended))

    def arrange_absence(self, exchange):
        """A machine that was deleted and purged outside the recording."""
        if not exchange.is_about("virtual_machines") or exchange.key() not in self.machine_states:
            return
        status, _, _ = self.request("GET", exchange.path, exchange.query, None)
        if status == 200:
            machine = exchange.key()
            del self.machine_states[machine]
            self.place(trash_objects=[{"object_id": machine, "object_type": "VirtualMachine", "keep_until": 0}])

    def request(self, method, path, query, body):
        headers = {"Authorization": f"Bearer {self.sim.about['api_token']}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        target = f"{path}?{urllib.parse.urlencode([tuple(pair) for pair in query])}" if query else path
        self.connection.request(method, target, None if body is None else json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, json.loads(text)

    def translate(self, value):
        if isinstance(value, dict):
            return {key: self.translate(part) for key, part in value.items()}
        if isinstance(value, list):
            return [self.translate(part) for part in value]
        return self.ids.get(value, value) if isinstance(value, str) else value


def merge_template(known, told):
    """A template to place, from what a list and a single look say about it."""
    known.update({key: told[key] for key in ("id", "name", "description", "permalink", "universal")})
    known["operating_system"] = {key: told["operating_system"][key] for key in ("id", "name")}
    version = {"number": 1, **told["latest_version"]}
    before = known.get("versions", [{}])[0]
    known["versions"] = [version if "number" in told["latest_version"] else {**version, **before}]
