using System.Text.RegularExpressions;

namespace EltPs.Engine.Warehouses;

/// <summary>What a table's comment says about the table: which build it is, and which one it is meant to replace.</summary>
/// <remarks>Comments travel with renames and swaps, so the marker tells what a table is under whatever name it stands.</remarks>
/// <param name="Table">The name that it is published under, or is meant to be. It tells the staging table of <c>t</c> from a table that is
/// published as <c>temp_t</c>.</param>
/// <param name="Generation">The id of this build, a GUID.</param>
/// <param name="Replaces">The id of the build that was published when this one was staged, or <see cref="Unmarked"/> or
/// <see cref="First"/>.</param>
/// <param name="RunId">The run that built it.</param>
internal sealed partial record GenerationMarker(string Table, string Generation, string Replaces, string RunId)
{
    /// <summary>What <see cref="Replaces"/> says if the published table had no marker: EltPs did not build it.</summary>
    public const string Unmarked = "none";

    /// <summary>What <see cref="Replaces"/> says if no table was published yet.</summary>
    public const string First = "first";

    /// <summary>
    /// The id of no generation, for a staging table that is being built in several statements: whatever an interrupted build leaves behind
    /// says that EltPs made it and can neither be published nor be gone back to.
    /// </summary>
    public const string UnfinishedGeneration = "00000000-0000-0000-0000-000000000000";

    /// <summary>Stands for the generation id in a plan.</summary>
    public const string GenerationPlaceholder = "<generation id>";

    /// <summary>Stands for the run id in a plan.</summary>
    public const string RunPlaceholder = "<run id>";

    /// <summary>The marker of a staging table of the same run that is not complete yet.</summary>
    public GenerationMarker Unfinished() => this with { Generation = UnfinishedGeneration, Replaces = UnfinishedGeneration };

    /// <summary>Reads the marker out of a table's comment; null if there is none.</summary>
    public static GenerationMarker? Parse(string? comment)
    {
        if (string.IsNullOrEmpty(comment))
        {
            return null;
        }

        var match = Pattern().Match(comment);
        return match.Success
            ? new GenerationMarker(
                match.Groups["table"].Value,
                match.Groups["generation"].Value,
                match.Groups["replaces"].Value,
                match.Groups["run"].Value)
            : null;
    }

    /// <summary>What a comment says besides the marker; empty if nothing.</summary>
    public static string UserComment(string? comment) =>
        string.IsNullOrEmpty(comment) ? string.Empty : Pattern().Replace(comment, string.Empty).TrimEnd();

    /// <summary>The whole comment: the user's own in front, then the marker.</summary>
    public string ToComment(string userComment) =>
        string.IsNullOrEmpty(userComment) ? ToString() : $"{userComment} {this}";

    /// <summary>The marker alone.</summary>
    public override string ToString() => $"[eltps table={Table} generation={Generation} replaces={Replaces} run={RunId}]";

    [GeneratedRegex(
        @"\[eltps table=(?<table>(?:(?! generation=).)+) generation=(?<generation>[0-9a-f-]{36}) "
            + @"replaces=(?<replaces>[0-9a-f-]{36}|none|first) run=(?<run>[A-Za-z0-9._-]+)\]\s*\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
