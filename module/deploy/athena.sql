-- Tables of the lake for Amazon Athena, engine 3, once the lake's folder is copied to s3://BUCKET/lake (aws s3 sync).
-- A query names its harvests (WHERE harvest = '…' or IN), and a new harvest needs no new partition. Tags and configurations
-- hold keys that differ in case alone, hence the exact names; configurations and gaps are text for json_extract.

CREATE EXTERNAL TABLE resources (
    type string,
    arn string,
    id string,
    name string,
    accountid string,
    accountname string,
    region string,
    tags map<string,string>,
    configuration string,
    gaps string,
    harvestid string,
    harvestedat string,
    connection string,
    namespace string
)
PARTITIONED BY (harvest string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
    'case.insensitive' = 'FALSE',
    'mapping.accountid' = 'accountId',
    'mapping.accountname' = 'accountName',
    'mapping.harvestid' = 'harvestId',
    'mapping.harvestedat' = 'harvestedAt'
)
LOCATION 's3://BUCKET/lake/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.harvest.type' = 'injected',
    'storage.location.template' = 's3://BUCKET/lake/harvest=${harvest}/resources/'
);

CREATE EXTERNAL TABLE findings (
    findingid string,
    ruleid string,
    title string,
    status string,
    severity string,
    service string,
    resourcetype string,
    resourceid string,
    resourcearn string,
    resourcename string,
    accountid string,
    accountname string,
    region string,
    evidence string,
    firstseen string,
    lastseen string,
    connection string,
    harvestid string,
    change string,
    statussince string,
    firstfailed string,
    lastpassed string,
    lastverdict string,
    lastverdictsince string
)
PARTITIONED BY (harvest string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
    'case.insensitive' = 'FALSE',
    'mapping.findingid' = 'findingId',
    'mapping.ruleid' = 'ruleId',
    'mapping.resourcetype' = 'resourceType',
    'mapping.resourceid' = 'resourceId',
    'mapping.resourcearn' = 'resourceArn',
    'mapping.resourcename' = 'resourceName',
    'mapping.accountid' = 'accountId',
    'mapping.accountname' = 'accountName',
    'mapping.firstseen' = 'firstSeen',
    'mapping.lastseen' = 'lastSeen',
    'mapping.harvestid' = 'harvestId',
    'mapping.statussince' = 'statusSince',
    'mapping.firstfailed' = 'firstFailed',
    'mapping.lastpassed' = 'lastPassed',
    'mapping.lastverdict' = 'lastVerdict',
    'mapping.lastverdictsince' = 'lastVerdictSince'
)
LOCATION 's3://BUCKET/lake/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.harvest.type' = 'injected',
    'storage.location.template' = 's3://BUCKET/lake/harvest=${harvest}/findings/'
);

-- A gap does not repeat its account: regexp_extract("$path", 'account=(\d{12})', 1).
CREATE EXTERNAL TABLE gaps (
    service string,
    resourcetype string,
    field string,
    region string,
    operation string,
    action string,
    reason string,
    code string,
    message string
)
PARTITIONED BY (harvest string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
WITH SERDEPROPERTIES (
    'case.insensitive' = 'FALSE',
    'mapping.resourcetype' = 'resourceType'
)
LOCATION 's3://BUCKET/lake/'
TBLPROPERTIES (
    'projection.enabled' = 'true',
    'projection.harvest.type' = 'injected',
    'storage.location.template' = 's3://BUCKET/lake/harvest=${harvest}/gaps/'
);
