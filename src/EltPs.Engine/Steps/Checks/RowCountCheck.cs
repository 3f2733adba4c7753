using System.Globalization;
using EltPs.Engine.Errors;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.Steps;

/// <summary>A table must have a number of rows between two bounds.</summary>
/// <param name="Minimum">The fewest rows; 0 allows an empty table.</param>
/// <param name="Maximum">The most rows; null for no bound.</param>
internal sealed record RowCountCheck(long Minimum, long? Maximum = null) : ITableCheck
{
    /// <inheritdoc/>
    public string Name => "row count";

    /// <inheritdoc/>
    public IReadOnlyList<string> Aggregates(IDialect dialect)
    {
        ArgumentNullException.ThrowIfNull(dialect);
        return [dialect.RowCount];
    }

    /// <inheritdoc/>
    public CheckResult Judge(CheckValues values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var rows = values.Count(0);
        var expected = rows > Maximum ? Bound("at most", Maximum.Value) : Bound("at least", Minimum);
        return new CheckResult(Name, expected, string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row" : "rows")}"))
        {
            Failure = rows < Minimum ? EltErrorKind.TooFewRows : rows > Maximum ? EltErrorKind.TooManyRows : null,
        };
    }

    private static string Bound(string word, long bound) => string.Create(CultureInfo.InvariantCulture, $"{word} {bound}");
}
