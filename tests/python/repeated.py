"""A true answer is about what was asked: the objects that the request names are those in the example's answer."""

import copy


def truly(operation, request, answer):
    """The answer to this request; one that is no JSON object stays as it is."""
    if not isinstance(answer.get("body"), dict) or not isinstance(request, dict):
        return answer
    answer = copy.deepcopy(answer)
    body = answer["body"]
    if operation.is_cloud:
        of_nova(request, body)
    else:
        of_katapult(operation, named(request), body)
    return answer


def named(request):
    """What the request names: (`disk`, `id`) and the like, each with the value."""
    pairs = {}
    for name, value in request["query"] or []:
        kind, bracket, key = name.partition("[")
        if bracket:
            pairs[kind, key.rstrip("]")] = value
    for kind, value in (request["body"] or {}).items():
        if isinstance(value, dict) and len(value) == 1:
            pairs[(kind, *value)] = next(iter(value.values()))
    return pairs


def of_katapult(operation, pairs, body):
    for (kind, key), value in pairs.items():
        put(body, (kind, key), value)
        if kind == "disk" and key == "id":
            for whole in (body, body.get("error", body)):
                put(whole, ("detail", "trash_object", "object_id"), value)
        if key == "id" and operation.name == "create_disk_backup_policy":
            put(body, ("disk_backup_policy", "target", "target", "id"), value)
        if operation.name == "delete_disk":
            put(body, ("trash_object", "object_id"), value)
        if (kind, key) == ("virtual_machine", "id") and operation.name == "assign_disk":
            put(body, ("disk", "virtual_machine_disk", "virtual_machine", "id"), value)


def of_nova(request, body):
    words = request["path"].split("/")
    if "os-volume_attachments" not in words:
        return
    place = words.index("os-volume_attachments")
    for attachment in [body.get("volumeAttachment"), *(body.get("volumeAttachments") or [])]:
        if isinstance(attachment, dict):
            put(attachment, ("serverId",), words[place - 1])
            if words[place + 1 :]:
                put(attachment, ("volumeId",), words[place + 1])


def put(body, place, value):
    """Sets a text where there is one."""
    *way, last = place
    for name in way:
        body = body.get(name) if isinstance(body, dict) else None
    if isinstance(body, dict) and isinstance(body.get(last), str):
        body[last] = value
