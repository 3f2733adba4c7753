using System.Globalization;
using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Engine.Warehouses;

namespace EltPs.Warehouses.Snowflake;

/// <summary>A session with Snowflake: the dialect's statements over a client.</summary>
internal sealed class SnowflakeSession : IReversibleWarehouse, ITrialWarehouse
{
    private readonly ISnowflakeClient _client;
    private readonly SnowflakeDialect _dialect;
    private readonly CatalogReader _catalog;
    private readonly BlockRunner _blocks;
    private readonly TakeBack _takeBack;
    private readonly OtherRun _otherRun;

    public SnowflakeSession(ISnowflakeClient client, SnowflakeDialect dialect)
    {
        _client = client;
        _dialect = dialect;
        _catalog = new CatalogReader(QueryAsync, dialect.Identifiers);
        var outcome = new BlockOutcome(_catalog, ExecuteAsync);
        _blocks = new BlockRunner(outcome, ExecuteAsync);
        _takeBack = new TakeBack(_catalog, outcome, _blocks);
        _otherRun = new OtherRun(_catalog);
    }

    public IDialect Dialect => _dialect;

    public bool IsEphemeral => false;

    public async Task<ConnectionReport> DescribeAsync(WorkScope scope, CancellationToken cancellationToken)
    {
        var rows = await QueryAsync(
            """
            SELECT
                CURRENT_ORGANIZATION_NAME() || '-' || CURRENT_ACCOUNT_NAME(), CURRENT_USER(), CURRENT_ROLE(),
                CURRENT_WAREHOUSE(), CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_VERSION()
            """,
            scope,
            cancellationToken);
        var row = rows[0];
        if (row[3] is null)
        {
            // Signing in needs none, so that nothing else would tell before the first run.
            var warning = $"The session has no compute warehouse, and no table can be built without one. {SnowflakeAdvice.NoWarehouse}";
            await scope.Observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), cancellationToken);
        }

        return new ConnectionReport
        {
            SignIn = _client.SignIn,
            Account = row[0],
            User = row[1],
            Role = row[2],
            Warehouse = row[3],
            Database = row[4],
            Schema = row[5],
            Version = row[6],
        };
    }

    public Task<WarehouseCatalog> LookUpAsync(IReadOnlyCollection<TableName> names, WorkScope scope, CancellationToken cancellationToken) =>
        _catalog.ReadAsync(names, scope, cancellationToken);

    public async Task<IReadOnlyList<Statement>> PlanSourcesAsync(
        IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        await PrepareSourcesAsync(sources, scope, cancellationToken);
        return [];
    }

    public async Task PrepareSourcesAsync(IReadOnlyList<SourceDefinition> sources, WorkScope scope, CancellationToken cancellationToken)
    {
        if (sources.Count == 0)
        {
            return;
        }

        var found = await _catalog.FindAsync([.. sources.Select(source => source.Name)], scope, cancellationToken);
        var missing = sources.Where(source => found.Find(source.Name) is null).ToList();
        if (missing.Count > 0)
        {
            throw EltException.Of([.. missing.Select(NoSource)]).With(
                consequence: "Nothing was staged.",
                advice: Advice.Say("Load the tables, or grant the role USAGE on their schemas and SELECT on them, and run again."));
        }
    }

    /// <summary>The error of a source that is not there.</summary>
    public static EltException NoSource(SourceDefinition source) =>
        new(EltErrorKind.SourceMissing, "no table or view of that name is there, or this role may not see it.")
        {
            Location = source.Location,
            Subject = $"source {source.Name}",
        };

    public Task<IWarehouseTrial> BeginTrialAsync(
        IReadOnlyCollection<CatalogEntry> targets,
        WorkScope scope,
        CancellationToken cancellationToken) => Task.FromResult<IWarehouseTrial>(new SnowflakeTrial(_catalog, QueryAsync));

    public async Task StageAsync(StageRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            await ExecuteAsync(
                SnowflakeRequest.Change([.. _dialect.Stage(request).Select(statement => statement.Sql)]) with
                {
                    InFlight = request.InFlight,
                    IsOfTable = true,
                },
                scope,
                cancellationToken);
        }
        catch (EltException failure) when (OtherRun.MayHaveCaused(failure))
        {
            await _otherRun.EnsureNotStagedAsync(request, scope, cancellationToken);
            throw;
        }
    }

    public async Task<StagingReading> MeasureAsync(
        TableName target,
        IReadOnlyList<string> aggregates,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        try
        {
            return await MeasureOnceAsync(target, aggregates, scope, cancellationToken);
        }
        catch (EltException failure) when (failure.VendorCode == SnowflakeCodes.NoSuchObject)
        {
            // Another run that builds it anew drops it first: what stands there then is counted.
            var (staging, published) = await _catalog.ReadPairAsync(target, scope, cancellationToken);
            return staging is null
                ? new StagingReading(null, null, published)
                : await MeasureOnceAsync(target, aggregates, scope, cancellationToken);
        }
    }

    public async Task PublishAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var target = await PublishedAsync(request, scope, cancellationToken);
        var answer = await PublishAsync(request, SnowflakeDialect.PublishBlock(request, target), scope, cancellationToken);
        if (answer.IsDone)
        {
            return;
        }

        GenerationRule.EnsurePublishable(request, answer.Staged, answer.Published);
        throw answer.Rows is { } rows && rows != request.Rows?.ToString(CultureInfo.InvariantCulture)
            ? new EltException(
                EltErrorKind.StagingChanged,
                $"{request.Target.Staging} had {request.Rows} rows when it was checked and has {rows} now: it was built a second time "
                    + "since.")
            {
                Table = request.Target,
                Consequences = [$"{request.Target} was left as it is."],
                Advice = [Advice.Say("Run again.")],
            }
            : Undecided(request.Target, answer);
    }

    public async Task<UndoPlan> UndoAsync(UndoRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (staging, target) = await _catalog.ReadPairAsync(request.Target, scope, cancellationToken);
        var plan = GenerationRule.PlanUndo(request, staging, target);
        var block = SnowflakeDialect.UndoBlock(request, plan, target!);
        var answer = await _blocks.PublishAsync(block, request.Target, plan.Restored, scope, cancellationToken);
        if (answer.IsDone)
        {
            // Privileges belong to the table object: the one that is back has those of its own time.
            var warning = $"{request.Target}: the table that is back has the grants that it had when it was replaced. "
                + $"Compare SHOW GRANTS ON TABLE {request.Target} and {request.Target.Staging}: what was granted or revoked since must be "
                + "done again.";
            await scope.Observer.OnEventAsync(new MessageRaised(MessageLevel.Warning, warning), CancellationToken.None);
            return plan;
        }

        GenerationRule.PlanUndo(request with { PublishedGeneration = plan.Withdrawn }, answer.Staged, answer.Published);
        throw Undecided(request.Target, answer);
    }

    public Task TakeBackAsync(PublishRequest request, bool isUncertain, WorkScope scope, CancellationToken cancellationToken) =>
        _takeBack.RunAsync(request, isUncertain, scope, cancellationToken);

    public string TakeBackByHand(PublishRequest request) => SnowflakeDialect.TakeBackByHand(request);

    public Task DropPreviousAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken) =>
        _blocks.RunAsync(SnowflakeDialect.DropPrevious(request), request.Target, request.Generation, scope, cancellationToken);

    public Task MarkStagingAsync(TableName target, string comment, WorkScope scope, CancellationToken cancellationToken) =>
        ExecuteAsync(SnowflakeRequest.Change(_dialect.MarkStaging(target, comment).Sql), scope, cancellationToken);

    public Task DropStagingAsync(TableName target, string generation, WorkScope scope, CancellationToken cancellationToken) =>
        _blocks.RunAsync(SnowflakeDialect.DropGeneration(target, generation), target, generation, scope, cancellationToken);

    public async Task<IRowReader> OpenRowsAsync(RowQuery query, WorkScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        try
        {
            return await _client.OpenRowsAsync(query, scope, cancellationToken);
        }
        catch (EltException failure) when (failure.Kind == EltErrorKind.StatementFailed)
        {
            var advised = SnowflakeAdvice.For(failure) ?? failure;
            throw ErrorPlace.Offset(query.Sql, failure.What, linesBefore: 0) is { } offset ? advised.At(offset) : advised;
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<StagingReading> MeasureOnceAsync(
        TableName target,
        IReadOnlyList<string> aggregates,
        WorkScope scope,
        CancellationToken cancellationToken)
    {
        var measure = SnowflakeRequest.Query(_dialect.Measure(target, aggregates).Sql) with { IsOfTable = true };
        var rows = (await ExecuteAsync(measure, scope, cancellationToken)).Rows;
        var (staging, published) = _catalog.Pair(target, rows, firstColumn: aggregates.Count);
        var values = rows is [[not null, ..] row, ..] ? new CheckValues([.. row.Take(aggregates.Count)]) : null;
        return new StagingReading(values, staging, published);
    }

    // The block itself compares. All that its text depends on is whether a table is published, which the request tells, and for a clone its
    // kind.
    private async Task<CatalogEntry?> PublishedAsync(PublishRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        if (request.Replaces == GenerationMarker.First)
        {
            return null;
        }

        return request.Method == PublishMethod.Clone
            ? _catalog.LastKnown(request.Target)
                ?? (await _catalog.ReadPairAsync(request.Target, scope, cancellationToken)).Target
            : new CatalogEntry(request.Target, ObjectKind.Table, Comment: null);
    }

    private async Task<BlockAnswer> PublishAsync(PublishRequest request, string block, WorkScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return await _blocks.PublishAsync(block, request.Target, request.Generation, scope, cancellationToken);
        }
        catch (EltException failure) when (OtherRun.MayHaveCaused(failure))
        {
            await _otherRun.EnsureUnchangedAsync(request, scope, cancellationToken);
            throw;
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<string?>>> QueryAsync(
        string sql,
        WorkScope scope,
        CancellationToken cancellationToken) => (await ExecuteAsync(SnowflakeRequest.Query(sql), scope, cancellationToken)).Rows;

    private async Task<SnowflakeResult> ExecuteAsync(SnowflakeRequest request, WorkScope scope, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.ExecuteAsync(request, scope, cancellationToken);
        }
        catch (EltException failure) when (SnowflakeAdvice.For(failure) is { } advised)
        {
            throw advised;
        }
    }

    private static EltException Undecided(TableName target, BlockAnswer answer) => new(
        EltErrorKind.PublishedChanged,
        "what stands there changed while it was compared (published now: "
            + $"{answer.Published?.Marker?.ToString() ?? "a table without a marker, or none"}).")
    {
        Table = target,
        Consequences = ["Nothing was changed."],
        Advice = [Advice.Say("Run again.")],
    };
}
