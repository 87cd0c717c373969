"""Sends calls with botocore and prints its parsed answers: the independent client that ours is compared with.

Reads one JSON object a line from standard input:
  {"endpoint", "region", "accessKey", "secretKey", "sessionToken", "service", "operation", "input"}
and prints one a line, in the same order: {"answer": …}, {"error": code} or {"unknown": why} where this botocore lacks the operation.
"""
import base64
import datetime
import json
import sys
from urllib.parse import urlsplit, urlunsplit

import botocore.exceptions
import botocore.model
import botocore.session
from botocore.config import Config

# Our models are named by endpoint prefix, botocore's clients are not always.
CLIENTS = {"elasticloadbalancing": "elbv2", "macie": "macie2"}
CONFIG = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"}, inject_host_prefix=False)

session = botocore.session.Session()
clients = {}


def client_of(call):
    key = tuple(call.get(name) for name in ("service", "endpoint", "region", "accessKey", "secretKey", "sessionToken"))
    if key not in clients:
        clients[key] = create(call)
    return clients[key]


# CloudWatch's newer protocols round timestamps; all services but this one are asked as botocore would.
PROTOCOLS = botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS
QUERY_FIRST = ("query", *(protocol for protocol in PROTOCOLS if protocol != "query"))


def create(call):
    botocore.model.PRIORITY_ORDERED_SUPPORTED_PROTOCOLS = QUERY_FIRST if call["service"] == "cloudwatch" else PROTOCOLS
    service = CLIENTS.get(call["service"], call["service"])
    client = session.create_client(
        service, region_name=call["region"], endpoint_url=call["endpoint"], config=CONFIG, aws_access_key_id=call["accessKey"],
        aws_secret_access_key=call["secretKey"], aws_session_token=call.get("sessionToken"))
    authority = urlsplit(call["endpoint"]).netloc

    # A loopback address has no subdomains; S3 Control would put the account before it.
    def keep_host(request, **_):
        request.url = urlunsplit(urlsplit(request.url)._replace(netloc=authority))

    client.meta.events.register("before-sign", keep_host)
    return client


def plain(value):
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode()
    if hasattr(value, "read"):
        return base64.b64encode(value.read()).decode()
    return value


def send(call):
    try:
        client = client_of(call)
        method = {api: name for name, api in client.meta.method_to_api_mapping.items()}.get(call["operation"])
    except botocore.exceptions.UnknownServiceError as error:
        return {"unknown": str(error)}
    if method is None:
        return {"unknown": f"{call['service']} has no {call['operation']}"}
    try:
        answer = getattr(client, method)(**call["input"])
    except botocore.exceptions.ClientError as error:
        return {"error": error.response["Error"]["Code"]}
    except botocore.exceptions.ParamValidationError as error:
        return {"unknown": str(error)}
    except Exception as error:  # Whatever else botocore makes of an answer is a finding of the comparison.
        return {"error": f"{type(error).__name__}: {error}"}
    answer.pop("ResponseMetadata", None)
    return {"answer": plain(answer)}


for line in sys.stdin:
    if line.strip():
        print(json.dumps(send(json.loads(line))), flush=True)
