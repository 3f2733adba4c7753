namespace EltPs.Warehouses.DuckDb;

/// <summary>
/// Snowflake's common functions as DuckDB macros, so that the same SQL runs on both. Temporary, because a persistent macro would change the
/// file.
/// </summary>
/// <remarks>
/// Only what a macro can do exactly. A format, or a type of value, that it cannot do raises an error and never gives different text.
/// Sources: Snowflake documentation, "TO_CHAR, TO_VARCHAR", "Date and time input and output formats", "IFF", "NVL", "NVL2", "ZEROIFNULL",
/// "NULLIFZERO", "DIV0", "EQUAL_NULL", "Arithmetic operators"; DuckDB documentation, "CREATE MACRO Statement", "Date Format Functions".
/// </remarks>
internal static class SnowflakeFunctions
{
    /// <summary>What a macro raises, behind whatever DuckDB puts around it.</summary>
    public const string RaisedPattern = "EltPs<<(.*)>>";

    /// <summary>The statements that define them, sent as one batch.</summary>
    /// <remarks>
    /// strftime wants a constant format, and error() is not one: so an unknown format becomes one that strftime refuses and whose text is
    /// the message. A format is known if its elements, quoted texts and separators put together again are the whole of it. strftime has 3
    /// or 6 digits of a second (its %n writes garbage behind six digits of a TIMESTAMP): for other counts, U+0001 and the count mark six
    /// digits to be cut. DIV0 rounds as Snowflake does, to the dividend's scale plus 6 and at most 12; it gives a DOUBLE, as DuckDB's own
    /// division.
    /// </remarks>
    public const string Sql =
        """
        CREATE OR REPLACE TEMP MACRO eltps_elements(f) AS
            regexp_extract_all(f, '"[^"]*"|(?i:YYYY|YY|MMMM|MON|MM|MI|DD|DY|HH24|HH12|AM|PM|SS|FF[0-9]?)|[-/.,:; _]');
        CREATE OR REPLACE TEMP MACRO eltps_element(e) AS
            CASE upper(e)
                WHEN 'YYYY' THEN '%Y' WHEN 'YY' THEN '%y' WHEN 'MON' THEN '%b' WHEN 'MM' THEN '%m' WHEN 'DD' THEN '%d' WHEN 'DY' THEN '%a'
                WHEN 'HH24' THEN '%H' WHEN 'HH12' THEN '%I' WHEN 'AM' THEN '%p' WHEN 'PM' THEN '%p' WHEN 'MI' THEN '%M' WHEN 'SS' THEN '%S'
                WHEN 'FF3' THEN '%g' WHEN 'FF6' THEN '%f'
                WHEN 'FF0' THEN chr(1) || '0%f' WHEN 'FF1' THEN chr(1) || '1%f' WHEN 'FF2' THEN chr(1) || '2%f'
                WHEN 'FF4' THEN chr(1) || '4%f' WHEN 'FF5' THEN chr(1) || '5%f'
                WHEN 'FF7' THEN '%f0' WHEN 'FF8' THEN '%f00' WHEN 'FF9' THEN '%f000' WHEN 'FF' THEN '%f000'
                ELSE replace(trim(e, '"'), '%', '%%')
            END;
        CREATE OR REPLACE TEMP MACRO eltps_format(v, f) AS
            CASE
                WHEN array_to_string(eltps_elements(f), '') <> f OR contains(upper(f), 'MMMM')
                    OR (typeof(v) = 'TIMESTAMP_NS' AND contains(upper(f), 'FF'))
                THEN 'EltPs<<TO_VARCHAR cannot write the format ''' || f || ''' of a ' || typeof(v) || ' on the embedded warehouse. '
                    || 'It knows YYYY YY MM MON DD DY HH24 HH12 AM PM MI SS FF0 to FF9, separators and text in double quotes.>>%'
                ELSE array_to_string(list_transform(eltps_elements(f), lambda e: eltps_element(e)), '')
            END;
        CREATE OR REPLACE TEMP MACRO eltps_text(v) AS
            CASE
                WHEN typeof(v) IN ('TIMESTAMP', 'TIMESTAMP_S', 'TIMESTAMP_MS')
                THEN strftime(CAST(CAST(v AS VARCHAR) AS TIMESTAMP), '%Y-%m-%d %H:%M:%S.%g')
                WHEN typeof(v) = 'TIME' THEN left(CAST(v AS VARCHAR), 8)
                WHEN typeof(v) IN (
                        'VARCHAR', 'BOOLEAN', 'DATE', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT',
                        'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', '"NULL"')
                    OR starts_with(typeof(v), 'DECIMAL')
                THEN CAST(v AS VARCHAR)
                ELSE CAST(
                    error(
                        'EltPs<<TO_VARCHAR of a ' || typeof(v)
                        || ' is not the same text on every warehouse; give it a format, or cast it to DECIMAL or TIMESTAMP first.>>')
                    AS VARCHAR)
            END;
        CREATE OR REPLACE TEMP MACRO eltps_formatted(v, f) AS
            CASE
                WHEN regexp_matches(f, '(?i)FF[01245]')
                THEN regexp_replace(
                    strftime(v, eltps_format(v, f)),
                    '\x01(?:0\d{6}|1(\d)\d{5}|2(\d{2})\d{4}|4(\d{4})\d{2}|5(\d{5})\d)',
                    '\1\2\3\4',
                    'g')
                ELSE strftime(v, eltps_format(v, f))
            END;
        CREATE OR REPLACE TEMP MACRO eltps_quotient(a, b) AS
            CASE
                WHEN typeof(a) IN ('DOUBLE', 'FLOAT') OR typeof(b) IN ('DOUBLE', 'FLOAT') THEN a / b
                ELSE round(CAST(a / b AS DOUBLE), greatest(coalesce(TRY_CAST(regexp_extract(typeof(a), ',(\d+)\)', 1) AS INTEGER), 0),
                    least(coalesce(TRY_CAST(regexp_extract(typeof(a), ',(\d+)\)', 1) AS INTEGER), 0) + 6, 12)))
            END;
        CREATE OR REPLACE TEMP MACRO to_varchar(v) AS eltps_text(v), (v, f) AS eltps_formatted(v, f);
        CREATE OR REPLACE TEMP MACRO to_char(v) AS eltps_text(v), (v, f) AS eltps_formatted(v, f);
        CREATE OR REPLACE TEMP MACRO iff(c, a, b) AS CASE WHEN c THEN a ELSE b END;
        CREATE OR REPLACE TEMP MACRO nvl(a, b) AS coalesce(a, b);
        CREATE OR REPLACE TEMP MACRO nvl2(a, b, c) AS CASE WHEN a IS NOT NULL THEN b ELSE c END;
        CREATE OR REPLACE TEMP MACRO zeroifnull(a) AS coalesce(a, 0);
        CREATE OR REPLACE TEMP MACRO nullifzero(a) AS nullif(a, 0);
        CREATE OR REPLACE TEMP MACRO equal_null(a, b) AS a IS NOT DISTINCT FROM b;
        CREATE OR REPLACE TEMP MACRO div0(a, b) AS CASE WHEN b = 0 AND a IS NOT NULL THEN 0 ELSE eltps_quotient(a, b) END;
        CREATE OR REPLACE TEMP MACRO startswith(a, b) AS starts_with(a, b);
        CREATE OR REPLACE TEMP MACRO endswith(a, b) AS ends_with(a, b);
        """;
}
