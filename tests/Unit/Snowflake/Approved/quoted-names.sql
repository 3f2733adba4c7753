-- POST /api/v2/statements
SELECT 0 AS place, schema_name AS table_schema, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM prod.information_schema.schemata
WHERE schema_name IN ('My $$ Schema')
UNION ALL
SELECT 0, table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM prod.information_schema.tables
WHERE table_schema IN ('My $$ Schema') AND table_name IN ('it''s "monthly"', 'temp_it''s "monthly"');

-- POST /api/v2/statements
SELECT 0, policy_kind, policy_name, ref_column_name
FROM TABLE(prod.information_schema.policy_references(ref_entity_name => 'prod."My $$ Schema"."it''s ""monthly"""', ref_entity_domain => 'TABLE'));

-- POST /api/v2/statements
SELECT 0 AS place, schema_name AS table_schema, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM information_schema.schemata
WHERE schema_name IN ('RAW_DATA')
UNION ALL
SELECT 0, table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema IN ('RAW_DATA') AND table_name IN ('SESSION_TIMESTAMP', 'USER_SESSION_CHANNEL');

-- POST /api/v2/statements
DROP TABLE IF EXISTS prod."My $$ Schema"."temp_it's ""monthly""";
CREATE TABLE prod."My $$ Schema"."temp_it's ""monthly""" LIKE prod."My $$ Schema"."it's ""monthly""" COPY GRANTS;
COMMENT ON TABLE prod."My $$ Schema"."temp_it's ""monthly""" IS '[eltps table=prod."My $$ Schema"."it''s ""monthly""" generation=00000000-0000-0000-0000-000000000000 replaces=00000000-0000-0000-0000-000000000000 run=<run 1>]';
CREATE OR REPLACE TABLE prod."My $$ Schema"."temp_it's ""monthly"""
COPY GRANTS
COMMENT = '[eltps table=prod."My $$ Schema"."it''s ""monthly""" generation=<generation 1> replaces=<generation 2> run=<run 1>]'
AS
SELECT
    TO_VARCHAR(A.ts, 'YYYY-MM') AS month,
    COUNT(DISTINCT B.userid) AS mau
FROM raw_data.session_timestamp A
JOIN raw_data.user_session_channel B ON A.sessionid = B.sessionid
GROUP BY 1;

-- POST /api/v2/statements
SELECT
    (SELECT COUNT(*) FROM prod."My $$ Schema"."temp_it's ""monthly""") AS row_count,
    table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM prod.information_schema.tables
WHERE table_schema = 'My $$ Schema' AND table_name IN ('it''s "monthly"', 'temp_it''s "monthly"');

-- POST /api/v2/statements
EXECUTE IMMEDIATE 'DECLARE
    staged VARCHAR;
    published VARCHAR;
BEGIN
    SELECT
        MAX(IFF(table_name = ''temp_it''''s "monthly"'', COALESCE(comment, ''''), NULL)),
        MAX(IFF(table_name = ''it''''s "monthly"'', COALESCE(comment, ''''), NULL))
    INTO :staged, :published
    FROM prod.information_schema.tables
    WHERE table_schema = ''My $$ Schema'' AND table_name IN (''it''''s "monthly"'', ''temp_it''''s "monthly"'');
    IF (CONTAINS(staged, ''generation=<generation 1> replaces='') AND CONTAINS(published, ''generation=<generation 2> replaces='')) THEN
        ALTER TABLE prod."My $$ Schema"."it''s ""monthly""" SWAP WITH prod."My $$ Schema"."temp_it''s ""monthly""";
        SELECT
            MAX(IFF(table_name = ''temp_it''''s "monthly"'', COALESCE(comment, ''''), NULL)),
            MAX(IFF(table_name = ''it''''s "monthly"'', COALESCE(comment, ''''), NULL))
        INTO :staged, :published
        FROM prod.information_schema.tables
        WHERE table_schema = ''My $$ Schema'' AND table_name IN (''it''''s "monthly"'', ''temp_it''''s "monthly"'');
        IF (CONTAINS(published, ''generation=<generation 1> replaces='')) THEN
            RETURN ''done'';
        END IF;
        ALTER TABLE prod."My $$ Schema"."it''s ""monthly""" SWAP WITH prod."My $$ Schema"."temp_it''s ""monthly""";
        RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL(''staged'', published, ''published'', staged));
    END IF;
    RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL(''staged'', staged, ''published'', published));
END;';

