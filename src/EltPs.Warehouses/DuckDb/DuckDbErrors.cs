using System.Text.RegularExpressions;

using DuckDB.NET.Data;

using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Translates what the driver throws.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>An error of a statement.</summary>
    public static EltException Translate(Exception exception, string? sql) =>
        new(EltErrorKind.StatementFailed, Explain(exception.Message), exception)
        {
            Statement = sql,
            VendorCode = Code(exception),
        };

    /// <summary>An error of a query, with the place in it where DuckDB tells that (its setting <c>errors_as_json</c>).</summary>
    /// <param name="error">What DuckDB said.</param>
    /// <param name="code">Its type; null if only the text tells.</param>
    /// <param name="sql">The query as it was written.</param>
    /// <param name="isAsSent">Whether it was sent as it was written, so that places in it are those that DuckDB tells.</param>
    public static EltException Translate(string error, string? code, string sql, bool isAsSent)
    {
        var failure = new EltException(EltErrorKind.StatementFailed, error) { Statement = sql, VendorCode = code };
        var fault = ErrorReport.Of(failure).Within(sql, before: 0);
        var told = new EltException(EltErrorKind.StatementFailed, Explain(fault.Failure.What))
        {
            Statement = sql,
            VendorCode = fault.Failure.VendorCode
                ?? (ErrorType().Match(error) is { Success: true } type
                    ? type.Groups[1].Value.Replace(" ", string.Empty, StringComparison.Ordinal)
                    : null),
        };
        return isAsSent && fault.Offset is { } offset ? told.At(offset) : told;
    }

    /// <summary>An error of opening a file.</summary>
    public static EltException TranslateOpen(Exception exception, string path)
    {
        var message = exception.Message.Trim();
        if (message.Contains("Could not set lock on file", StringComparison.OrdinalIgnoreCase)
            || message.Contains("being used by another process", StringComparison.OrdinalIgnoreCase))
        {
            var holder = Holder().Match(message);
            var who = holder.Success ? $"process {holder.Groups["pid"].Value}" : "another process";
            return new EltException(
                EltErrorKind.DatabaseHeld,
                $"{path} is locked by {who}: a DuckDB file is open in one process at a time, also for reading.",
                exception)
            {
                Consequences = ["Nothing was changed."],
                Advice = [Advice.Say("Wait until that process ends, or close the file there, and run again.")],
                IsTransient = true,
            };
        }

        return new EltException(EltErrorKind.ConnectionFailed, $"{path} could not be opened as a DuckDB database: {message}", exception);
    }

    // What a function of ours raises comes wrapped in words of DuckDB's about the function that it is made of.
    internal static string Explain(string message) =>
        Raised().Match(message) is { Success: true } raised ? raised.Groups[1].Value : message.Trim();

    // The driver knows the type of an error at run time; of one at bind time it says Invalid, and only the text tells: "Binder Error: …".
    private static string? Code(Exception exception) =>
        ErrorType().Match(exception.Message) is { Success: true } type
            ? type.Groups[1].Value.Replace(" ", string.Empty, StringComparison.Ordinal)
            : (exception as DuckDBException)?.ErrorType.ToString();

    [GeneratedRegex(SnowflakeFunctions.RaisedPattern, RegexOptions.Singleline)]
    private static partial Regex Raised();

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z -]*?) Error: ")]
    private static partial Regex ErrorType();

    [GeneratedRegex(@"PID (?<pid>\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Holder();
}
