using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>What the driver says went wrong.</summary>
/// <param name="Code">Snowflake's code, or one of the driver's own (270000 to 279999); 0 for none.</param>
/// <param name="SqlState">The SQLSTATE; null for none.</param>
/// <param name="QueryId">Snowflake's id of the query; null for none.</param>
/// <param name="Message">In the driver's words, without what it wraps around them.</param>
internal sealed partial record DriverFault(int Code, string? SqlState, string? QueryId, string Message)
{
    /// <summary>Whether Snowflake itself has answered, and not the driver in its place.</summary>
    public bool IsAnswer => Code > 0 && Code is < 270000 or > 279999;

    /// <summary>The code as Snowflake's documentation writes it; null for none.</summary>
    public string? VendorCode => Code > 0 ? Code.ToString("D6", CultureInfo.InvariantCulture) : null;

    /// <summary>Finds it in an exception.</summary>
    /// <remarks>
    /// The driver wraps: a refused sign-in arrives as an internal error (270001) around an AggregateException around the exception that
    /// says what Snowflake answered. The innermost exception with an answer of Snowflake's counts, else the innermost of the driver's own.
    /// </remarks>
    public static DriverFault Find(Exception exception)
    {
        var chain = Chain(exception).ToList();
        var faults = chain.OfType<DbException>().Select(From).ToList();
        return faults.LastOrDefault(static fault => fault.IsAnswer)
            ?? faults.LastOrDefault(static fault => fault.Code > 0 && fault.Code != DriverCodes.Internal)
            ?? new DriverFault(faults.LastOrDefault()?.Code ?? 0, null, null, Unwrap(chain[^1].Message));
    }

    private static DriverFault From(DbException exception) => new(
        exception.ErrorCode,
        // The driver's SqlState hides the one of DbException, which stays null.
        LateBound.Get<string>(exception, "SqlState") is { Length: > 0 } state ? state : null,
        LateBound.Get<string>(exception, "QueryId") is { Length: > 0 } id ? id : null,
        Unwrap(exception.Message));

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception;
        }
    }

    // When its retries are used up, the driver writes the last exception with its stack into the message.
    private static string Unwrap(string message)
    {
        var text = Wrapping().Match(message) is { Success: true } match ? match.Groups[1].Value : message;
        return string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsNoStack));
    }

    private static bool IsNoStack(string line) =>
        !line.StartsWith("at ", StringComparison.Ordinal) && !line.StartsWith("--- ", StringComparison.Ordinal);

    // FormatExceptionMessage in Client/SnowflakeDbException.cs of the driver.
    [GeneratedRegex(@"\AError: (.*) SqlState: [^,]*, VendorCode: -?\d+, QueryId: .*\z", RegexOptions.Singleline)]
    private static partial Regex Wrapping();
}
