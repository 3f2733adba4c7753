namespace EltPs.Engine.Scheduling;

/// <summary>The names that stand for a cron expression, with the meaning that they have in Airflow ("Cron Presets").</summary>
internal static class SchedulePreset
{
    private static readonly Dictionary<string, string> Crons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@quarterly"] = "0 0 1 1,4,7,10 *",
        ["@yearly"] = "0 0 1 1 *",
    };

    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@annually"] = "@yearly",
        ["@midnight"] = "@daily",
    };

    /// <summary>All names, the synonyms too.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Crons.Keys, .. Synonyms.Keys];

    /// <summary>The preset in lower case, a synonym replaced; null if there is no such one.</summary>
    public static string? Find(string name)
    {
        var preset = Synonyms.GetValueOrDefault(name, name);
        return Crons.ContainsKey(preset) ? preset.ToLowerInvariant() : null;
    }

    /// <summary>The cron expression of a preset; null for whatever is none.</summary>
    public static string? Cron(string name) => Find(name) is { } preset ? Crons[preset] : null;
}
