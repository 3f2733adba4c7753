namespace EltPs.Warehouses.DuckDb;

/// <summary>Snowflake's common functions as TEMP macros, as far as a macro can express them exactly. The database file does not keep them.</summary>
/// <remarks>
/// Source: Snowflake documentation, "TO_CHAR, TO_VARCHAR", "Date and time input and output formats", "IFF", "NVL", "NVL2", "ZEROIFNULL",
/// "NULLIFZERO", "EQUAL_NULL". A format element that has no exact counterpart (MMMM, the month's full name, too) is an error, never
/// different text: strftime takes a constant format only, so a format that it must refuse carries the message. The fraction is
/// formatted by itself, because DuckDB's strftime writes stray bytes for whatever follows %n.
/// </remarks>
internal static class SnowflakeFunctions
{
    /// <summary>One text with all of the statements, so that a session pays for one call.</summary>
    public const string Sql =
        """
        CREATE OR REPLACE TEMP MACRO eltps_marked_format(format) AS
            regexp_replace(upper(format), '(YYYY|YY|MON|MM|MI|DD|DY|HH24|HH12|AM|PM|SS|FF[0-9]?)', '<\1>', 'g');
        CREATE OR REPLACE TEMP MACRO eltps_strftime_format(format) AS
            CASE WHEN regexp_full_match(eltps_marked_format(format), '(<[A-Z0-9]+>|[-/:., _])*') AND NOT regexp_matches(format, '[<>]')
                AND NOT regexp_matches(upper(format), 'MMMM|FF.*FF')
            THEN regexp_replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
                eltps_marked_format(format),
                '<YYYY>', '%Y'), '<YY>', '%y'), '<MON>', '%b'), '<MM>', '%m'), '<MI>', '%M'), '<DD>', '%d'), '<DY>', '%a'),
                '<HH24>', '%H'), '<HH12>', '%I'), '<AM>', '%p'), '<PM>', '%p'), '<SS>', '%S'), '<FF[0-9]?>', chr(30), 'g')
            ELSE 'The format ''' || replace(format, '%', '%%')
                || ''' has an element that is not supported here; use YYYY YY MM MON DD DY HH24 HH12 AM PM MI SS FF0 to FF9 with - / : . , _ or blanks between. %!'
            END;
        CREATE OR REPLACE TEMP MACRO eltps_put_fraction(text, nanoseconds, digits) AS
            split_part(text, chr(30), 1) || substr(nanoseconds, 1, digits) || split_part(text, chr(30), 2);
        CREATE OR REPLACE TEMP MACRO to_varchar
            (value) AS CAST(value AS VARCHAR),
            (value, format) AS CASE WHEN regexp_matches(upper(format), 'FF')
                THEN eltps_put_fraction(
                    strftime(value, eltps_strftime_format(format)),
                    strftime(value, '%n'),
                    CAST(coalesce(nullif(regexp_extract(upper(format), 'FF([0-9])', 1), ''), '9') AS INTEGER))
                ELSE strftime(value, eltps_strftime_format(format)) END;
        CREATE OR REPLACE TEMP MACRO to_char
            (value) AS to_varchar(value),
            (value, format) AS to_varchar(value, format);
        CREATE OR REPLACE TEMP MACRO iff(condition, value, otherwise) AS CASE WHEN condition THEN value ELSE otherwise END;
        CREATE OR REPLACE TEMP MACRO nvl(value, replacement) AS coalesce(value, replacement);
        CREATE OR REPLACE TEMP MACRO nvl2(value, present, absent) AS CASE WHEN value IS NOT NULL THEN present ELSE absent END;
        CREATE OR REPLACE TEMP MACRO zeroifnull(value) AS coalesce(value, 0);
        CREATE OR REPLACE TEMP MACRO nullifzero(value) AS nullif(value, 0);
        CREATE OR REPLACE TEMP MACRO equal_null(left_value, right_value) AS left_value IS NOT DISTINCT FROM right_value;
        """;
}
