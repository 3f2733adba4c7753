using System.Text.RegularExpressions;

using DuckDB.NET.Data;

using EltPs.Engine.Errors;

namespace EltPs.Warehouses.DuckDb;

/// <summary>Translates what the driver throws.</summary>
internal static partial class DuckDbErrors
{
    /// <summary>An error of a statement.</summary>
    public static EltException Translate(Exception exception, string? sql) =>
        new(EltErrorKind.StatementFailed, exception.Message.Trim(), exception)
        {
            Statement = sql,
            VendorCode = (exception as DuckDBException)?.ErrorType.ToString(),
        };

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
                $"{path} is held by {who}: a DuckDB file is open in one process at a time, also for reading. Wait until it ends, or close it there, and run again.",
                exception)
            {
                IsTransient = true,
            };
        }

        return new EltException(EltErrorKind.ConnectionFailed, $"{path} could not be opened as a DuckDB database: {message}", exception);
    }

    [GeneratedRegex(@"PID (?<pid>\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex Holder();
}
