using System.Buffers;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;

namespace EltPs.Engine.PipelineFiles;

/// <summary>The error of a name that no place has.</summary>
internal static class UnknownConnection
{
    /// <summary>What stands for a connection string wherever its name would be shown.</summary>
    public const string Neutral = "connection string";

    private const int ShownNames = 10;

    private static readonly SearchValues<char> OfConnectionStrings = SearchValues.Create("=;");

    /// <summary>Whether it is a connection string rather than a name, so that it may hold a password and must not be shown.</summary>
    /// <param name="name">What stands in the place of a name.</param>
    public static bool IsConnectionString(string name) => name.AsSpan().ContainsAny(OfConnectionStrings);

    /// <summary>The error; it never shows a connection string.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The known names.</param>
    /// <param name="places">Where was looked, in words.</param>
    /// <param name="advice">What else to say of a name.</param>
    public static EltException Error(
        string name,
        IReadOnlyCollection<string> known,
        IReadOnlyCollection<string> places,
        string advice = "") =>
        IsConnectionString(name)
            ? new EltException(EltErrorKind.InvalidConnection, Message(name, known, places))
            : new EltException(EltErrorKind.UnknownConnection, Message(name, known, places) + advice);

    /// <summary>Says which names are known, and where was looked.</summary>
    /// <param name="name">The name.</param>
    /// <param name="known">The known names.</param>
    /// <param name="places">Where was looked, in words.</param>
    public static string Message(string name, IReadOnlyCollection<string> known, IReadOnlyCollection<string> places)
    {
        if (IsConnectionString(name))
        {
            return "This is a connection string, not the name of a connection; write a table @{ … } with its keys and values, and a secret "
                + "as a reference such as env:NAME.";
        }

        var names = known.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        var shown = names
            .Take(ShownNames)
            .Select(ComplaintList.Show)
            .Append(names.Length > ShownNames ? $"and {names.Length - ShownNames} more" : null);
        var list = names.Length == 0 ? "none is known" : $"known are {string.Join(", ", shown.OfType<string>())}";
        return $"There is no connection {ComplaintList.Show(name)}; {list}. Looked in {string.Join(", ", places)}.";
    }
}
