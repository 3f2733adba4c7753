-- POST /api/v2/statements
SELECT 0 AS place, schema_name AS table_schema, NULL, NULL, NULL, NULL, NULL, NULL, NULL
FROM information_schema.schemata
WHERE schema_name IN ('ANALYTICS')
UNION ALL
SELECT 0, table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema IN ('ANALYTICS') AND table_name IN ('A', 'TEMP_A', 'B', 'TEMP_B');

-- POST /api/v2/statements
CREATE OR REPLACE TABLE analytics.temp_a
COMMENT = '[eltps table=analytics.a generation=<generation 1> replaces=first run=<run 1>]'
AS
SELECT 1 AS n;

-- POST /api/v2/statements
SELECT
    (SELECT COUNT(*) FROM analytics.temp_a) AS row_count,
    table_schema, table_name, table_type, is_transient, is_dynamic, is_iceberg, clustering_key, comment
FROM information_schema.tables
WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'TEMP_A');

-- POST /api/v2/statements
CREATE OR REPLACE TABLE analytics.temp_b
COMMENT = '[eltps table=analytics.b generation=<generation 2> replaces=first run=<run 1>]'
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
    IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND published IS NULL) THEN
        ALTER TABLE analytics.temp_a RENAME TO analytics."eltps_<generation 1>";
        BEGIN
            SELECT TO_VARCHAR(COUNT(*)) INTO :row_count FROM analytics."eltps_<generation 1>";
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 1>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'A', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('A', 'eltps_<generation 1>');
            IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND published IS NULL AND row_count = '1') THEN
                ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.a;
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
    IF (CONTAINS(staged, 'generation=<generation 2> replaces=') AND published IS NULL) THEN
        ALTER TABLE analytics.temp_b RENAME TO analytics."eltps_<generation 2>";
        BEGIN
            SELECT TO_VARCHAR(COUNT(*)) INTO :row_count FROM analytics."eltps_<generation 2>";
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 2>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'B', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('B', 'eltps_<generation 2>');
            IF (CONTAINS(staged, 'generation=<generation 2> replaces=') AND published IS NULL AND row_count = '1') THEN
                ALTER TABLE analytics."eltps_<generation 2>" RENAME TO analytics.b;
                RETURN 'done';
            END IF;
        EXCEPTION
            WHEN OTHER THEN
                ALTER TABLE analytics."eltps_<generation 2>" RENAME TO analytics.temp_b;
                RAISE;
        END;
        ALTER TABLE analytics."eltps_<generation 2>" RENAME TO analytics.temp_b;
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
        MAX(IFF(table_name = 'A', COALESCE(comment, ''), NULL)),
        MAX(IFF(table_name = 'TEMP_A', COALESCE(comment, ''), NULL))
    INTO :staged, :published
    FROM information_schema.tables
    WHERE table_schema = 'ANALYTICS' AND table_name IN ('TEMP_A', 'A');
    IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND published IS NULL) THEN
        ALTER TABLE analytics.a RENAME TO analytics."eltps_<generation 1>";
        BEGIN
            SELECT
                MAX(IFF(table_name = 'eltps_<generation 1>', COALESCE(comment, ''), NULL)),
                MAX(IFF(table_name = 'TEMP_A', COALESCE(comment, ''), NULL))
            INTO :staged, :published
            FROM information_schema.tables
            WHERE table_schema = 'ANALYTICS' AND table_name IN ('TEMP_A', 'eltps_<generation 1>');
            IF (CONTAINS(staged, 'generation=<generation 1> replaces=') AND published IS NULL) THEN
                ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.temp_a;
                RETURN 'done';
            END IF;
        EXCEPTION
            WHEN OTHER THEN
                ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.a;
                RAISE;
        END;
        ALTER TABLE analytics."eltps_<generation 1>" RENAME TO analytics.a;
    END IF;
    RETURN TO_JSON(OBJECT_CONSTRUCT_KEEP_NULL('staged', staged, 'published', published, 'rows', row_count));
END;
$$;

