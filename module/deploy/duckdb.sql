-- Views of the lake for DuckDB, started in the folder that holds the folder "lake": duckdb -init duckdb.sql
-- Account numbers stay text, because some begin with a zero; configurations stay JSON, because no two types are alike.
-- The files are listed once, here: run this file again (.read duckdb.sql) to see what was harvested since.

-- What was read: a line of a journal each. A line that a crash cut short counts as none.
CREATE OR REPLACE VIEW journal AS
SELECT harvest, service.accountId AS accountId, service.service AS service, service.harvestedAt AS harvestedAt, service.types AS types, service.gapCount AS gapCount, service.unread AS unread,
    coalesce(service.resources."offset" + service.resources.length, 0) AS resourcesEnd, coalesce(service.gaps."offset" + service.gaps.length, 0) AS gapsEnd
FROM read_json('lake/harvest=*/journal*.jsonl',
    format = 'newline_delimited', ignore_errors = true, hive_partitioning = true, hive_types = {'harvest': VARCHAR},
    columns = {service: 'STRUCT(accountId VARCHAR, service VARCHAR, harvestedAt VARCHAR, types MAP(VARCHAR, BIGINT), gapCount BIGINT, unread STRUCT(type VARCHAR, region VARCHAR)[], resources STRUCT("offset" BIGINT, length BIGINT), gaps STRUCT("offset" BIGINT, length BIGINT))'})
WHERE service IS NOT NULL;

-- The last reading of each service in each harvest. "unread" are lists that failed and that another reading may bring.
CREATE OR REPLACE VIEW services AS
SELECT * FROM journal
QUALIFY row_number() OVER (PARTITION BY harvest, accountId, service ORDER BY harvestedAt DESC) = 1;

CREATE OR REPLACE VIEW harvests AS
SELECT harvestId, min(startedAt) AS startedAt
FROM read_json('lake/harvest=*/manifest*.json', columns = {harvestId: 'VARCHAR', startedAt: 'VARCHAR'})
GROUP BY harvestId;

-- When which services of an account were assessed.
CREATE OR REPLACE VIEW assessments AS
SELECT content->>'$.harvestId' AS harvestId, content->>'$.accountId' AS accountId, content->>'$.assessedAt' AS assessedAt,
    unnest(from_json(content->'$.services', '["VARCHAR"]')) AS service
FROM (SELECT content::JSON AS content FROM read_text('lake/harvest=*/findings/account=*/_assessment.json'));

-- The files of resources and gaps, and whether they hold exactly what the journals say. DuckDB reads a file as a whole or not at
-- all: one that a harvest is writing, or that a killed one left torn, is left out until the harvest has ended, was resumed, or was
-- put right by Complete-PostureHarvest.
CREATE OR REPLACE VIEW files AS
WITH ends AS (
    SELECT harvest, accountId, max(resourcesEnd) AS resources, max(gapsEnd) AS gaps FROM journal GROUP BY harvest, accountId
    UNION SELECT harvest, accountId, max(resourcesEnd), max(gapsEnd) FROM services GROUP BY harvest, accountId),
listed AS (
    SELECT 'resources' AS kind, filename, size FROM read_blob('lake/harvest=*/resources/account=*/*.jsonl.gz')
    UNION ALL SELECT 'gaps', filename, size FROM read_blob('lake/harvest=*/gaps/account=*/*.jsonl.gz')
    UNION ALL SELECT 'findings', filename, size FROM read_blob('lake/harvest=*/findings/account=*/*.jsonl.gz')),
placed AS (
    SELECT kind, filename, size, regexp_extract(filename, 'harvest=([^/\\]+)', 1) AS harvest, regexp_extract(filename, 'account=(\d+)', 1) AS account FROM listed)
SELECT kind, filename, placed.harvest AS harvest, account, size,
    bool_or(kind = 'findings' OR coalesce(size = CASE kind WHEN 'resources' THEN ends.resources ELSE ends.gaps END, false)) AS isWhole
FROM placed LEFT JOIN ends ON ends.harvest = placed.harvest AND ends.accountId = placed.account
WHERE size > 0
GROUP BY ALL;

-- Where there is no file of a kind, the manifests stand in for it: they hold no line of any.
SET VARIABLE posture_resources = (SELECT coalesce((SELECT list(filename) FROM files WHERE kind = 'resources' AND isWhole), (SELECT list(file) FROM glob('lake/harvest=*/manifest*.json'))));
SET VARIABLE posture_findings = (SELECT coalesce((SELECT list(filename) FROM files WHERE kind = 'findings'), (SELECT list(file) FROM glob('lake/harvest=*/manifest*.json'))));
SET VARIABLE posture_gaps = (SELECT coalesce((SELECT list(filename) FROM files WHERE kind = 'gaps' AND isWhole), (SELECT list(file) FROM glob('lake/harvest=*/manifest*.json'))));

