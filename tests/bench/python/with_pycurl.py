"""pycurl, with one kept handle, and orjson."""

import orjson
import pycurl

import requested


class Client(requested.DictClient):
    def open(self):
        self.handle = pycurl.Curl()
        self.handle.setopt(pycurl.HTTPHEADER, [f"{name}: {value}" for name, value in requested.HEADERS.items()])
        self.handle.setopt(pycurl.TIMEOUT, requested.TIMEOUT)
        self.handle.setopt(pycurl.NOSIGNAL, True)
        self.handle.setopt(pycurl.FAILONERROR, True)
        if self.ca_file is not None:
            self.handle.setopt(pycurl.CAINFO, self.ca_file)

    def exchange(self, url):
        self.handle.setopt(pycurl.URL, url)
        return orjson.loads(self.handle.perform_rb())
