using System.Xml.Linq;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Reports;
using EltPs.Engine.Runs;
using Xunit;

namespace EltPs.Tests.Reports;

public sealed class JUnitReportTests
{
    [Fact]
    public void It_is_valid_by_the_schema() => Assert.Empty(JUnitSchema.Problems(SampleReport.Everything.JUnit()));

    [Fact]
    public void An_invocation_without_any_file_is_valid() => Assert.Empty(JUnitSchema.Problems(SampleReport.Of([], []).JUnit()));

    [Theory]
    [InlineData("failure message=", "failure massage=")]
    [InlineData(" name=\"analytics.channels\"", "")]
    [InlineData(" time=\"83.500\"", " time=\"83,500\"")]
    [InlineData(" time=\"83.500\"", " time=\"1E-05\"")]
    [InlineData(" tests=\"7\"", " tests=\"seven\"")]
    [InlineData(" tests=\"7\"", " tests=\"8\"")]
    [InlineData(" failures=\"1\"", " failures=\"2\"")]
    [InlineData(" skipped=\"3\"", " skipped=\"0\"")]
    [InlineData(" timestamp=\"2025-01-10T03:15:00Z\"", " timestamp=\"10.01.2025 03:15\"")]
    [InlineData("<property name=\"status\" value=\"Failed\"", "<property name=\"status\"")]
    [InlineData("<testcase name=\"run\"", "<system-out>first</system-out><testcase name=\"run\"")]
    [InlineData("<skipped message=\"not reached\" />", "<skipped message=\"not reached\" /><error message=\"x\" type=\"x\">x</error>")]
    public void What_is_otherwise_is_not_valid_by_the_schema(string what, string instead)
    {
        var xml = SampleReport.Of([SampleReport.Failed], []).JUnit();
        Assert.Contains(what, xml, StringComparison.Ordinal);

        Assert.NotEmpty(JUnitSchema.Problems(xml.Replace(what, instead, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_check_that_failed_is_a_failure_of_its_own_case_and_is_told_once()
    {
        Assert.Equal(
            [
                "run passed",
                "analytics.sessions passed", "analytics.sessions row count passed",
                "analytics.mau_summary skipped", "analytics.mau_summary row count failure EltTooFewRows",
                "analytics.channels skipped", "analytics.channels row count skipped",
            ],
            Cases(SampleReport.Failed));
        var failure = Single(SampleReport.Failed, "failure");
        Assert.StartsWith(
            "analytics.mau_summary: check failed: 0 rows in analytics.temp_mau_summary",
            failure.Attribute("message")!.Value,
            StringComparison.Ordinal);
        Assert.Equal(
            """
            analytics.mau_summary: check failed: 0 rows in analytics.temp_mau_summary, at least 1 expected.
            analytics.mau_summary was left as it was.
            Table: analytics.mau_summary
            Step: Check
            Run: 20250110T031500Z-4f2a9c
            Resume: Invoke-EltPipeline -Config '/srv/jobs/mau.psd1' -Resume
            """.ReplaceLineEndings("\n"),
            failure.Value);
    }

    [Fact]
    public void A_statement_that_failed_is_an_error_of_its_table_and_names_the_query()
    {
        Assert.Equal(
            [
                "run passed",
                "analytics.sessions error EltStatementFailed", "analytics.sessions row count skipped",
                "analytics.mau_summary skipped", "analytics.mau_summary row count skipped",
            ],
            Cases(SampleReport.Timeout));
        Assert.Contains(
            "\nQuery id: 01b2c3d4-0000-1111-2222-333344445555\nCode: 000625\nSQLSTATE: 57014\n",
            Single(SampleReport.Timeout, "error").Value,
            StringComparison.Ordinal);
        Assert.StartsWith(
            "Attempt 1 failed, and the next one began 10 s later: ",
            Single(SampleReport.Timeout, "error").Parent!.Element("system-out")!.Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_up_to_date_passes_and_says_so()
    {
        Assert.Equal(
            [
                "run passed",
                "analytics.old passed",
                "analytics.old row count skipped",
                "analytics.sessions passed",
                "analytics.sessions row count passed",
            ],
            Cases(SampleReport.ForAnInterval));
        Assert.Contains(
            $"Up to date: generation {SampleReport.Generation} is published already",
            SampleReport.Of([SampleReport.ForAnInterval], []).JUnit(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_with_nothing_to_do_is_one_case_that_passes_and_says_why()
    {
        Assert.Equal(["run passed"], Cases(SampleReport.Nothing));
        Assert.Contains("there is no run to resume", SampleReport.Of([SampleReport.Nothing], []).JUnit(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_concerns_no_table_is_an_error_of_the_run()
    {
        var run = Reported(
            RunStatus.Failed,
            new EltException(EltErrorKind.ConnectionFailed, "prod (Snowflake) could not be reached"),
            EltStep.Prepare,
            SampleReport.Table("t", TableStatus.Skipped));

        Assert.Equal(["run error EltConnectionFailed", "analytics.t skipped", "analytics.t row count skipped"], Cases(run));
    }

    [Theory]
    [InlineData(EltStep.Stage, "analytics.t error EltCancelled", "analytics.t row count skipped")]
    [InlineData(EltStep.Check, "analytics.t skipped", "analytics.t row count error EltCancelled")]
    public void A_stop_is_an_error_of_the_step_that_it_met(EltStep step, string table, string check)
    {
        var run = Reported(
            RunStatus.Cancelled,
            null,
            step,
            SampleReport.Table("t", TableStatus.Cancelled) with
            {
                FailedStep = step,
                Message = "cancelled",
            });

        Assert.Equal(["run passed", table, check], Cases(run));
        Assert.Equal("EltCancelled", Single(run, "error").Attribute("type")!.Value);
        Assert.StartsWith(
            "RunELT_Alert: the run was cancelled or declined at analytics.t",
            Single(run, "error").Attribute("message")!.Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Tables_that_are_published_together_have_each_their_own_fault()
    {
        var run = Reported(
            RunStatus.Failed,
            new EltException(EltErrorKind.PublishFailed, "analytics.b: publish failed"),
            EltStep.Publish,
            SampleReport.Published("a", 3) with
            {
                Status = TableStatus.Unknown,
                PublishTime = null,
                FailedStep = EltStep.Publish,
                Message = "could not be put back: no answer",
            },
            SampleReport.Published("b", 3) with
            {
                Status = TableStatus.Failed,
                PublishTime = null,
                FailedStep = EltStep.Publish,
                Message = "analytics.b: publish failed",
            },
            SampleReport.Published("c", 3) with
            {
                Status = TableStatus.Skipped,
                PublishTime = null,
                Message = "built and checked, but not published, because analytics.b failed",
            });
        run = run with { FailedTable = run.Tables[1].Table };

        Assert.Equal(
            [
                "run passed",
                "analytics.a error EltUnknownOutcome", "analytics.a row count passed",
                "analytics.b error EltPublishFailed", "analytics.b row count passed",
                "analytics.c skipped", "analytics.c row count passed",
            ],
            Cases(run));
        Assert.Contains("message=\"could not be put back: no answer\"", SampleReport.Of([run], []).JUnit(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_a_run_is_a_suite_with_one_error()
    {
        var suite = XDocument.Parse(SampleReport.Of([], [SampleReport.Invalid]).JUnit()).Root!.Elements().Single();

        Assert.Equal("channels.psd1", suite.Attribute("name")!.Value);
        var test = suite.Elements("testcase").Single();
        Assert.Equal(("channels", "run"), (test.Attribute("classname")!.Value, test.Attribute("name")!.Value));
        Assert.Equal("EltInvalidPipelineFile", test.Element("error")!.Attribute("type")!.Value);
        Assert.Equal(SampleReport.Invalid.Message, test.Element("error")!.Attribute("message")!.Value);
    }

    [Fact]
    public void Runs_of_one_pipeline_are_told_apart_by_their_dates_and_a_single_one_keeps_its_names()
    {
        var first = SampleReport.ForAnInterval;
        var second = first with { RunId = "20250110T031600Z-000001", LogicalDate = first.LogicalDate!.Value.AddHours(25) };
        var third = SampleReport.Nothing with { RunId = "20250110T031700Z-000002" };

        var suites = XDocument.Parse(SampleReport.Of([first, second, third], []).JUnit()).Root!.Elements().ToList();

        Assert.Equal(
            ["RunELT_Alert [2025-01-09]", "RunELT_Alert [2025-01-10T01:00:00+01:00]", "RunELT_Alert [20250110T031700Z-000002]"],
            suites.Select(suite => suite.Attribute("name")!.Value));
        Assert.Equal(first.RunId, suites[0].Attribute("id")!.Value);
        var names = suites.SelectMany(suite => suite.Elements("testcase")).Select(test => test.Attribute("name")!.Value).ToList();
        Assert.Contains("analytics.sessions row count [2025-01-09]", names);
        Assert.Equal(names.Count, names.Distinct().Count());
        Assert.DoesNotContain('[', string.Concat(Cases(first)));
    }

    [Fact]
    public void A_suite_tells_of_its_run_and_its_times_add_up()
    {
        var suite = XDocument.Parse(SampleReport.Of([SampleReport.ForAnInterval], []).JUnit()).Root!.Elements().Single();

        Assert.Equal("etl-01", suite.Attribute("hostname")!.Value);
        Assert.Equal("/srv/jobs/mau.psd1", suite.Attribute("file")!.Value);
        Assert.Equal(83.5m, suite.Elements("testcase").Sum(test => (decimal)test.Attribute("time")!));
        Assert.Equal(0.125m, (decimal)suite.Elements("testcase").Last().Attribute("time")!);
        Assert.Equal(
            [
                "runId=20250110T031500Z-4f2a9c",
                "status=Succeeded",
                "connection=prod",
                "connectionType=Snowflake",
                "processId=4711",
                "resumedFrom=20250110T031500Z-4f2a9c",
                "logicalDate=2025-01-09T00:00:00+01:00",
                "intervalStart=2025-01-09T00:00:00+01:00",
                "intervalEnd=2025-01-10T00:00:00+01:00",
                "timeZone=Europe/Berlin",
                "variables.region=EU",
                "journalPath=/srv/jobs/.eltps/runs/20250110T031500Z-4f2a9c.jsonl",
            ],
            suite
                .Element("properties")!
                .Elements()
                .Select(property => $"{property.Attribute("name")!.Value}={property.Attribute("value")!.Value}"));
    }

    [Theory]
    [InlineData("bell \u0007 null \u0000 escape \u001b[31m", "bell \ufffd null \ufffd escape \ufffd[31m")]
    [InlineData("no characters: \ufffe\uffff", "no characters: \ufffd\ufffd")]
    [InlineData("half {HIGH} of a pair, {LOW} the other", "half \ufffd of a pair, \ufffd the other")]
    [InlineData(
        "kept: <a b=\"c\"> & ]]> \u00e4 \u6570 \ud83d\ude00 \t \r\n 'x'",
        "kept: <a b=\"c\"> & ]]> \u00e4 \u6570 \ud83d\ude00 \t \r\n 'x'")]
    public void What_XML_cannot_hold_is_replaced_and_all_else_comes_back_as_it_was(string message, string read)
    {
        // An attribute's text cannot hold half a pair.
        var whole = message.Replace("{HIGH}", "\ud83d", StringComparison.Ordinal).Replace("{LOW}", "\ude00", StringComparison.Ordinal);
        var xml = SampleReport.Of([], [SampleReport.Invalid with { Message = whole }]).JUnit();

        Assert.Empty(JUnitSchema.Problems(xml));
        var error = XDocument.Parse(xml).Descendants("error").Single();
        Assert.Equal(read, error.Attribute("message")!.Value);
        Assert.StartsWith(read, error.Value, StringComparison.Ordinal);
    }

    private static RunResult Reported(RunStatus status, EltException? error, EltStep step, params TableResult[] tables) =>
        SampleReport.Result(status) with
        {
            Error = error,
            FailedTable = error is null ? tables[0].Table : null,
            FailedStep = step,
            Tables = tables,
        };

    private static List<string> Cases(RunResult run)
    {
        var xml = SampleReport.Of([run], []).JUnit();
        Assert.Empty(JUnitSchema.Problems(xml));
        return [.. XDocument.Parse(xml).Descendants("testcase").Select(Outcome)];
    }

    private static string Outcome(XElement test)
    {
        Assert.Equal("RunELT_Alert", test.Attribute("classname")!.Value);
        var fault = test.Elements().FirstOrDefault(child => child.Name != "system-out");
        return string.Join(
            ' ',
            new[] { test.Attribute("name")!.Value, fault?.Name.LocalName ?? "passed", fault?.Attribute("type")?.Value }.Where(word =>
                word is not null));
    }

    private static XElement Single(RunResult run, string element) =>
        XDocument.Parse(SampleReport.Of([run], []).JUnit()).Descendants(element).Single();
}