CREATE OR REPLACE VIEW resources AS
SELECT COLUMNS(name -> name NOT IN ('file', 'account')), regexp_extract(file, 'account=(\d+)', 1) AS account
FROM read_json(getvariable('posture_resources'), filename = 'file', format = 'newline_delimited', hive_partitioning = true, hive_types_autocast = false,
    columns = {
        type: 'VARCHAR', arn: 'VARCHAR', id: 'VARCHAR', name: 'VARCHAR', accountId: 'VARCHAR', accountName: 'VARCHAR',
        region: 'VARCHAR', tags: 'MAP(VARCHAR, VARCHAR)', configuration: 'JSON', gaps: 'JSON',
        harvestId: 'VARCHAR', harvestedAt: 'VARCHAR', connection: 'VARCHAR', namespace: 'VARCHAR'})
WHERE arn IS NOT NULL;

CREATE OR REPLACE VIEW findings AS
SELECT COLUMNS(name -> name NOT IN ('file', 'account')), regexp_extract(file, 'account=(\d+)', 1) AS account
FROM read_json(getvariable('posture_findings'), filename = 'file', format = 'newline_delimited', hive_partitioning = true, hive_types_autocast = false,
    columns = {
        findingId: 'VARCHAR', ruleId: 'VARCHAR', title: 'VARCHAR', status: 'VARCHAR', severity: 'VARCHAR', service: 'VARCHAR',
        resourceType: 'VARCHAR', resourceId: 'VARCHAR', resourceArn: 'VARCHAR', resourceName: 'VARCHAR',
        accountId: 'VARCHAR', accountName: 'VARCHAR', region: 'VARCHAR', evidence: 'VARCHAR',
        firstSeen: 'TIMESTAMPTZ', lastSeen: 'TIMESTAMPTZ', connection: 'VARCHAR', harvestId: 'VARCHAR',
        change: 'VARCHAR', statusSince: 'TIMESTAMPTZ', firstFailed: 'TIMESTAMPTZ', lastPassed: 'TIMESTAMPTZ',
        lastVerdict: 'VARCHAR', lastVerdictSince: 'TIMESTAMPTZ'})
WHERE findingId IS NOT NULL;

-- What could not be read.
CREATE OR REPLACE VIEW gaps AS
SELECT COLUMNS(name -> name NOT IN ('file', 'account')), regexp_extract(file, 'account=(\d+)', 1) AS account
FROM read_json(getvariable('posture_gaps'), filename = 'file', format = 'newline_delimited', hive_partitioning = true, hive_types_autocast = false,
    columns = {
        service: 'VARCHAR', resourceType: 'VARCHAR', field: 'VARCHAR', region: 'VARCHAR', operation: 'VARCHAR',
        action: 'VARCHAR', reason: 'VARCHAR', code: 'VARCHAR', message: 'VARCHAR'})
WHERE operation IS NOT NULL;

-- The newest reading of each service of each account: what is gone since does not come back. Lists that it could not read are those of the reading before.
CREATE OR REPLACE VIEW latest_resources AS
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY accountId, service ORDER BY harvestedAt DESC) AS age,
        min(CASE WHEN len(coalesce(unread, [])) = 0 THEN harvestedAt END) OVER (PARTITION BY accountId, service ORDER BY harvestedAt DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS wholeSince
    FROM services),
parts AS (
    SELECT *, list(coalesce(unread, [])) OVER (PARTITION BY accountId, service ORDER BY harvestedAt DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS newer,
        max(age) OVER (PARTITION BY accountId, service) AS oldest
    FROM ranked WHERE wholeSince IS NULL)
SELECT resources.*
FROM resources
JOIN parts ON resources.harvest = parts.harvest AND resources.accountId = parts.accountId AND resources.harvestedAt = parts.harvestedAt
WHERE len(list_filter(coalesce(newer, []), lists -> len(list_filter(lists, entry -> entry.type = resources.type AND entry.region IN (resources.region, 'global'))) = 0)) = 0
    AND (age = oldest OR len(list_filter(coalesce(unread, []), entry -> entry.type = resources.type AND entry.region IN (resources.region, 'global'))) = 0);

-- The newest assessment of each service of each account, whichever harvest began first.
CREATE OR REPLACE VIEW latest_findings AS
SELECT findings.*
FROM findings
JOIN (FROM assessments QUALIFY row_number() OVER (PARTITION BY accountId, service ORDER BY assessedAt DESC) = 1) AS latest
    ON findings.harvest = latest.harvestId AND findings.account = latest.accountId AND findings.service = latest.service;
