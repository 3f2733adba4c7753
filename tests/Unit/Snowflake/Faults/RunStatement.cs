namespace EltPs.Tests.Snowflake.Faults;

/// <summary>The requests of a run of <see cref="PipelineScene"/>, in their order.</summary>
public enum RunStatement
{
    LookUp,
    Policies,
    Sources,
    Stage,
    Count,
    Publish,
}

/// <summary>What each of them is, and does.</summary>
internal static class RunStatements
{
    // It takes the staging table for itself and swaps; a swap then gives the previous one the staging name.
    private static readonly string[] PublishEffects = ["ALTER TABLE", "ALTER TABLE"];

    /// <summary>What a run with a published table changes, one effect after the other, by its first words.</summary>
    private static readonly string[] SteadyEffects =
    [
        "DROP TABLE",
        "CREATE TABLE",
        "COMMENT ON",
        "CREATE OR",
        .. PublishEffects,
        "ALTER TABLE",
    ];

    private static readonly string[] FirstEffects = ["CREATE OR", .. PublishEffects];

    /// <summary>Whether a text that was sent is this one.</summary>
    public static Func<string, bool> Sent(this RunStatement statement) => statement switch
    {
        RunStatement.LookUp => sent => Has(sent, "schemata") && Has(sent, "'TEMP_MAU'"),
        RunStatement.Policies => sent => Has(sent, "policy_references"),
        RunStatement.Sources => sent => Has(sent, "schemata") && Has(sent, "'EVENTS'"),
        RunStatement.Stage => sent => Has(sent, "CREATE OR REPLACE TABLE analytics.temp_mau"),
        RunStatement.Count => sent => Has(sent, "AS row_count"),
        _ => sent => Has(sent, "EXECUTE IMMEDIATE"),
    };

    /// <summary>Whether it changes anything.</summary>
    public static bool Changes(this RunStatement statement) => statement is RunStatement.Stage or RunStatement.Publish;

    /// <summary>What a run changes until this statement, it included or not.</summary>
    /// <param name="statement">The last one.</param>
    /// <param name="isIncluded">Whether it took effect.</param>
    /// <param name="isFirst">Whether no table was published before.</param>
    public static IReadOnlyList<string> Effects(this RunStatement statement, bool isIncluded, bool isFirst)
    {
        var all = isFirst ? FirstEffects : SteadyEffects;
        var staged = all.Length - (isFirst ? 2 : 3);
        return all[..(statement switch
        {
            RunStatement.Publish => isIncluded ? all.Length : staged,
            RunStatement.Count => staged,
            RunStatement.Stage when isIncluded => staged,
            _ => 0,
        })];
    }

    private static bool Has(string sent, string part) => sent.Contains(part, StringComparison.Ordinal);
}
