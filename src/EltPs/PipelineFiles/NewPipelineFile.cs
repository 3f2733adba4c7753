
using EltPs.Engine.Definitions;
using EltPs.Engine.Names;

namespace EltPs.PipelineFiles;

/// <summary>A pipeline file for its author to go on with: one table that can be built at once, and every key in a comment.</summary>
/// <remarks>
/// A key that is seldom needed stands on one line behind <c># </c>, with a value that is valid as it is: taking the sign away is all that
/// using it takes.
/// </remarks>
internal sealed record NewPipelineFile
{
    private const string LongQuery = "A longer one is easier to read in a file of its own: SqlFile = 'name.sql' instead of Sql.";

    /// <summary>The file's name, for the commands in its first lines.</summary>
    public required string FileName { get; init; }

    /// <summary>The pipeline's name.</summary>
    public required string Name { get; init; }

    /// <summary>The example's name; its schema, with or without a database, is in front.</summary>
    public required TableName Table { get; init; }

    /// <summary>The schedule.</summary>
    public required string Schedule { get; init; }

    /// <summary>The first day, as the file writes it.</summary>
    public required string StartDate { get; init; }

    /// <summary>The options that a table may have.</summary>
    public required IReadOnlyList<TableOption> Options { get; init; }

    /// <summary>The file's text.</summary>
    public string ToText() =>
        $$"""
        # A pipeline: its tables are built in this order. Each is built aside, checked, and then published in one step.
        # This file runs as it is. To make it yours, edit the two lines behind (1) and (2); then
        #
        #     Test-EltPipeline {{PowerShellLiteral.Argument(FileName)}}        checks it and changes nothing
        #     Invoke-EltPipeline {{PowerShellLiteral.Argument(FileName)}}      runs it
        #
        # It is data, and nothing in it is ever run. Write text in single quotes. A key behind # is not used: take the # away to use it.
        # Get-Help about_EltPs_Pipeline_File describes every key.
        @{
            # The name in results, journals and alerts.
            Name = {{PowerShellLiteral.Quote(Name)}}

            # What the pipeline is for.
            # Description = 'Tables for the weekly report'

            # The warehouse: a connection by its name. Without it, the embedded DuckDB, in a database file beside this one.
            # Connection = 'duckdb'
            # Connections = @{ local = @{ Type = 'DuckDb'; Path = 'local.duckdb' } }

            # The raw tables that the SQL reads. On DuckDB each is a file (CSV, JSON or Parquet); on Snowflake it must be there already.
            # Sources = @{ 'raw_data.orders' = 'data/orders.csv' }

            # When it is due: @hourly, @daily, @weekly, @monthly, @yearly or five fields of cron; and from and up to which day.
            # Export-EltSchedule makes what starts it then. A run by hand takes place at any time.
            Schedule = {{PowerShellLiteral.Quote(Schedule)}}
            StartDate = {{PowerShellLiteral.Quote(StartDate)}}
            # EndDate = '{{LastDay}}'

            # Whether intervals that were missed are run later.
            # Catchup = $true

            # The zone of the sessions, the schedule and the dates: an IANA name. Without it, UTC.
            # TimeZone = 'Europe/Berlin'

            # Words to select tables by: Get-EltTable -Tag.
            # Tags = @('example')

            # Who hears of failures and recoveries. The address of the webhook is a secret: the file tells where it is.
            # Alerts = @{ Slack = @{ Webhook = 'env:SLACK_WEBHOOK_URL'; On = 'Failure', 'Recovery' } }

            # Values that the SQL asks for by name: {{"{{ days }}"}}.
            # Variables = @{ days = 28 }

            # Whether all tables are published, or none.
            # PublishTogether = $true

            # The next ones hold for all tables; each may also stand in a table, for that one alone.
        {{Lines(isForFile: true, indent: 4)}}

            # The tables. Each may read those before it.
            Tables = @(
                @{
                    # The schema; DuckDB makes it.
                    Schema = {{PowerShellLiteral.Quote(Schema)}}

                    # (1) The table's name.
                    Table = {{PowerShellLiteral.Quote(Table.Table.ToString())}}

                    # (2) One query, between the two quotes. {{LongQuery}}
                    Sql = 'SELECT 42 AS answer'

        {{Lines(isForFile: false, indent: 12)}}

                    # Words for this table, besides the file's.
                    # Tags = @('example')
                }
            )
        }

        """.ReplaceLineEndings("\n");

    // One that says what holds anyway changes nothing, and shows how it is written.
    private string Lines(bool isForFile, int indent) => string.Join(
        '\n',
        Options
            .Where(option => option.IsForFile == isForFile)
            .SelectMany(option => new[]
            {
                $"# {option.Help.Hint}",
                $"{(option.Without == $"`{option.Help.Example}`" ? string.Empty : "# ")}{option.Key} = {option.Help.Example}",
            })
            .Select(line => $"{new string(' ', indent)}{line}"));

    private string Schema => Table.Database is { } database ? $"{database}.{Table.Schema}" : Table.Schema.ToString();

    // Of the year of the first one, so that it is not before it.
    private string LastDay => $"{(StartDate.Length > 4 ? StartDate[..4] : StartDate)}-12-31";
}
