"""Lists that have pages: where they end, what must not be an answer, and who says how many items a page has."""

import api_errors
from shared_answers import INVALID


def of(operation):
    item = operation.answer[operation.items][0]
    three = [{**item, **mark(item, number)} for number in range(3)]
    yield case(operation, "an empty list has no pages", page(operation, [], 30, total_pages=0, total=0))
    pages = [three[:2], three[2:]]
    yield in_pages(operation, "two pages", 2, pages, total_pages=2, total=3)
    yield in_pages(operation, "three pages", 1, [[item] for item in three], total_pages=3, total=3)
    large = {"total_pages": None, "total": None, "large_set": True}
    yield twice(operation, in_pages(operation, "a large set goes on until a page is not full", 2, pages, **large))
    yield twice(operation, in_pages(operation, "a large set whose last page is full", 2, [three[:2], []], **large))
    yield in_pages(operation, "a large set with an empty first page", 2, [[]], **large)
    refusal = api_errors.answer(operation.errors[-1].partition(" ")[2] if operation.errors else "scope_not_granted")
    first = {"body": page(operation, three[:1], 1, total_pages=2, total=2)}
    answers = [first, {"status": refusal["status"], "body": refusal["answer"]}]
    yield {**in_pages(operation, "an error on the second page", 1, [[], []]), "answers": answers}
    places = {"current_page": 1, "total_pages": 1}
    bare = {**operation.answer, "pagination": places}
    yield case(operation, "page numbers missing but total_pages", bare)
    yield from no_pages(operation)
    if "page_size" in operation.arguments:
        yield from sizes(operation)


def mark(item, number):
    """Another id, of the item or of the object in it."""
    if "id" in item:
        return {"id": f"other_{number:016}"}
    return {key: {**value, "id": f"other_{number:016}"} for key, value in item.items() if isinstance(value, dict)}


def page(operation, items, per_page, number=1, **counts):
    pagination = {"current_page": number, "total_pages": 1, "total": len(items), "per_page": per_page}
    return {**operation.answer, "pagination": {**pagination, "large_set": False, **counts}, operation.items: items}


def case(operation, name, answer, **more):
    return {"name": name, "answer": answer, **more}


def with_entries(operation, **changed):
    """The query of the good call with other values; what is None is left out."""
    entries = dict(map(tuple, operation.query)) | changed
    return [[name, value] for name, value in entries.items() if value is not None]


def in_pages(operation, name, size, pages, **counts):
    sized = "page_size" in operation.arguments
    entries = {"per_page": str(size)} if sized else {}
    requests = [{"query": with_entries(operation, page=str(number), **entries)} for number in range(1, len(pages) + 1)]
    answers = [{"body": page(operation, items, size, number, **counts)} for number, items in enumerate(pages, 1)]
    arguments = {**operation.arguments, "page_size": size} if sized else operation.arguments
    return {"name": name, "arguments": arguments, "request": requests, "answers": answers}


def twice(operation, case):
    """What is not counted is read again, until nothing new comes."""
    items = [item for answer in case["answers"] for item in answer["body"][operation.items]]
    return {**case, "request": case["request"] * 2, "answers": case["answers"] * 2, "result": items}


def no_pages(operation):
    answer, items = operation.answer, operation.items
    item = answer[items][0]
    without_items = {name: value for name, value in answer.items() if name != items}
    without_pages = {name: value for name, value in answer.items() if name != "pagination"}
    yield case(operation, "200 without items", without_items, **INVALID)
    yield case(operation, "200 without pagination", without_pages, **INVALID)
    yield case(operation, "200 with null for the items", {**answer, items: None}, **INVALID)
    yield case(operation, "200 with null for the pagination", {**answer, "pagination": None}, **INVALID)
    yield case(operation, "200 with an object for the items", {**answer, items: item}, **INVALID)
    yield case(operation, "200 with null among the items", {**answer, items: [item, None]}, **INVALID)
    yield case(operation, "200 without current_page", {**answer, "pagination": {"total_pages": 1}}, **INVALID)


def sizes(operation):
    """How many items a page has: the service says it, but for lists of which Python asks for as many as it may."""
    given = {name: value for name, value in operation.arguments.items() if name != "page_size"}

    def sized(name, arguments, per_page, faces=None):
        arguments = {**given, **arguments}
        case = {"name": name, "arguments": arguments, "query": with_entries(operation, per_page=per_page)}
        return {**case, "faces": faces} if faces else case

    none = {"page_size": None}
    yield sized("page_size 1", {"page_size": 1}, "1")
    if not operation.page_size:
        yield sized("page_size null is the service's", none, None)
        yield sized("page_size not given is the service's", {}, None)
        return
    size = operation.page_size
    yield sized("page_size null is the service's", none, None, ["c", "rust"])
    yield sized("page_size is the service's in C and Rust", {}, None, ["c", "rust"])
    yield sized(f"page_size is {size} in Python", {}, str(size), ["python"])
    yield sized("page_size null is as if it were not given in Python", none, str(size), ["python"])
