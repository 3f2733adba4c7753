-- POST /api/v2/statements
SELECT 0 AS place, schema_name AS table_schema, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM information_schema.schemata
WHERE schema_name IN ('ANALYTICS')
UNION ALL
SELECT 0, table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema IN ('ANALYTICS') AND table_name IN ('A', 'TEMP_A', 'B', 'TEMP_B');

-- POST /api/v2/statements
SELECT 0, policy_kind, policy_name, ref_column_name
FROM TABLE(information_schema.policy_references(ref_entity_name => 'analytics.a', ref_entity_domain => 'TABLE'))
UNION ALL
SELECT 1, policy_kind, policy_name, ref_column_name
FROM TABLE(information_schema.policy_references(ref_entity_name => 'analytics.b', ref_entity_domain => 'TABLE'));

-- POST /api/v2/statements
DROP TABLE IF EXISTS analytics.temp_a;
CREATE TABLE analytics.temp_a LIKE analytics.a COPY GRANTS;
COMMENT ON TABLE analytics.temp_a IS '[eltps table=analytics.a generation=00000000-0000-0000-0000-000000000000 replaces=00000000-0000-0000-0000-000000000000 run=<run 1>]';
CREATE OR REPLACE TABLE analytics.temp_a
COPY GRANTS
COMMENT = '[eltps table=analytics.a generation=<generation 1> replaces=<generation 2> run=<run 1>]'
AS
SELECT 1 AS n;

-- POST /api/v2/statements
SELECT
    (SELECT COUNT(*) FROM analytics.temp_a) AS row_count,
    table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'TEMP_A');

-- POST /api/v2/statements
DROP TABLE IF EXISTS analytics.temp_b;
CREATE TABLE analytics.temp_b LIKE analytics.b COPY GRANTS;
COMMENT ON TABLE analytics.temp_b IS '[eltps table=analytics.b generation=00000000-0000-0000-0000-000000000000 replaces=00000000-0000-0000-0000-000000000000 run=<run 1>]';
CREATE OR REPLACE TABLE analytics.temp_b
COPY GRANTS
COMMENT = '[eltps table=analytics.b generation=<generation 3> replaces=<generation 4> run=<run 1>]'
AS
SELECT 2 AS n;

-- POST /api/v2/statements
SELECT
    (SELECT COUNT(*) FROM analytics.temp_b) AS row_count,
    table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema = 'ANALYTICS' AND table_name IN ('B', 'TEMP_B');

-- POST /api/v2/statements
EXECUTE IMMEDIATE
$$
DECLARE
    staged VARCHAR;
    published VARCHAR;
    row_count VARCHAR;
BEGIN
    SELECT
        MAX(IFF(table_name = 'TEMP_A', COALESCE(comment, ''), NULL)),
        MAX(IFF(table_name = 'A', COALESCE(comment, ''), NULL))
    INTO :staged, :published
    FROM information_schema.tables
    WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'TEMP_A');
    IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND CONTAINS(published, 'generation=<generation 2> replaces=')) THEN
        ALTER TABLE analytics.temp_a RENAME TO analytics."eltps_<generation 1>";
        BEGIN
            SELECT TO_VARCHAR(COUNT(*)) INTO :row_count FROM analytics."eltps_<generation 1>";
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 1>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'A', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'eltps_<generation 1>');
            IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND CONTAINS(published, 'generation=<generation 2> replaces=') AND row_count = '1') THEN
                ALTER TABLE analytics.a SWAP WITH analytics."eltps_<generation 1>";
                BEGIN
                    ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
                EXCEPTION
                    WHEN OTHER THEN RETURN 'done, but ' || SQLERRM;
                END;
                RETURN 'done';
            END IF;
        EXCEPTION
            WHEN OTHER THEN
                ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
                RAISE;
        END;
        ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
    END IF;
    RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published, 'rows', row_count));
END;
$$;

-- POST /api/v2/statements
EXECUTE IMMEDIATE
$$
DECLARE
    staged VARCHAR;
    published VARCHAR;
    row_count VARCHAR;
BEGIN
    SELECT
        MAX(IFF(table_name = 'TEMP_B', COALESCE(comment, ''), NULL)),
        MAX(IFF(table_name = 'B', COALESCE(comment, ''), NULL))
    INTO :staged, :published
    FROM information_schema.tables
    WHERE table_schema = 'ANALYTICS' AND table_name IN ('B', 'TEMP_B');
    IF (CONTAINS(staged, 'generation=<generation 3> replaces=') AND CONTAINS(published, 'generation=<generation 4> replaces=')) THEN
        ALTER TABLE analytics.temp_b RENAME TO analytics."eltps_<generation 3>";
        BEGIN
            SELECT TO_VARCHAR(COUNT(*)) INTO :row_count FROM analytics."eltps_<generation 3>";
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 3>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'B', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('B', 'eltps_<generation 3>');
            IF (CONTAINS(staged, 'generation=<generation 3> replaces=') AND CONTAINS(published, 'generation=<generation 4> replaces=') AND row_count = '1') THEN
                ALTER TABLE analytics.b SWAP WITH analytics."eltps_<generation 3>";
                BEGIN
                    ALTER TABLE analytics."eltps_<generation 3>" RENAME TO analytics.temp_b;
                EXCEPTION
                    WHEN OTHER THEN RETURN 'done, but ' || SQLERRM;
                END;
                RETURN 'done';
            END IF;
        EXCEPTION
            WHEN OTHER THEN
                ALTER TABLE analytics."eltps_<generation 3>" RENAME TO analytics.temp_b;
                RAISE;
        END;
        ALTER TABLE analytics."eltps_<generation 3>" RENAME TO analytics.temp_b;
    END IF;
    RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published, 'rows', row_count));
END;
$$;

-- POST /api/v2/statements
EXECUTE IMMEDIATE
$$
DECLARE
    staged VARCHAR;
    published VARCHAR;
    row_count VARCHAR;
BEGIN
    SELECT
        MAX(IFF(table_name = 'TEMP_A', COALESCE(comment, ''), NULL)),
        MAX(IFF(table_name = 'A', COALESCE(comment, ''), NULL))
    INTO :staged, :published
    FROM information_schema.tables
    WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'TEMP_A');
    IF (CONTAINS(staged, 'generation=<generation 2> replaces=') AND CONTAINS(published, 'generation=<generation 1> replaces=')) THEN
        ALTER TABLE analytics.temp_a RENAME TO analytics."eltps_<generation 1>";
        BEGIN
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 1>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'A', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'eltps_<generation 1>');
            IF (CONTAINS(staged, 'generation=<generation 2> replaces=') AND CONTAINS(published, 'generation=<generation 1> replaces=')) THEN
                ALTER TABLE analytics.a SWAP WITH analytics."eltps_<generation 1>";
                BEGIN
                    ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
                EXCEPTION
                    WHEN OTHER THEN RETURN 'done, but ' || SQLERRM;
                END;
                RETURN 'done';
            END IF;
        EXCEPTION
            WHEN OTHER THEN
                ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
                RAISE;
        END;
        ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
    END IF;
    RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published, 'rows', row_count));
END;
$$;

