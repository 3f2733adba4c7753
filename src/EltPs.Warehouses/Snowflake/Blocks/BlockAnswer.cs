using System.Text.Json;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>What a <see cref="GuardedBlock"/> gave back.</summary>
/// <param name="IsDone">Whether it took effect.</param>
/// <param name="WasRepeated">Whether it was sent more than once, so that it may have taken effect before it gave this answer.</param>
internal sealed record BlockAnswer(bool IsDone, bool WasRepeated)
{
    /// <summary>What failed after it took effect; null if nothing did.</summary>
    public string? Remark { get; private init; }

    /// <summary>What stood at the staging name; null if nothing did or it took effect.</summary>
    public CatalogEntry? Staged { get; private init; }

    /// <summary>What was published; null if nothing was or it took effect.</summary>
    public CatalogEntry? Published { get; private init; }

    /// <summary>The rows of the staging table; null if they were not counted.</summary>
    public string? Rows { get; private init; }

    /// <summary>Reads the answer.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.Unknown"/>: it is none that the block can give.</exception>
    public static BlockAnswer Read(TableName target, SnowflakeResult result)
    {
        var text = result.Rows is [[{ } value, ..], ..] ? value : string.Empty;
        if (text == GuardedBlock.Done)
        {
            return new BlockAnswer(IsDone: true, result.WasRepeated);
        }

        if (text.StartsWith(GuardedBlock.DoneBut, StringComparison.Ordinal))
        {
            return new BlockAnswer(IsDone: true, result.WasRepeated) { Remark = text[GuardedBlock.DoneBut.Length..] };
        }

        try
        {
            using var found = JsonDocument.Parse(text);
            return new BlockAnswer(IsDone: false, result.WasRepeated)
            {
                Staged = Entry(target.Staging, found.RootElement.GetProperty("staged").GetString()),
                Published = Entry(target, found.RootElement.GetProperty("published").GetString()),
                Rows = found.RootElement.GetProperty("rows").GetString(),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EltException(
                EltErrorKind.Unknown,
                $"Snowflake gave an answer that does not tell whether it took effect (query {result.QueryId}).",
                exception)
            {
                Table = target,
                Advice = [Advice.Say("Look the query up in Snowflake's query history, and look at the table's comment.")],
                QueryId = result.QueryId,
            };
        }
    }

    private static CatalogEntry? Entry(TableName name, string? comment) =>
        comment is null ? null : new CatalogEntry(name, ObjectKind.Table, comment);
}
