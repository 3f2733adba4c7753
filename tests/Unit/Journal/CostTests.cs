using System.Diagnostics;
using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Events;
using EltPs.Engine.Journal;
using EltPs.Engine.Names;
using EltPs.Engine.Runs;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Journal;

[Collection(Alone.Name)]
public sealed class CostTests
{
    [Fact]
    public async Task A_journal_of_a_thousand_tables_takes_less_than_a_millisecond_a_table_and_stays_linear()
    {
        _ = await WriteAsync(10);
        var thousand = await WriteAsync(1_000);
        var fourThousand = await WriteAsync(4_000);
        TestContext.Current.SendDiagnosticMessage(
            $"1,000 tables: {thousand.TotalMilliseconds:0} ms; 4,000 tables: {fourThousand.TotalMilliseconds:0} ms");

        // Less than 0.1 ms a table was measured; a limit that a busy machine does not break still shows what grows with the square.
        Assert.InRange(thousand, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.InRange(fourThousand, TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    private static async Task<TimeSpan> WriteAsync(int tables)
    {
        using var folder = new TemporaryFolder();
        var session = new SessionSettings(ConnectionDefinition.Embedded(":memory:", folder.Path), SessionSettings.DefaultTimeZone, []);
        var pipeline = new PipelineDefinition
        {
            Name = "job",
            Path = folder.File("job.psd1"),
            Session = session,
            Schedule = new ScheduleDefinition(null, null, null, false),
            Tables =
            [
                .. Enumerable.Range(0, tables).Select(n => new TableDefinition
                {
                    Name = TableName.TryParse(string.Create(CultureInfo.InvariantCulture, $"analytics.t{n}"), out var name) ? name : null!,
                    Query = SqlTemplate.Of("SELECT 1 AS n", SqlSyntax.Standard),
                    Session = session,
                }),
            ],
        };
        var state = StateFolder.For(pipeline.Path, statePath: null);
        var token = TestContext.Current.CancellationToken;
        using var held = await PipelineLock.AcquireAsync(state, TimeSpan.Zero, TimeProvider.System, token);
        using var journal = new RunJournal(SilentObserver.Instance, state, TimeProvider.System, held);
        var started = Stopwatch.GetTimestamp();
        await journal.OnEventAsync(new RunStarted(RunId.New(TimeProvider.System), pipeline, DateTimeOffset.UtcNow), token);
        foreach (var table in pipeline.Tables)
        {
            foreach (var step in (EltStep[])[EltStep.Stage, EltStep.Check, EltStep.Publish])
            {
                await journal.OnEventAsync(new StepStarted(table.Name, step), token);
                if (step == EltStep.Stage)
                {
                    await journal.OnEventAsync(new GenerationAssigned(table.Name, Guid.NewGuid().ToString(), "first"), token);
                }

                await journal.OnEventAsync(new StepFinished(table.Name, step, TimeSpan.FromSeconds(1)), token);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(started);
        Assert.Equal(tables, new RunHistory(state).Read(out _)[0].Done);
        return elapsed;
    }
}
