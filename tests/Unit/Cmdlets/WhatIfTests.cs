using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed partial class WhatIfTests
{
    private const string Stage =
        """
        -- stage
        BEGIN TRANSACTION;
        CREATE OR REPLACE TABLE analytics.temp_t AS
        SELECT 1 AS n;
        COMMENT ON TABLE analytics.temp_t IS '[eltps table=analytics.t generation=<generation id> replaces=GUID run=<run id>]';
        COMMIT;
        """;

    private const string Publish =
        """
        -- publish
        BEGIN TRANSACTION;
        DROP INDEX analytics."t_n";
        ALTER TABLE analytics.t RENAME TO "eltps_<generation id>";
        ALTER TABLE analytics.temp_t RENAME TO "t";
        ALTER TABLE analytics."eltps_<generation id>" RENAME TO "temp_t";
        CREATE INDEX t_n ON analytics.t(n);
        EXPLAIN SELECT * FROM "analytics"."v";
        COMMIT;
        """;

    private const string Run =
        $"""
        {Stage}
        -- check
        SELECT count(*) FROM analytics.temp_t;
        {Publish}
        """;

    private const string Undo =
        """
        -- publish
        BEGIN TRANSACTION;
        DROP INDEX analytics."t_n";
        ALTER TABLE analytics.t RENAME TO "eltps_GUID";
        ALTER TABLE analytics.temp_t RENAME TO "t";
        ALTER TABLE analytics."eltps_GUID" RENAME TO "temp_t";
        CREATE INDEX t_n ON analytics.t(n);
        EXPLAIN SELECT * FROM "analytics"."v";
        COMMENT ON TABLE analytics.t IS '[eltps table=analytics.t generation=GUID replaces=GUID run=RUN]';
        COMMIT;
        """;

    [Fact]
    public void The_plan_of_a_first_run_is_printed_and_no_file_is_made()
    {
        using var job = new Job(("t", "SELECT 1 AS n;"), ("u", "SELECT n FROM analytics.t -- all"));
        var before = job.Snapshot();

        var run = job.Run("Invoke-EltPipeline job.psd1 -WhatIf").Succeeded();

        Assert.Equal(
            """
            What if: -- stage
            BEGIN TRANSACTION;
            CREATE SCHEMA IF NOT EXISTS analytics;
            CREATE OR REPLACE TABLE analytics.temp_t AS
            SELECT 1 AS n;
            COMMENT ON TABLE analytics.temp_t IS '[eltps table=analytics.t generation=<generation id> replaces=first run=<run id>]';
            COMMIT;
            -- check
            SELECT count(*) FROM analytics.temp_t;
            -- publish
            BEGIN TRANSACTION;
            ALTER TABLE analytics.temp_t RENAME TO "t";
            COMMIT;
            What if: -- stage
            BEGIN TRANSACTION;
            CREATE SCHEMA IF NOT EXISTS analytics;
            CREATE OR REPLACE TABLE analytics.temp_u AS
            SELECT n FROM analytics.t;
            COMMENT ON TABLE analytics.temp_u IS '[eltps table=analytics.u generation=<generation id> replaces=first run=<run id>]';
            COMMIT;
            -- check
            SELECT count(*) FROM analytics.temp_u;
            -- publish
            BEGIN TRANSACTION;
            ALTER TABLE analytics.temp_u RENAME TO "u";
            COMMIT;

            """.ReplaceLineEndings("\n"),
            run.HostText);
        Assert.Empty(run.Output);
        Assert.Equal(before, job.Snapshot());
    }

    [Theory]
    [InlineData("Invoke-EltPipeline job.psd1 -WhatIf", Run)]
    [InlineData("$WhatIfPreference = $true; Invoke-EltPipeline job.psd1", Run)]
    [InlineData("Get-EltTable job.psd1 | Invoke-EltCtas -WhatIf", Stage)]
    [InlineData("Invoke-EltCtas -Schema analytics -Table t -Sql 'SELECT 1 AS n' -Connection job.duckdb -WhatIf", Stage)]
    [InlineData("Get-EltTable job.psd1 | Switch-EltTable -WhatIf", Publish)]
    [InlineData("Switch-EltTable -Schema analytics -Table t -Connection job.duckdb -WhatIf", Publish)]
    [InlineData("Get-EltTable job.psd1 | Switch-EltTable -Undo -WhatIf", Undo)]
    public void The_plan_over_a_published_table_is_printed_and_the_folder_stays_byte_for_byte_the_same(string script, string plan)
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        job.Run("Invoke-EltPipeline job.psd1; Invoke-EltPipeline job.psd1").Succeeded();
        job.Database.Execute("CREATE INDEX t_n ON analytics.t (n); CREATE VIEW analytics.v AS SELECT n FROM analytics.t");
        var before = job.Snapshot();

        var run = job.Run(script).Succeeded();

        Assert.Equal($"What if: {plan}\n".ReplaceLineEndings("\n"), WithoutIds(run.HostText));
        Assert.Empty(run.Output);
        Assert.Equal(before, job.Snapshot());
    }

    [Fact]
    public void The_plan_of_an_undo_that_would_be_refused_is_the_refusal()
    {
        using var job = new Job(("t", "SELECT 1 AS n"));
        job.Run("Invoke-EltPipeline job.psd1").Succeeded();

        job.Run("Get-EltTable job.psd1 | Switch-EltTable -Undo -WhatIf").FailedWith("EltUndoRefused,EltPs.Commands.SwitchEltTableCommand");
    }

    private static string WithoutIds(string text) => RunId().Replace(Guid().Replace(text, "GUID"), "RUN");

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Guid();

    [GeneratedRegex("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}")]
    private static partial Regex RunId();
}
