"""Reads lines of the AWS CLI as JSON, has the real one parse and validate each without sending anything, and prints those it refuses."""
import argparse
import contextlib
import io
import json
import os
import re
import shlex
import sys

os.environ.update(AWS_ACCESS_KEY_ID="x", AWS_SECRET_ACCESS_KEY="x", AWS_DEFAULT_REGION="eu-west-1", AWS_PAGER="", AWS_CONFIG_FILE="/dev/null")

from awscli.clidriver import create_clidriver
from botocore.utils import ArgumentGenerator
from botocore import xform_name

# Version 2 of the AWS CLI takes no beginning of an option for the whole of it.
argparse.ArgumentParser._get_option_tuples = lambda self, option: []

# What a placeholder stands for is not the line's to get right: its length, its number, its pattern, and what a file holds.
OF_PLACEHOLDERS = re.compile(
    r"Invalid (length|value|number of parameters set for tagged union)|Expecting value|Expected: '='|Invalid JSON|invalid literal for int|doesn't match a supported format")
LONG = "0123456789012345678901234567890"


class Parsed(Exception):
    pass


def stop(**_):
    raise Parsed


def words(line):
    line = re.sub(r"\{resourceArn\}", "arn:aws:sqs:eu-west-1:123456789012:x/y", line)
    line = re.sub(r"\{region\}|<(another )?Region>", "eu-west-1", line)
    line = re.sub(r"\{(resourceId|resourceName|accountId)\}|<[^<>]*>", LONG, line)
    found = shlex.split(line, comments=True)
    return found[: found.index(">")] if ">" in found else found


def content_of(driver, service, operation, option):
    model = driver.session.get_service_model({"s3api": "s3", "ds": "ds"}.get(service, service))
    for name in model.operation_names:
        if xform_name(name, "-") == operation:
            for member, shape in model.operation_model(name).input_shape.members.items():
                if xform_name(member, "-") == option[2:] and shape.type_name in ("structure", "list", "map"):
                    return skeleton(shape)
            if option == "--cli-input-json":
                return skeleton(model.operation_model(name).input_shape)
    return "x"


def skeleton(shape):
    return json.dumps(ArgumentGenerator(use_member_names=True).generate_skeleton(shape))


def new_driver():
    driver = create_clidriver()
    driver.session.register("before-call.*.*", stop)
    return driver


def refusal(driver, line):
    arguments = words(line)[1:]
    for at, word in enumerate(arguments):
        if re.match("fileb?://", word):
            try:
                arguments[at] = content_of(driver, arguments[0], arguments[1], arguments[at - 1])
            except Exception:
                arguments[at] = "x"
    told = complaint(driver, arguments)
    return told if told and not OF_PLACEHOLDERS.search(told) else None


def complaint(driver, arguments):
    errors = io.StringIO()
    try:
        with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(io.StringIO()):
            driver.main(arguments)
    except (Parsed, SystemExit):
        pass
    return " ".join(errors.getvalue().split())


def main():
    driver = new_driver()
    answers = {}
    for line in dict.fromkeys(json.load(sys.stdin)):
        # Once it has built one command of EC2, a driver looks for that one's options in the arguments of every other.
        driver = new_driver() if line.startswith("aws ec2 ") else driver
        if answer := refusal(driver, line):
            answers[line] = answer[-400:]
    json.dump(answers, sys.stdout)


main()
