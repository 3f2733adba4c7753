using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;

namespace EltPs.Engine.Steps;

/// <summary>The errors of a run that publishes all tables or none.</summary>
internal static class TogetherFailure
{
    /// <summary>The error of a run that could not put back all that it had swapped: which tables, and what to run.</summary>
    public static EltException Unreturned(Exception failure, PipelineDefinition pipeline, IReadOnlyList<UnreturnedTable> tables)
    {
        var known = failure as EltException
            ?? new EltException(EltErrorKind.Unknown, $"the run was stopped ({failure.Message})", failure) { Subject = pipeline.Name };
        string[] lines =
        [
            $"{Count(tables.Count)} of {pipeline.Name} could not be put back and may be published without the others:",
            .. tables.Select(table => $"{table.Verified.Name} (generation {table.Verified.Generation}): {table.Reason}"),
        ];
        return known.With(
            kind: EltErrorKind.Unknown,
            consequence: string.Join('\n', lines),
            advice: Advice.Say(string.Join('\n', ByHand(tables))),
            isTransient: false);
    }

    /// <summary>The error of a swap that gave no definite answer, once it is sure that the table is not published.</summary>
    public static EltException Settled(EltException failure, StagedTable staged) => failure.Settled(
        EltErrorKind.ConnectionFailed,
        what: null,
        $"A look at the warehouse after that showed that it is not published, and its new build was dropped. {staged.WhatIsLeft}.");

    private static string Count(int tables) => tables == 1 ? "A table" : $"{tables} tables";

    private static IEnumerable<string> ByHand(IReadOnlyList<UnreturnedTable> tables)
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
