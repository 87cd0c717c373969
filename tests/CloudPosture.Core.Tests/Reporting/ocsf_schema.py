"""Says what is wrong with a list of events by a checkout of the OCSF schema.

Usage: ocsf_schema.py SCHEMA_FOLDER < events.json; prints a line for each kind of mistake, and nothing where there is none.
"""
import collections
import json
import pathlib
import sys

ROOT = pathlib.Path(sys.argv[1])
DICTIONARY = json.loads((ROOT / "dictionary.json").read_text("utf-8"))
INTEGERS = {"integer_t", "long_t", "timestamp_t", "port_t"}


def definitions(folder):
    found = {}
    for path in (ROOT / folder).rglob("*.json"):
        one = json.loads(path.read_text("utf-8"))
        found[one.get("name", path.stem)] = one
    return found


OBJECTS = definitions("objects")
CLASSES = definitions("events")


def merged(*definitions):
    result = {}
    for one in definitions:
        result = {**result, **one, "enum": {**result.get("enum", {}), **one.get("enum", {})}}
    return result


def attributes(one, all_of, profiles):
    parent = all_of.get(one.get("extends"))
    result = attributes(parent, all_of, profiles) if parent else {}
    for name, own in one["attributes"].items():
        if name == "$include":
            for path in [own] if isinstance(own, str) else own:
                included = json.loads((ROOT / path).read_text("utf-8"))
                if included.get("meta") != "profile" or included["name"] in profiles:
                    for key, value in included["attributes"].items():
                        result[key] = merged(DICTIONARY["attributes"].get(key, {}), result.get(key, {}), value)
        else:
            result[name] = merged(DICTIONARY["attributes"].get(name, {}), result.get(name, {}), own)
    return {name: value for name, value in result.items() if not value.get("profile") or value["profile"] in profiles}


def check(value, allowed, constraints, profiles, where, say):
    for name in value:
        if name not in allowed:
            say(f"{where}.{name} is not in the schema")
    for name, definition in allowed.items():
        if definition.get("requirement") == "required" and name not in value:
            say(f"{where}.{name} is required")
    if constraints.get("at_least_one") and not any(name in value for name in constraints["at_least_one"]):
        say(f"{where} has none of {constraints['at_least_one']}")
    for name, one in value.items():
        if name in allowed:
            check_attribute(one, allowed[name], value, profiles, f"{where}.{name}", say)


def check_attribute(value, definition, around, profiles, where, say):
    if definition.get("is_array"):
        if not isinstance(value, list):
            say(f"{where} is no list")
            return
        values = value
    else:
        values = [value]
    kind = definition["type"]
    for one in values:
        if kind in DICTIONARY["types"]["attributes"]:
            check_scalar(one, kind, definition, where, say)
        elif isinstance(one, dict):
            check(one, attributes(OBJECTS[kind], OBJECTS, profiles), OBJECTS[kind].get("constraints", {}), profiles, where, say)
        else:
            say(f"{where} is no object")
        choices = definition.get("enum", {})
        if choices and str(one) not in choices:
            say(f"{where} is {one}, which is not one of {sorted(choices)}")
        sibling = definition.get("sibling")
        if choices and sibling in around and str(one) in choices and str(one) != "99" and around[sibling] != choices[str(one)]["caption"]:
            say(f"{where} is {one}, but {sibling} is {around[sibling]}")


def check_scalar(value, kind, definition, where, say):
    fits = isinstance(value, int) and not isinstance(value, bool) if kind in INTEGERS else isinstance(value, bool) if kind == "boolean_t" else isinstance(value, str)
    if not fits and kind not in {"json_t", "float_t"}:
        say(f"{where} is no {kind}")


def main():
    events = json.load(sys.stdin)
    said = collections.Counter()
    by_uid = {}
    for one in CLASSES.values():
        if "uid" in one:
            by_uid.setdefault(one["uid"], []).append(one)
    known = {}
    for event in events:
        profiles = tuple(event["metadata"].get("profiles", []))
        one = next(candidate for candidate in by_uid[event["class_uid"] % 1000] if candidate["caption"] == event["class_name"])
        if profiles not in known:
            known[profiles] = attributes(one, CLASSES, profiles)
        # What a class is called and numbered is computed by the schema's compiler.
        allowed = {name: {**value, "enum": {}} if name in ("class_uid", "category_uid", "type_uid") else value for name, value in known[profiles].items()}
        check(event, allowed, one.get("constraints", {}), profiles, one["name"], lambda text: said.update([text]))
    for text, count in said.items():
        print(f"{count} x {text}")


main()
