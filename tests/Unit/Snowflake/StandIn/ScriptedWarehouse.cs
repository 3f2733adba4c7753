namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Runs statements by a function: for tests of the protocol that need no catalogue.</summary>
internal sealed class ScriptedWarehouse(Func<string, StatementContext, StatementOutcome> script) : IStandInWarehouse
{
    public static ScriptedWarehouse Accepting { get; } = new((_, _) => StatementOutcome.Success());

    public StatementOutcome Execute(string statement, StatementContext context, CancellationToken cancellationToken) =>
        script(statement, context);
}
