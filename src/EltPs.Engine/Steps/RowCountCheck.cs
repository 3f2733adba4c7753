using System.Globalization;

using EltPs.Engine.Errors;

namespace EltPs.Engine.Steps;

/// <summary>A table must have a number of rows between two bounds.</summary>
/// <param name="Minimum">The fewest rows; 0 allows an empty table.</param>
/// <param name="Maximum">The most rows; null for no bound.</param>
public sealed record RowCountCheck(long Minimum, long? Maximum = null) : ITableCheck
{
    /// <inheritdoc/>
    public EltException? Judge(StagedTable staged, long rows)
    {
        ArgumentNullException.ThrowIfNull(staged);
        var found = string.Create(CultureInfo.InvariantCulture, $"{rows} {(rows == 1 ? "row" : "rows")} in {staged.Staging}");
        if (rows < Minimum)
        {
            return new EltException(
                EltErrorKind.TooFewRows,
                string.Create(CultureInfo.InvariantCulture, $"{found}, at least {Minimum} expected."));
        }

        return rows > Maximum
            ? new EltException(
                EltErrorKind.TooManyRows,
                string.Create(CultureInfo.InvariantCulture, $"{found}, at most {Maximum} expected."))
            : null;
    }
}
