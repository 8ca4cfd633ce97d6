"""The cases that no operation writes down, since its kind says them: the errors that every operation may answer and
those that it documents, invalid responses, arguments that must be refused, the ways to name an object, pages.

Each is in the form of a case by hand, see cases.py. Where one does not fit an operation, a case of the same name in the
operation's file takes its place.
"""

import api_errors
import shared_answers
import shared_arguments
import shared_pages
from table import paths_of


def of(operation):
    if operation.several:
        return
    if operation.is_cloud:
        yield from shared_answers.of_nova(operation)
    elif not operation.polls:
        yield from errors()
        for path in paths_of(operation):
            yield from documented(*path)
        yield from shared_answers.of_katapult(operation)
        yield from shared_arguments.good(operation)
    if operation.items:
        yield from shared_pages.of(operation)
    yield from shared_arguments.refused(operation)


# For the answers that say when to come back: who has less time than that is not made to wait.
LATER = {"headers": {"Retry-After": "60"}, "client": {"timeout": 5}}


def errors():
    """What every operation may answer."""
    for code, (status, *_) in api_errors.EVERY_OPERATION.items():
        more = LATER if status in (429, 503) else {}
        yield {"name": f"{status} {code}", **api_errors.answer(code), **more}
    yield {
        "name": "403 invalid_api_token with details",
        **api_errors.answer("invalid_api_token", {"details": "It has expired"}),
    }
    # The documents show errors bare; in reality they are wrapped.
    bare = api_errors.answer("missing_api_token", bare=True)
    yield {"name": "400 missing_api_token, bare as documented", **bare}


def documented(of, operation):
    """What an operation documents itself, on one of its paths."""
    sent = {"arguments": operation.arguments, "request": request_of(operation)} if of else {}
    for status, code in sorted(operation.documented):
        name = f"{status} {code}{of}"
        yield {"name": name, **sent, **api_errors.answer(code)}
        yield {"name": f"{name}, bare as documented", **sent, **api_errors.answer(code, bare=True)}
        if code in api_errors.SAYS_LESS:
            words, detail = api_errors.SAYS_LESS[code]
            yield {"name": f"{status} {code} {words}{of}", **sent, **api_errors.answer(code, detail)}


def request_of(operation):
    method, path = operation.request
    return {"method": method, "path": path, "query": operation.query, "body": operation.body}
