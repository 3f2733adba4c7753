using EltPs.Engine.Definitions;
using EltPs.Engine.Journal;
using EltPs.Engine.Runs;
using EltPs.Engine.Scheduling;
using EltPs.Engine.Warehouses;
using EltPs.Loading;

namespace EltPs.Commands;

/// <content>What -WhatIf and -Confirm show.</content>
public sealed partial class InvokeEltPipelineCommand
{
    private void ShowPlan(PipelineDefinition pipeline, RunOptions options)
    {
        var state = State(pipeline.Path, StatePath);
        var runs = Resume ? null : Choice.Choose(pipeline, () => new IntervalLedger(state).History(pipeline), Time.GetUtcNow());
        if (Resume)
        {
            if (RunResume.Find(state) is not { } last)
            {
                WriteWarning($"{pipeline.Name}: there is no run to resume.");
                return;
            }

            options = RunResume.Continue(options, last);
            pipeline = RunResume.Restore(pipeline, last);
            runs = RunResume.Rest(pipeline, last, Time.GetUtcNow());
        }

        if (runs is not { Dates: [var first, ..] })
        {
            WriteWarning($"{pipeline.Name}: {runs?.Message ?? "nothing is left of its range."}");
            return;
        }

        foreach (var date in runs.Dates.Where(date => date.Interval is not null))
        {
            // A comment, as the names of the steps are: what -WhatIf prints is SQL.
            _ = ShouldProcess(
                $"-- for the interval {date.Interval}",
                $"Run {pipeline.Name} for the interval {date.Interval}?",
                pipeline.Name);
        }

        // With the values of the first one; the statements of the others differ in nothing else, but for the tables that a resumed one need
        // not build.
        ShowStatements(pipeline, options.For(first));
        if (options.Resume is not null && runs.Dates is [_, var second, ..])
        {
            ShowStatements(pipeline, options.For(second) with { Resume = null });
        }
    }

    private void ShowStatements(PipelineDefinition pipeline, RunOptions options)
    {
        var plan = Await(pipeline.Name, async (observer, _, cancellationToken) =>
            await new PipelineRunner(Provider(pipeline), Time, observer).PlanAsync(pipeline, options, cancellationToken));
        foreach (var part in plan.Parts())
        {
            _ = Ask(part, pipeline);
        }
    }

    private bool Ask(RunPlan plan, PipelineDefinition pipeline)
    {
        var isAgreed = ShouldProcess(plan.ToString(), Question(plan), pipeline.Name);
        _isDeclined |= !isAgreed;
        return isAgreed;
    }

    private static string Question(RunPlan plan) => (plan.IsTogether, plan.Tables.ToList()) switch
    {
        (true, var all) => $"Build all {all.Count} tables, and publish them together{For(plan.Interval)}?",
        (false, [var table]) => $"Build and publish {table}{For(plan.Interval)}?",
        _ => "Make the sources readable?",
    };

    // The questions of a range differ in nothing else.
    private static string For(DataInterval? interval) => interval is null ? string.Empty : $" for the interval {interval}";

    private static IWarehouseProvider Provider(PipelineDefinition pipeline) =>
        WarehouseLoader.Registry.Find(pipeline.Session.Connection.Type)!;
}
