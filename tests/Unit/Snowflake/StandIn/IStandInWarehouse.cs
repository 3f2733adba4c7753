namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>What is behind the stand-in's protocol: it runs single statements.</summary>
internal interface IStandInWarehouse
{
    /// <summary>Runs one statement.</summary>
    /// <param name="statement">Without a semicolon behind it.</param>
    /// <param name="context">What the request brought along.</param>
    /// <param name="cancellationToken">The statement was cancelled.</param>
    StatementOutcome Execute(string statement, StatementContext context, CancellationToken cancellationToken);
}
