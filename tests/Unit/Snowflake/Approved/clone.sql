-- POST /api/v2/statements
SELECT 0 AS place, schema_name AS table_schema, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM information_schema.schemata
WHERE schema_name IN ('ANALYTICS')
UNION ALL
SELECT 0, table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema IN ('ANALYTICS') AND table_name IN ('MAU_SUMMARY', 'TEMP_MAU_SUMMARY');

-- POST /api/v2/statements
SELECT 0, policy_kind, policy_name, ref_column_name
FROM TABLE(information_schema.policy_references(ref_entity_name => 'analytics.mau_summary', ref_entity_domain => 'TABLE'));

-- POST /api/v2/statements
SELECT 0 AS place, schema_name AS table_schema, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM information_schema.schemata
WHERE schema_name IN ('RAW_DATA')
UNION ALL
SELECT 0, table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema IN ('RAW_DATA') AND table_name IN ('SESSION_TIMESTAMP', 'USER_SESSION_CHANNEL');

-- POST /api/v2/statements
CREATE OR REPLACE TABLE analytics.temp_mau_summary
COMMENT = '[eltps table=analytics.mau_summary generation=<generation 1> replaces=<generation 2> run=<run 1>]'
AS
SELECT
    TO_VARCHAR(A.ts, 'YYYY-MM') AS month,
    COUNT(DISTINCT B.userid) AS mau
FROM raw_data.session_timestamp A
JOIN raw_data.user_session_channel B ON A.sessionid = B.sessionid
GROUP BY 1;

-- POST /api/v2/statements
SELECT
    (SELECT COUNT(*) FROM analytics.temp_mau_summary) AS row_count,
    table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema = 'ANALYTICS' AND table_name IN ('MAU_SUMMARY', 'TEMP_MAU_SUMMARY');

-- POST /api/v2/statements
EXECUTE IMMEDIATE
$$
DECLARE
    staged VARCHAR;
    published VARCHAR;
    row_count VARCHAR;
BEGIN
    SELECT
        MAX(IFF(table_name = 'TEMP_MAU_SUMMARY', COALESCE(comment, ''), NULL)),
        MAX(IFF(table_name = 'MAU_SUMMARY', COALESCE(comment, ''), NULL))
    INTO :staged, :published
    FROM information_schema.tables
    WHERE table_schema = 'ANALYTICS' AND table_name IN ('MAU_SUMMARY', 'TEMP_MAU_SUMMARY');
    IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND CONTAINS(published, 'generation=<generation 2> replaces=')) THEN
        ALTER TABLE analytics.temp_mau_summary RENAME TO analytics."eltps_<generation 1>";
        BEGIN
            SELECT TO_VARCHAR(COUNT(*)) INTO :row_count FROM analytics."eltps_<generation 1>";
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 1>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'MAU_SUMMARY', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('MAU_SUMMARY', 'eltps_<generation 1>');
            IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND CONTAINS(published, 'generation=<generation 2> replaces=') AND row_count = '12') THEN
                CREATE OR REPLACE TABLE analytics.mau_summary CLONE analytics."eltps_<generation 1>" COPY GRANTS;
                BEGIN
                    DROP TABLE IF EXISTS analytics."eltps_<generation 1>";
                EXCEPTION
                    WHEN OTHER THEN RETURN 'done, but ' || SQLERRM;
                END;
                RETURN 'done';
            END IF;
        EXCEPTION
            WHEN OTHER THEN
                ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_mau_summary;
                RAISE;
        END;
        ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_mau_summary;
    END IF;
    RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published, 'rows', row_count));
END;
$$;

