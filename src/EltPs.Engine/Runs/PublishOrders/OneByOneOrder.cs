using EltPs.Engine.Steps;

namespace EltPs.Engine.Runs;

/// <summary>A table begins when the one before it is published; the first failure stops the line, and what is published stays.</summary>
internal sealed class OneByOneOrder(RunContext context) : IPublishOrder
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for (var index = context.First; index < context.Pipeline.Tables.Count; index++)
        {
            var table = context.Pipeline.Tables[index];
            await context.Observer.OnEventAsync(context.Run.Begin(index), cancellationToken);
            await context.AskAsync(table, cancellationToken);
            var deadline = context.DeadlineOf(table);
            var build = index == context.First ? StartingPoint.Build(table, context.Options, context.Catalog) : null;
            var published = await context.Retry.RunAsync(
                async attempt =>
                {
                    context.Run.Attempt(attempt);
                    var stage = new StageOptions(context.Run.RunId)
                    {
                        Values = context.Options.Values,
                        Catalog = context.Catalog,
                        Deadline = deadline,
                        Build = attempt == 1 ? build : null,
                    };
                    var verified = await context.BuildAsync(table, stage, cancellationToken);
                    return await context.Swap.PublishAsync(verified, deadline, cancellationToken);
                },
                table.Name,
                table.Retry,
                deadline,
                cancellationToken);
            await context.PublishedAsync(published);
        }
    }
}
