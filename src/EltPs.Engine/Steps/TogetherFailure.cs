using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;

namespace EltPs.Engine.Steps;

/// <summary>The errors of a run that publishes all tables or none.</summary>
internal static class TogetherFailure
{
    /// <summary>The error of a run that could not put back all that it had swapped: which tables, and what to run.</summary>
    public static EltException Unreturned(Exception failure, PipelineDefinition pipeline, IReadOnlyList<UnreturnedTable> tables)
    {
        var known = failure as EltException;
        string[] lines =
        [
            known?.Message ?? $"{pipeline.Name}: the run was stopped ({failure.Message})",
            $"{Count(tables.Count)} of {pipeline.Name} could not be put back and may be published without the others:",
            .. tables.Select(table => $"{table.Verified.Name} (generation {table.Verified.Generation}): {table.Reason}"),
            .. Advice(tables),
        ];
        return new EltException(EltErrorKind.Unknown, string.Join(Environment.NewLine, lines), failure)
        {
            Statement = known?.Statement,
            QueryId = known?.QueryId,
            VendorCode = known?.VendorCode,
            SqlState = known?.SqlState,
        };
    }

    /// <summary>The error of a swap that gave no definite answer, once it is sure that the table is not published.</summary>
    public static EltException Settled(EltException failure, StagedTable staged)
    {
        var told = failure.InnerException as EltException ?? failure;
        return new EltException(
            EltErrorKind.ConnectionFailed,
            $"{staged.Name}: publish failed: it is not published, and its new build was dropped. {staged.WhatIsLeft}. "
                + $"That was looked at after no definite answer had come: {told.Message}",
            told)
        {
            Statement = told.Statement,
            QueryId = told.QueryId,
            VendorCode = told.VendorCode,
            SqlState = told.SqlState,
        };
    }

    private static string Count(int tables) => tables == 1 ? "A table" : $"{tables} tables";

    private static IEnumerable<string> Advice(IReadOnlyList<UnreturnedTable> tables)
    {
        var statements = tables.Select(table => table.Statement).OfType<string>().ToList();
        return statements.Count == 0
            ? ["See the comments of these tables, which name their generations; a run that succeeds publishes all of them."]
            :
            [
                "Run these statements in this order, each only while the comment of its table names that generation; or run the pipeline "
                    + "again, which publishes all tables anew:",
                .. statements.Select(statement => $"{statement};"),
            ];
    }
}
