-- Views of the lake for Spark SQL. Configurations are text for get_json_object and from_json.

CREATE OR REPLACE TEMPORARY VIEW resources (
    type STRING,
    arn STRING,
    id STRING,
    name STRING,
    accountId STRING,
    accountName STRING,
    region STRING,
    tags MAP<STRING, STRING>,
    configuration STRING,
    gaps STRING,
    harvestId STRING,
    harvestedAt STRING,
    connection STRING,
    namespace STRING
)
USING json
OPTIONS (path 'lake/harvest=*/resources/account=*');

CREATE OR REPLACE TEMPORARY VIEW findings (
    findingId STRING,
    ruleId STRING,
    title STRING,
    status STRING,
    severity STRING,
    service STRING,
    resourceType STRING,
    resourceId STRING,
    resourceArn STRING,
    resourceName STRING,
    accountId STRING,
    accountName STRING,
    region STRING,
    evidence STRING,
    firstSeen STRING,
    lastSeen STRING,
    connection STRING,
    harvestId STRING,
    change STRING,
    statusSince STRING,
    firstFailed STRING,
    lastPassed STRING,
    lastVerdict STRING,
    lastVerdictSince STRING
)
USING json
OPTIONS (path 'lake/harvest=*/findings/account=*');

-- A gap does not repeat its account: regexp_extract(input_file_name(), 'account=(\\d{12})', 1).
CREATE OR REPLACE TEMPORARY VIEW gaps (
    service STRING,
    resourceType STRING,
    field STRING,
    region STRING,
    operation STRING,
    action STRING,
    reason STRING,
    code STRING,
    message STRING
)
USING json
OPTIONS (path 'lake/harvest=*/gaps/account=*');
