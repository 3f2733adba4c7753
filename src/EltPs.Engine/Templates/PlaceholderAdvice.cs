using System.Text.RegularExpressions;
using EltPs.Engine.Files;

namespace EltPs.Engine.Templates;

/// <summary>Says what to write instead of a placeholder that is none, to somebody who may come from Airflow or dbt.</summary>
internal static partial class PlaceholderAdvice
{
    private const int MostShown = 20;

    // Finding the nearest of so many takes time, for each name that nobody knows.
    private const int MostCompared = 1000;

    // What Airflow calls these ("Templates reference"), and what says the same here.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["logical_date"] = "write {{ data_interval_start }}",
        ["execution_date"] = "write {{ data_interval_start }}",
        ["ts"] = "write {{ data_interval_start }}",
        ["ts_nodash"] = "write {{ data_interval_start }} in a function that formats it",
        ["ts_nodash_with_tz"] = "write {{ data_interval_start }} in a function that formats it",
        ["next_execution_date"] = "write {{ data_interval_end }}",
        ["prev_ds"] = "reckon in SQL, as {{ ds }} - INTERVAL '1 day'",
        ["yesterday_ds"] = "reckon in SQL, as {{ ds }} - INTERVAL '1 day'",
        ["next_ds"] = "reckon in SQL, as {{ ds }} + INTERVAL '1 day'",
        ["tomorrow_ds"] = "reckon in SQL, as {{ ds }} + INTERVAL '1 day'",
        ["this"] = "write the table's name as it is",
    };

    // What stands between the brackets, by how it begins or by what is in it: the first that matches says what to do.
    private static readonly (Func<string, bool> Is, string Advice)[] Forms =
    [
        (inner => inner.Length == 0, "There is no name in it; write one, such as {{ ds }}."),
        (inner => inner[0] == '-' || inner[^1] == '-', "White space is left as it is here; write {{ name }} without the -."),
        (
            inner => BeginsWith(inner, "ref(", "source("),
            "Tables are not looked up here; write the table's name, as schema.table. They are built in the file's order."),
        (
            inner => BeginsWith(inner, "var(", "params.", "var.", "dag_run."),
            "Write {{ name }}, and the name with its value under Variables of the pipeline file."),
        (
            inner => BeginsWith(inner, "env_var(", "conn."),
            "SQL is seen in plans, journals and query histories, so nothing of the environment is read into it; a plain value belongs "
                + "under Variables."),
        (inner => BeginsWith(inner, "config("), "Settings are keys of the table in the pipeline file, beside Sql."),
        (inner => BeginsWith(inner, "macros."), "There are no macros; reckon in SQL, as {{ ds }} - INTERVAL '7 days'."),
        (
            inner => inner.Contains('|', StringComparison.Ordinal),
            "There are no filters; write the function in SQL around it, as UPPER({{ name }})."),
        (
            inner => inner.AsSpan().ContainsAny('.', '(', '['),
            "There are no methods and no parts; write {{ name }}, and the function in SQL around it, as TO_CHAR({{ ds }}, 'YYYY')."),
    ];

    /// <summary>What is wrong with a text that begins with <c>{{</c>, <c>{%</c> or <c>{#</c>.</summary>
    public static string Malformed(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("{%"))
        {
            return "SQL has no control blocks {% … %} here; write the condition in SQL (CASE, WHERE), and what repeats as tables of their "
                + "own. Values are {{ name }}.";
        }

        if (text.StartsWith("{#"))
        {
            return "This is no comment in SQL; write -- or /* … */.";
        }

        var end = text.IndexOf("}}");
        var line = text.IndexOfAny('\n', '\r');
        if (end < 0 || (line >= 0 && line < end && text[2..end].Contains("{{", StringComparison.Ordinal)))
        {
            return "This {{ is not closed; end it with }}. Where two brackets are meant, write { { outside of quotes, or {{ '{{' }}.";
        }

        var inner = text[2..end].Trim().ToString();
        var advice =
            line >= 0 && line < end
                ? "It goes over several lines; write it on one, as {{ name }}."
                : Forms.FirstOrDefault(form => form.Is(inner)).Advice
            ?? "It is no name; write one in letters, digits and _. Where two brackets are meant, write { { outside of quotes, or {{ '{{' "
                + "}}.";
        return $"{ComplaintList.Show(inner)} cannot stand between {{{{ and }}}}. {advice}";
    }

    /// <summary>What is wrong with a placeholder outside quotes that something stands against.</summary>
    public static string Touching(Placeholder placeholder) =>
        $"{placeholder} becomes a literal, and something stands right against it. For a part of a name, write the whole name in double "
            + $"quotes (\"events_{placeholder}\"); "
        + $"for a part of a text, in single ones ('{placeholder}'); else put a space between.";

    /// <summary>What is wrong with a name that nobody knows.</summary>
    public static string Unknown(Placeholder placeholder, IReadOnlyCollection<string> known)
    {
        var advice = Elsewhere.GetValueOrDefault(placeholder.Name) is { } other ? $"{other}."
            : known.Count <= MostCompared && NearestKey.Find(placeholder.Name, known) is { } near ? $"did you mean {{{{ {near} }}}}?"
            : $"known are {string.Join(", ", known.Take(MostShown))}. One of your own belongs under Variables.";
        return $"Nothing is named {ComplaintList.Show(placeholder.Name)} here; {advice}";
    }

    private static bool BeginsWith(string inner, params ReadOnlySpan<string> starts)
    {
        var plain = Blanks().Replace(inner, string.Empty);
        foreach (var start in starts)
        {
            if (plain.StartsWith(start, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
