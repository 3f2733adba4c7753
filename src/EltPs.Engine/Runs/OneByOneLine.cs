using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>A table begins when the one before it is published; the first failure stops the line, and what is published stays.</summary>
internal sealed class OneByOneLine(LineWork work) : ILine
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var index = work.First; index < work.Pipeline.Tables.Count; index++)
        {
            var table = work.Pipeline.Tables[index];
            await work.Observer.OnEventAsync(work.Run.Begin(index), cancellationToken);
            await work.AskAsync(table, cancellationToken);
            var deadline = work.DeadlineOf(table);
            var build = index == work.First ? StartingPoint.Build(table, work.Options, work.Catalog) : null;
            var published = await work.Retry.RunAsync(
                async attempt =>
                {
                    work.Run.Attempt(attempt);
                    var stage = new StageOptions(work.Run.RunId)
                    {
                        Values = work.Options.Values,
                        Catalog = work.Catalog,
                        Deadline = deadline,
                        Build = attempt == 1 ? build : null,
                    };
                    var verified = await work.BuildAsync(table, stage, cancellationToken);
                    return await work.Swap.PublishAsync(verified, deadline, cancellationToken);
                },
                table.Name,
                table.Retry,
                deadline,
                cancellationToken);
            work.Run.Published(published);
        }
    }
}
