"""Tells what botocore makes of AWS files: a JSON object a line in (environment, profile, service, region), one a line out."""
import json
import os
import sys

import botocore.session

for line in sys.stdin:
    case = json.loads(line)
    os.environ.clear()
    os.environ.update(case["environment"])
    try:
        session = botocore.session.Session(profile=case["profile"])
        credentials = session.get_credentials()
        keys = credentials.get_frozen_credentials() if credentials else None
        client = session.create_client(case["service"], region_name=case["region"])
        answer = {"key": keys and keys.access_key, "token": keys and keys.token, "endpoint": client.meta.endpoint_url}
    except Exception as problem:
        answer = {"error": type(problem).__name__}
    print(json.dumps(answer), flush=True)
