using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake.StandIn;
using EltPs.Tests.Soak;
using Xunit;

namespace EltPs.Tests.Snowflake.Faults;

/// <summary>Every request of a run with everything that can happen to it.</summary>
public sealed class FaultMatrixTests
{
    private const int OldRows = 3;
    private const int NewRows = 5;

    // Normally a third: a fault has it of its statements, and the next fault has others.
    public static TheoryData<RunStatement, bool, string> Combinations()
    {
        var all = RequestFault.All.SelectMany(fault =>
            (IEnumerable<(RunStatement, bool, string)>)
            [
                .. Enum.GetValues<RunStatement>().Select(statement => (statement, false, fault.Name)),
                (RunStatement.Stage, true, fault.Name),
                (RunStatement.Publish, true, fault.Name),
            ]);
        return new TheoryData<RunStatement, bool, string>(all.Where((_, place) => place % Rounds.Step(3) == 0));
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_run_takes_effect_once_and_tells_the_truth(RunStatement statement, bool isFirst, string name)
    {
        var fault = RequestFault.All.Single(known => known.Name == name);
        await using var scene = new PipelineScene();
        var old = isFirst ? null : await scene.PublishAsync(OldRows);
        var (effectsBefore, requestsBefore, waitsBefore) = (
            scene.Catalogue.Effects.Count,
            scene.Server.Requests.Count,
            scene.Clock.Waits.Count);
        fault.Inject(scene, statement);

        var result = await scene.RunAsync(scene.Pipeline(NewRows));

        var requests = scene.Server.Requests.Skip(requestsBefore).ToList();
        var effects = scene.Catalogue.Effects.Skip(effectsBefore).ToList();
        var story = Story(result, requests, effects);
        var end = fault.End(statement);
        var last = end is null ? RunStatement.Publish : statement;
        var isIncluded = end is null || fault.HasRun;
        Assert.True(
            Words(last.Effects(isIncluded, isFirst)) == Words(effects),
            $"Effects other than {Words(last.Effects(isIncluded, isFirst))}.\n{story}");

        var isNew = last == RunStatement.Publish && isIncluded;
        var expected = isNew ? (result.Tables[0].Generation!, NewRows) : old is null ? ((string, int)?)null : (old, OldRows);
        Assert.True(scene.Published == expected, $"Published is {scene.Published}, not {expected}.\n{story}");

        EnsureStatus(end, result, statement, fault, requests, story);
        EnsureRepetitions(fault, requests, story);
        var waits = scene.Clock.Waits.Skip(waitsBefore).ToList();
        Assert.True(
            !fault.AsksToWait || waits.Contains(RequestFault.RetryAfter),
            $"Did not wait as Snowflake asked: {string.Join(", ", waits)}.\n{story}");
        var limit = end is EltErrorKind.ConnectionFailed or EltErrorKind.Unknown ? TimeSpan.FromMinutes(6) : TimeSpan.FromHours(1);
        Assert.True(result.Duration < limit, $"Took {result.Duration}.\n{story}");
    }

    private static void EnsureStatus(
        EltErrorKind? end,
        RunResult result,
        RunStatement statement,
        RequestFault fault,
        IReadOnlyList<LoggedRequest> requests,
        string story)
    {
        var (status, table) = end switch
        {
            null => (RunStatus.Succeeded, TableStatus.Published),
            EltErrorKind.Unknown => (RunStatus.Unknown, TableStatus.Unknown),
            _ => (RunStatus.Failed, statement < RunStatement.Stage ? TableStatus.Skipped : TableStatus.Failed),
        };
        Assert.True(
            (status, table, end) == (result.Status, result.Tables[0].Status, result.Error?.Kind),
            $"Not {status}, {table}, {end}.\n{story}");
        if (end == EltErrorKind.Unknown)
        {
            var submit = requests.First(request => request.IsSubmit && statement.Sent()(request.Statement!));
            var id = fault.HasHandle ? requests.Last(request => request.IsPoll).Path[^36..] : submit.Path.Split("requestId=")[1][..36];
            Assert.True(result.Error!.QueryId == id, $"Names the id {result.Error.QueryId}, not {id}.\n{story}");
            Assert.All(
                [
                    $"its {(fault.HasHandle ? "query" : "request")} id is {id}",
                    $"LIKE '%{result.RunId}%'",
                    $"the comment of {PipelineScene.Table}",
                ],
                part => Assert.True(result.Error.Message.Contains(part, StringComparison.Ordinal), $"Does not say: {part}.\n{story}"));
        }
    }

    // A request that is sent again has its id again, and says that it is a repetition where the one before may have run.
    private static void EnsureRepetitions(RequestFault fault, IReadOnlyList<LoggedRequest> requests, string story)
    {
        var statements = new List<List<LoggedRequest>>();
        foreach (
            var request in requests.Where(request =>
                request.IsSubmit && !request.Statement!.Contains("QUERY_HISTORY", StringComparison.Ordinal)))
        {
            // What is asked anew later is another request.
            if (statements.Count == 0 || statements[^1][0].Statement != request.Statement)
            {
                statements.Add([]);
            }

            statements[^1].Add(request);
        }

        foreach (var sent in statements)
        {
            Assert.True(
                sent.Select(request => (request.Path.Split('&')[0], request.Body)).Distinct().Count() == 1,
                $"Sent again as another request.\n{story}");
            Assert.True(!sent[0].Path.Contains("retry", StringComparison.Ordinal), $"The first attempt says retry.\n{story}");
            Assert.True(
                sent.Skip(1)
                    .All(request =>
                        request.Path.EndsWith("&retry=true", StringComparison.Ordinal)
                        != fault.Name.StartsWith("429", StringComparison.Ordinal)),
                $"A repetition does not say what it is.\n{story}");
        }

        Assert.True(!fault.IsRepeated || statements.Count(sent => sent.Count == 2) == 1, $"Not one repetition.\n{story}");
    }

    private static string Words(IEnumerable<string> effects) =>
        string.Join(", ", effects.Select(effect => string.Join(' ', effect.Split(' ', '\n')[..2])));

    private static string Story(RunResult result, IEnumerable<LoggedRequest> requests, IEnumerable<string> effects) =>
        $"""
        Status: {result.Status}, {result.Tables[0].Status} after {result.Duration}
        Error: {result.Error?.Kind} {result.Error?.Message}
        Requests:
          {string.Join("\n  ", requests.TakeLast(12).Select(request => $"{request} {request.Statement?.Split('\n')[0]}"))}
        Effects: {Words(effects)}
        """;
}
