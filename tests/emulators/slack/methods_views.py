"""views.*: the forms and Home tabs that the app opens for a person, and the rules a view has to keep.

Found by `server` through `api.METHODS`; `forms` calls `replace` and `push` for what an app answers to a
submission. A person's open modals are a stack of at most three.
"""

from tests.emulators.slack.api import Api, Args, method
from tests.emulators.slack.blocks import block_problems
from tests.emulators.slack.elements import initial_state, interactive
from tests.emulators.slack.records import Json, SlackError, View
from tests.emulators.slack.wire import view_json
from tests.emulators.slack.world import World

_DEEPEST = 3
_LONGEST = {"private_metadata": 3000, "callback_id": 255, "external_id": 255}
_LONGEST_LABEL = 24
_KNOWN = {
    "type", "title", "blocks", "close", "submit", "private_metadata", "callback_id", "clear_on_close",
    "notify_on_close", "external_id", "submit_disabled",
}  # fmt: skip


@method("views.open", "trigger_id view")
def open_view(api: Api, args: Args) -> Json:
    """Open a modal for whoever acted within the last three seconds."""
    body = _body(args, "modal")
    user = api.world.use_trigger(args.text("trigger_id"))
    return {"view": view_json(api.world, push(api.world, user, body, fresh_stack=True))}


@method("views.push", "trigger_id view")
def push_view(api: Api, args: Args) -> Json:
    """Put a modal on top of the one that is open."""
    body = _body(args, "modal")
    user = api.world.use_trigger(args.text("trigger_id"))
    return {"view": view_json(api.world, push(api.world, user, body))}


@method("views.update", "view_id external_id view hash")
def update_view(api: Api, args: Args) -> Json:
    """Change a view that is open."""
    view = _found(api.world, args)
    body = _body(args, str(view.body["type"]))
    if args.get("hash", view.hash) != view.hash:
        raise SlackError("hash_conflict")
    replace(api.world, view, body)
    return {"view": view_json(api.world, view)}


@method("views.publish", "user_id view hash")
def publish(api: Api, args: Args) -> Json:
    """Set a person's Home tab."""
    user, world = args.text("user_id"), api.world
    if user not in world.users:
        raise SlackError("invalid_arguments", response_metadata={"messages": ["[ERROR] user not found"]})
    body = _body(args, "home")
    if user in world.homes:
        if args.get("hash", world.homes[user].hash) != world.homes[user].hash:
            raise SlackError("hash_conflict")
        replace(world, world.homes[user], body)
    else:
        world.homes[user] = _new(world, user, body)
    return {"view": view_json(world, world.homes[user])}


def push(world: World, user: str, body: Json, *, fresh_stack: bool = False) -> View:
    """Open a modal for a person, alone or on top of those they have open."""
    stack = world.stacks[user]
    if fresh_stack:
        stack.clear()
    if len(stack) >= _DEEPEST:
        raise SlackError("push_limit_reached")
    view = _new(world, user, body, below=stack[-1] if stack else None)
    stack.append(view)
    return view


def replace(world: World, view: View, body: Json) -> None:
    """Give a view a new body; what was entered stays where block and action are still there."""
    view.body = body | {"blocks": world.fill_in_ids(body["blocks"])}
    view.hash = world.new_id("hash.")
    kept = {
        (block["block_id"], each["action_id"]) for block in view.body["blocks"] for each in interactive(block)
    }
    entered = {
        block: {action: value for action, value in values.items() if (block, action) in kept}
        for block, values in view.state.items()
    }
    view.state = initial_state(view.body["blocks"])
    for block, values in entered.items():
        view.state.setdefault(block, {}).update(values)


def check_view(body: object, kind: str) -> list[str]:
    """What is wrong with a view."""
    if not isinstance(body, dict):
        return ["[ERROR] must be an object [json-pointer:/view]"]
    if body.get("type") != kind:
        return [f"[ERROR] must be of type {kind} [json-pointer:/view/type]"]
    found = [
        f"[ERROR] invalid additional property: {each} [json-pointer:/view]"
        for each in sorted(set(body) - _KNOWN)
    ]
    found += [
        f"[ERROR] must be less than {most + 1} characters [json-pointer:/view/{name}]"
        for name, most in _LONGEST.items()
        if len(body.get(name, "")) > most
    ]
    for name in ("title", "submit", "close"):
        found += _label_problems(name, body.get(name), needed=name == "title" and kind == "modal")
    blocks = body.get("blocks")
    if (
        isinstance(blocks, list)
        and any(each.get("type") == "input" for each in blocks)
        and "submit" not in body
    ):
        found += ["[ERROR] submit is required when there are inputs [json-pointer:/view]"] * (kind == "modal")
    return found + list(block_problems(blocks, "modal" if kind == "modal" else "home", "/view/blocks"))


def _label_problems(name: str, label: object, *, needed: bool) -> list[str]:
    at = f"[json-pointer:/view/{name}]"
    if label is None:
        return [f"[ERROR] missing required field: {name} {at}"] if needed else []
    if not isinstance(label, dict) or label.get("type") != "plain_text":
        return [f"[ERROR] must be plain_text {at}"]
    text = label.get("text", "")
    return (
        []
        if 1 <= len(text) <= _LONGEST_LABEL
        else [f"[ERROR] must be less than {_LONGEST_LABEL + 1} characters {at}"]
    )


def _body(args: Args, kind: str) -> Json:
    body = args.structure("view", "invalid_arguments")
    problems = check_view(body, kind)
    if problems or not isinstance(body, dict):
        raise SlackError("invalid_arguments", response_metadata={"messages": problems})
    return body


def _new(world: World, user: str, body: Json, *, below: View | None = None) -> View:
    view_id = world.new_id("V")
    blocks = world.fill_in_ids(body["blocks"])
    view = View(
        view_id, user, body | {"blocks": blocks}, world.new_id("hash."), below.root_id if below else view_id
    )
    view.previous_id = below.id if below else ""
    view.state = initial_state(blocks)
    world.views[view_id] = view
    return view


def _found(world: World, args: Args) -> View:
    external = args.get("external_id")
    open_now = [each for stack in world.stacks.values() for each in stack] + list(world.homes.values())
    for view in open_now:
        if view.id == args.get("view_id") or (external and view.body.get("external_id") == external):
            return view
    raise SlackError("not_found")
