-- Views of the lake for DuckDB, started in the folder that holds the folder "lake": duckdb -init duckdb.sql
-- Account numbers stay text, because some begin with a zero; configurations stay JSON, because no two types are alike.

CREATE OR REPLACE VIEW resources AS
SELECT * FROM read_json('lake/harvest=*/resources/account=*/*.jsonl.gz',
    format = 'newline_delimited', hive_partitioning = true, hive_types = {'harvest': VARCHAR, 'account': VARCHAR},
    columns = {
        type: 'VARCHAR', arn: 'VARCHAR', id: 'VARCHAR', name: 'VARCHAR', accountId: 'VARCHAR', accountName: 'VARCHAR',
        region: 'VARCHAR', tags: 'MAP(VARCHAR, VARCHAR)', configuration: 'JSON', gaps: 'JSON',
        harvestId: 'VARCHAR', harvestedAt: 'VARCHAR', connection: 'VARCHAR', namespace: 'VARCHAR'});

CREATE OR REPLACE VIEW findings AS
SELECT * FROM read_json('lake/harvest=*/findings/account=*/*.jsonl.gz',
    format = 'newline_delimited', hive_partitioning = true, hive_types = {'harvest': VARCHAR, 'account': VARCHAR},
    columns = {
        findingId: 'VARCHAR', ruleId: 'VARCHAR', title: 'VARCHAR', status: 'VARCHAR', severity: 'VARCHAR', service: 'VARCHAR',
        resourceType: 'VARCHAR', resourceId: 'VARCHAR', resourceArn: 'VARCHAR', resourceName: 'VARCHAR',
        accountId: 'VARCHAR', accountName: 'VARCHAR', region: 'VARCHAR', evidence: 'VARCHAR',
        firstSeen: 'TIMESTAMPTZ', lastSeen: 'TIMESTAMPTZ', connection: 'VARCHAR', harvestId: 'VARCHAR'});

-- What was read: a line of a journal each. "unread" are lists that failed and that another reading may bring.
CREATE OR REPLACE VIEW services AS
SELECT harvest, service.accountId AS accountId, service.service AS service, service.harvestedAt AS harvestedAt, service.types AS types, service.gapCount AS gapCount, service.unread AS unread
FROM read_json('lake/harvest=*/journal*.jsonl',
    format = 'newline_delimited', hive_partitioning = true, hive_types = {'harvest': VARCHAR},
    columns = {service: 'STRUCT(accountId VARCHAR, service VARCHAR, harvestedAt VARCHAR, types MAP(VARCHAR, BIGINT), gapCount BIGINT, unread STRUCT(type VARCHAR, region VARCHAR)[])'})
WHERE service IS NOT NULL;

CREATE OR REPLACE VIEW harvests AS
SELECT harvestId, min(startedAt) AS startedAt
FROM read_json('lake/harvest=*/manifest*.json', columns = {harvestId: 'VARCHAR', startedAt: 'VARCHAR'})
GROUP BY harvestId;

-- The newest reading of each service of each account: what is gone since does not come back. Lists that it could not read are those of the reading before.
CREATE OR REPLACE VIEW latest_resources AS
WITH readings AS (
    FROM services QUALIFY row_number() OVER (PARTITION BY harvest, accountId, service ORDER BY harvestedAt DESC) = 1),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY accountId, service ORDER BY harvestedAt DESC) AS age,
        min(CASE WHEN len(coalesce(unread, [])) = 0 THEN harvestedAt END) OVER (PARTITION BY accountId, service ORDER BY harvestedAt DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS wholeSince
    FROM readings),
parts AS (
    SELECT *, list(coalesce(unread, [])) OVER (PARTITION BY accountId, service ORDER BY harvestedAt DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newer,
        max(age) OVER (PARTITION BY accountId, service) AS oldest
    FROM ranked WHERE wholeSince IS NULL)
SELECT resources.*
FROM resources
JOIN parts ON resources.harvest = parts.harvest AND resources.accountId = parts.accountId AND resources.harvestedAt = parts.harvestedAt
WHERE len(list_filter(coalesce(newer, []), lists -> len(list_filter(lists, entry -> entry.type = resources.type AND entry.region IN (resources.region, 'global'))) = 0)) = 0
    AND (age = oldest OR len(list_filter(coalesce(unread, []), entry -> entry.type = resources.type AND entry.region IN (resources.region, 'global'))) = 0);

-- The newest assessment of each account.
CREATE OR REPLACE VIEW latest_findings AS
WITH assessments AS (
    SELECT regexp_extract(file, 'harvest=([^/\\]+)', 1) AS harvest, regexp_extract(file, 'account=(\d{12})', 1) AS account
    FROM glob('lake/harvest=*/findings/account=*/*.jsonl.gz')),
latest AS (
    SELECT assessments.* FROM assessments JOIN harvests ON harvests.harvestId = assessments.harvest
    QUALIFY row_number() OVER (PARTITION BY account ORDER BY startedAt DESC, harvestId DESC) = 1)
SELECT findings.* FROM findings JOIN latest ON findings.harvest = latest.harvest AND findings.account = latest.account;

-- What could not be read. DuckDB refuses a view of no files: leave this one out where the lake has no folder "gaps".
CREATE OR REPLACE VIEW gaps AS
SELECT * FROM read_json('lake/harvest=*/gaps/account=*/*.jsonl.gz',
    format = 'newline_delimited', hive_partitioning = true, hive_types = {'harvest': VARCHAR, 'account': VARCHAR},
    columns = {
        service: 'VARCHAR', resourceType: 'VARCHAR', field: 'VARCHAR', region: 'VARCHAR', operation: 'VARCHAR',
        action: 'VARCHAR', reason: 'VARCHAR', code: 'VARCHAR', message: 'VARCHAR'});
