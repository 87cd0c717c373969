"""Tells where botocore sends a service's requests: one JSON object a line in, one address a line out."""
import json
import os
import sys

import botocore.session

for line in sys.stdin:
    case = json.loads(line)
    os.environ.clear()
    os.environ.update(case["environment"])
    session = botocore.session.Session(profile=case["profile"])
    session.set_credentials("AKIA", "secret")
    client = session.create_client(case["service"], region_name=case["region"])
    request = []
    client.meta.events.register("before-send.*", lambda request_list=request, **kwargs: request_list.append(kwargs["request"].url) or None)
    try:
        getattr(client, case["operation"])()
    except Exception:
        pass
    print(request[0] if request else client.meta.endpoint_url, flush=True)
