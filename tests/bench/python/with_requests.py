"""requests, with a session."""

import requests

import requested


class Client(requested.DictClient):
    def open(self):
        self.session = requests.Session()
        self.session.headers.update(requested.HEADERS)
        if self.ca_file is not None:
            self.session.verify = self.ca_file

    def exchange(self, url):
        answer = self.session.get(url, timeout=requested.TIMEOUT)
        answer.raise_for_status()
        return answer.json()
