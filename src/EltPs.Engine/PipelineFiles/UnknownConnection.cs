namespace EltPs.Engine.PipelineFiles;

/// <summary>The message about a name that no place has.</summary>
public static class UnknownConnection
{
    private const int ShownNames = 10;

    /// <summary>Says which names are known, and where was looked.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The known names.</param>
    /// <param name="places">Where was looked, in words.</param>
    public static string Message(string name, IReadOnlyCollection<string> known, IReadOnlyCollection<string> places)
    {
        var names = known.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var shown = names.Take(ShownNames).Select(ComplaintList.Show).Append(names.Length > ShownNames ? $"and {names.Length - ShownNames} more" : null);
        var list = names.Length == 0 ? "none is known" : $"known are {string.Join(", ", shown.OfType<string>())}";
        return $"There is no connection {ComplaintList.Show(name)}; {list}. Looked in {string.Join(", ", places)}.";
    }
}
