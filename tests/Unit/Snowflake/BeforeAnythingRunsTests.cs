using System.Text.Json;
using EltPs.Engine.Events;
using EltPs.Engine.Runs;
using EltPs.Tests.Snowflake.StandIn;
using Xunit;

namespace EltPs.Tests.Snowflake;

/// <summary>What is refused, or warned of, before the first table is staged; and what each request says about its run.</summary>
public sealed class BeforeAnythingRunsTests : IAsyncDisposable
{
    private const string Run = "Invoke-EltPipeline mau.psd1 -Connection $connection";
    private const string Published = "analytics.mau_summary";

    private readonly SnowflakeAccount _account = new();

    public static MatrixTheoryData<string, string> WhatStandsInTheWay { get; } = new(
        [Published, "analytics.temp_mau_summary"], ["a dynamic table", "an Iceberg table", "an external table", "a view"]);

    public ValueTask DisposeAsync() => _account.DisposeAsync();

    [Fact]
    public void All_missing_sources_are_named_in_one_error()
    {
        _account.Catalogue.Run("DROP TABLE raw_data.session_timestamp");
        _account.Catalogue.Run($"REVOKE SELECT ON TABLE raw_data.user_session_channel FROM ROLE {SnowflakeAccount.Role}");

        var message = Refuse("EltSourceMissing");

        Assert.Contains(
            "mau.psd1(16,9): source raw_data.session_timestamp: no table or view of that name",
            message,
            StringComparison.Ordinal);
        Assert.Contains(
            "mau.psd1(17,9): source raw_data.user_session_channel: no table or view of that name",
            message,
            StringComparison.Ordinal);
        Assert.Contains("Nothing was staged.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_schema_is_told_and_not_made()
    {
        _account.Replace("'analytics'", "'nowhere'");

        Assert.Contains(
            "nowhere.mau_summary: the schema does not exist, or this session may not see it",
            Refuse("EltSchemaMissing"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_too_long_for_Snowflake_is_refused_without_a_request()
    {
        // 250 characters, and five for temp_.
        _account.Replace("'mau_summary'", $"'{new string('t', 251)}'");

        var error = _account.Run(Run).FailedWith("EltInvalidPipelineFile,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Contains("255", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_account.Server.Requests);
    }

    [Theory]
    [InlineData("T", "t")]
    [InlineData("t", "\"T\"")]
    [InlineData("\"TEMP_T\"", "t")]
    public void Names_that_are_one_in_Snowflake_are_refused_without_a_request(string one, string other)
    {
        Tables(one, other);

        _account.Run(Run).FailedWith("EltInvalidPipelineFile,EltPs.Commands.InvokeEltPipelineCommand");

        Assert.Empty(_account.Server.Requests);
    }

    [Fact]
    public void Names_that_differ_by_quotes_only_are_two_tables()
    {
        Tables("t", "\"t\"");

        Assert.Equal(RunStatus.Succeeded, _account.Run(Run).Single<RunResult>().Status);

        Assert.Equal(
            ("1", "2"),
            (_account.Catalogue.Run("SELECT n FROM analytics.t")[0][0], _account.Catalogue.Run("SELECT n FROM analytics.\"t\"")[0][0]));
    }

    [Theory]
    [MemberData(nameof(WhatStandsInTheWay))]
    public void What_cannot_be_swapped_is_refused_with_its_kind(string name, string kind)
    {
        _account.Catalogue.Run($"CREATE {(kind == "a view" ? "VIEW" : "TABLE")} {name} AS SELECT 1 AS n");
        _account.Catalogue.Change(name, found =>
        {
            (found.Owner, found.IsDynamic, found.IsIceberg) = (
                SnowflakeAccount.Role,
                kind == "a dynamic table",
                kind == "an Iceberg table");
            found.Type = kind == "an external table" ? WarehouseObject.ExternalTable : found.Type;
        });

        Assert.Contains($"{Published}: {name} is {kind}, not a table", Refuse("EltNotATable"), StringComparison.Ordinal);
    }

    [Fact]
    public void Policies_are_told_before_the_table_is_staged()
    {
        Given();
        _account.Catalogue.Change(Published, table => table.Policies.AddRange(
            [new Policy("MASKING_POLICY", "HIDE_MONTH", "MONTH"), new Policy("ROW_ACCESS_POLICY", "OWN_ROWS", null)]));
        _account.Replace("COUNT(DISTINCT B.userid)", "COUNT(DISTINCT nobody)");

        var run = _account.Run($"{Run} -ErrorAction SilentlyContinue");

        // The stage fails, and still the warning is there.
        Assert.Equal(
            $"{Published}: the published table has the masking policy HIDE_MONTH on MONTH, the row access policy OWN_ROWS; "
            + "a table built by CREATE TABLE AS SELECT does not carry that over, so the new one will not have it.",
            Assert.Single(run.Warnings));
        Assert.Equal(RunStatus.Failed, Assert.IsType<RunResult>(Assert.Single(run.Output)).Status);
    }

    [Theory]
    [InlineData("Transient = $true", "the published table is permanent and stays so; Transient decides for a first build only")]
    [InlineData("MinimumRows = 2", "the published table has the clustering key LINEAR(month) (write it as ClusterBy to keep it)")]
    public void What_will_be_other_than_somebody_may_think_is_a_warning(string option, string warning)
    {
        Given();
        if (warning.Contains("clustering", StringComparison.Ordinal))
        {
            _account.Catalogue.Change(Published, table => table.ClusteringKey = "LINEAR(month)");
        }

        _account.Replace("MinimumRows = 1", option);

        var run = _account.Run(Run);

        Assert.Contains(warning, Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Succeeded, run.Single<RunResult>().Status);
        Assert.False(_account.Catalogue.Find(Published)!.IsTransient);
    }

    [Fact]
    public void Every_request_has_the_time_zone_and_a_tag_that_tells_its_run_table_and_step()
    {
        _account.Replace("Tags        = @('ELT')", "TimeZone = 'Europe/Berlin'");

        var result = _account.Run(Run).Single<RunResult>();

        var tags = _account.Submits.Select(request =>
        {
            using var body = JsonDocument.Parse(request.Body);
            Assert.Equal("Europe/Berlin", body.RootElement.GetProperty("parameters").GetProperty("timezone").GetString());
            using var tag = JsonDocument.Parse(request.QueryTag!);
            return (
                tag.RootElement.GetProperty("pipeline").GetString(),
                tag.RootElement.GetProperty("run").GetString(),
                tag.RootElement.TryGetProperty("table", out var table) ? table.GetString() : null,
                tag.RootElement.GetProperty("step").GetString());
        }).ToList();
        Assert.Equal(
            [("RunELT_Alert", result.RunId, null, "Prepare"), ("RunELT_Alert", result.RunId, Published, "Stage"),
                ("RunELT_Alert", result.RunId, Published, "Check"), ("RunELT_Alert", result.RunId, Published, "Publish")],
            tags.Distinct());
    }

    private void Given() => _account.Run(Run).Succeeded();

    private void Tables(params string[] names) => _account.Folder.File(
        "mau.psd1",
        $$"""
        @{ Tables = @(
            {{string.Join(
                '\n',
                names.Select((name, index) => $"@{{ Schema = 'analytics'; Table = '{name}'; Sql = 'SELECT {index + 1} AS n' }}"))}}
        ) }
        """);

    // The message of a run that is refused; it must have changed nothing.
    private string Refuse(string id)
    {
        var before = _account.Catalogue.Effects.Count;
        var error = _account.Run(Run).FailedWith($"{id},EltPs.Commands.InvokeEltPipelineCommand");
        Assert.Equal(before, _account.Catalogue.Effects.Count);
        return error.Exception.Message;
    }
}
