using EltPs.Engine.Alerts;
using Xunit;

namespace EltPs.Tests.Alerts;

/// <summary>Send-EltSlackAlert in a real session, and a webhook over loopback HTTP.</summary>
public sealed class SendEltSlackAlertTests : IAsyncDisposable
{
    private const string Cmdlet = "EltPs.Commands.SendEltSlackAlertCommand";
    private readonly AlertJob _job = new();

    public ValueTask DisposeAsync() => _job.DisposeAsync();

    [Theory]
    [InlineData(
        "Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount | Switch-EltTable",
        "check",
        "0 rows in analytics.temp_t, at least 1 expected.")]
    [InlineData(
        "Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount -Minimum 0 -OutVariable v | Switch-EltTable; $v | Switch-EltTable",
        "publish",
        "is published already")]
    [InlineData(
        "$d = Get-EltTable job.psd1; Invoke-EltCtas -Schema analytics -Table temp_t -Sql 'SELECT 1 AS n' -Connection job.duckdb | "
            + "Test-EltRowCount | Switch-EltTable; $d | Invoke-EltCtas",
        "stage",
        "analytics.temp_t")]
    public void A_single_step_that_fails_tells_table_step_and_error(string steps, string step, string error)
    {
        _job.Run($"try {{ {steps} }} catch {{ $_ | Send-EltSlackAlert }}").Succeeded();

        Assert.Contains("🔴 job failed", _job.Messages[0]["blocks"]![0]!["text"]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("*Table*\\n`analytics.t`", _job.Message, StringComparison.Ordinal);
        Assert.Contains($"*Step*\\n`{step}`", _job.Message, StringComparison.Ordinal);
        Assert.Contains(error, _job.Message, StringComparison.Ordinal);
        Assert.Contains("*Connection*\\n`duckdb (DuckDb)`", _job.Message, StringComparison.Ordinal);
        Assert.Contains("*Host*\\n", _job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_check_tells_the_run_and_the_time_too()
    {
        _job.Run("try { Get-EltTable job.psd1 | Invoke-EltCtas | Test-EltRowCount } catch { $_ | Send-EltSlackAlert }").Succeeded();

        Assert.Matches(@"\*Run\*\\n`[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6}`", _job.Message);
        Assert.Matches(@"\*Duration\*\\n`[0-9.]+ s`", _job.Message);
    }

    [Fact]
    public void The_error_of_a_run_and_the_run_itself_send_what_the_run_sent()
    {
        // RepeatAfter has no say in what somebody sends by hand.
        var run = _job.Run(
            "$r = Invoke-EltPipeline job.psd1 -ErrorVariable e -ErrorAction SilentlyContinue; $e | Send-EltSlackAlert -ErrorAction Stop; "
                + "$r | Send-EltSlackAlert -ErrorAction Stop; $r.Status");

        Assert.Equal(["Failed"], run.Output);
        Assert.Equal(3, _job.Server.Bodies.Count);
        Assert.Single(_job.Server.Bodies.Distinct());
        Assert.Contains("-Resume", _job.Server.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_the_journal_tells_what_the_run_itself_told()
    {
        _job.Run(
            "Invoke-EltPipeline job.psd1 -ErrorAction SilentlyContinue; Get-EltRun job.psd1 -Last 1 | Send-EltSlackAlert -ErrorAction Stop"
        );

        Assert.Equal(2, _job.Server.Bodies.Count);
        Assert.Single(_job.Server.Bodies.Distinct());
    }

    [Fact]
    public void A_run_that_died_tells_where_and_how_to_go_on()
    {
        var dead = DeadRun.Cut(_job);

        _job.Run("Get-EltRun -Last 1 | Send-EltSlackAlert -Mention '<!here>'").Succeeded();

        Assert.StartsWith(
            "job was interrupted: analytics.t, stage: ",
            _job.Messages[0]["text"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains(dead.RunId, _job.Message, StringComparison.Ordinal);
        Assert.Contains("<!here>", _job.Message, StringComparison.Ordinal);
        Assert.Contains("-Resume", _job.Message, StringComparison.Ordinal);
        Assert.Contains("*Tables*\\n```\\n1 interrupted\\n```", _job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_succeeded_tells_its_tables_and_rows()
    {
        _job.Write("SELECT 1 AS n");

        _job.Run("$null = Invoke-EltPipeline job.psd1; Get-EltRun -Last 1 | Send-EltSlackAlert").Succeeded();

        Assert.Equal("job succeeded", _job.Messages[0]["text"]!.GetValue<string>());
        Assert.Contains("analytics.t: 1 row", _job.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_whose_file_is_gone_is_told_to_the_webhook_that_somebody_names()
    {
        DeadRun.Cut(_job);
        File.Delete(Path.Combine(_job.Job.Folder, "job.psd1"));

        var run = _job.Run("Get-EltRun -Last 1 | Send-EltSlackAlert -Webhook file:webhook.txt").Succeeded();

        Assert.Contains("The webhooks of the run's pipeline are not known: ", Assert.Single(run.Warnings), StringComparison.Ordinal);
        Assert.Single(_job.Server.Bodies);
    }

    [Theory]
    [InlineData("Send-EltSlackAlert 'all is <well>' -Webhook file:webhook.txt")]
    [InlineData("'all is <well>' | Send-EltSlackAlert -Webhook file:webhook.txt")]
    [InlineData("Send-EltSlackAlert -Message 'all is <well>' -Config job.psd1")]
    [InlineData("$w = [IO.File]::ReadAllText((Join-Path $PWD.ProviderPath webhook.txt)); Send-EltSlackAlert 'all is <well>' -Webhook $w")]
    [InlineData(
        "$s = [securestring]::new(); foreach ($c in [IO.File]::ReadAllText((Join-Path $PWD.ProviderPath webhook.txt)).ToCharArray()) { "
            + "$s.AppendChar($c) }; Send-EltSlackAlert 'all is <well>' -Webhook $s"
    )]
    public void Text_is_sent_to_the_webhook_that_is_named(string script)
    {
        script = script.Replace(
            "(Join-Path $PWD.ProviderPath webhook.txt)",
            "\"$($PWD.ProviderPath)/webhook.txt\"",
            StringComparison.Ordinal);
        var delivery = _job.Run($"{script} -PassThru").Single<AlertDelivery>();

        Assert.Equal((AlertDeliveryStatus.Delivered, "all is &lt;well&gt;"), (delivery.Status, delivery.Text));
        Assert.Equal("all is &lt;well&gt;", _job.Messages[0]["text"]!.GetValue<string>());
    }

    [Fact]
    public void Without_a_webhook_the_error_says_how_to_name_one()
    {
        var error = _job.Run("Send-EltSlackAlert 'x'").FailedWith($"EltWebhookMissing,{Cmdlet}");

        Assert.Contains("set SLACK_WEBHOOK_URL", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'x' | Send-EltSlackAlert -Webhook 'http://hooks.slack.com/services/s3cr3t'", "EltInvalidWebhook")]
    [InlineData("'x' | Send-EltSlackAlert -Webhook 's3cr3t'", "EltInvalidWebhook")]
    [InlineData("'x' | Send-EltSlackAlert -Webhook env:ELTPS_TESTS_NO_WEBHOOK", "EltWebhookMissing")]
    [InlineData("'x' | Send-EltSlackAlert -Webhook file:job.psd1", "EltWebhookMissing")]
    [InlineData("'x' | Send-EltSlackAlert -Webhook file:webhook.txt -Mention '@alice'", "EltInvalidInput")]
    [InlineData("5 | Send-EltSlackAlert -Webhook file:webhook.txt", "EltInvalidInput")]
    [InlineData("' ' | Send-EltSlackAlert -Webhook file:webhook.txt", "EltInvalidInput")]
    [InlineData("'x' | Send-EltSlackAlert -Config missing.psd1", "EltPipelineFileMissing")]
    [InlineData("Send-EltSlackAlert -Pending -Webhook file:a, file:b", "EltInvalidWebhook")]
    public void What_cannot_be_sent_is_an_error_of_its_own_that_ends_nothing(string script, string id)
    {
        var run = _job.Run($"{script}; 'goes on'");

        Assert.Equal(["goes on"], run.Output);
        Assert.Equal($"{id},{Cmdlet}", Assert.Single(run.Errors).FullyQualifiedErrorId);
        Assert.Empty(_job.Server.Bodies);
    }

    [Fact]
    public void A_message_that_does_not_arrive_waits_and_Pending_sends_it()
    {
        _job.Server.Next(new SlackFault(500, "rollup_error"));
        var run = _job.Run("Send-EltSlackAlert 'x' -Config job.psd1 -PassThru");
        Assert.Equal(AlertDeliveryStatus.Waiting, Assert.IsType<AlertDelivery>(Assert.Single(run.Output)).Status);
        Assert.Contains("-Pending", run.FailedWith($"EltAlertNotDelivered,{Cmdlet}").ToString(), StringComparison.Ordinal);
        Assert.Equal(1, _job.Waiting);

        var delayed = _job.Run("Send-EltSlackAlert -Pending -Config job.psd1 -PassThru").Single<AlertDelivery>();

        Assert.True(delayed.IsDelayed);
        Assert.Equal(0, _job.Waiting);
        Assert.StartsWith("x (Delayed: written at ", _job.Messages[1]["text"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_to_a_plain_address_cannot_wait_and_says_so()
    {
        _job.Server.Next(new SlackFault(500, "rollup_error"));

        var run = _job.Run(
            "Send-EltSlackAlert 'x' -Webhook ([IO.File]::ReadAllText(\"$($PWD.ProviderPath)/webhook.txt\")) -Config job.psd1");

        Assert.Equal(
            "The alert was not delivered, and is not kept: 127.0.0.1/…ests answered 500 (rollup_error).",
            run.FailedWith($"EltAlertNotDelivered,{Cmdlet}").ToString());
        Assert.Equal(0, _job.Waiting);
    }

    [Fact]
    public void Pending_can_go_to_another_webhook_and_to_another_state_folder()
    {
        _job.Job.WriteText("gone.txt", "https://hooks.slack.invalid/services/T0/B0/gone");
        _job.Run("Send-EltSlackAlert 'x' -Webhook file:gone.txt -StatePath elsewhere -ErrorAction SilentlyContinue");
        Assert.Equal(0, _job.Waiting);

        var delivery = _job.Run("Send-EltSlackAlert -Pending -StatePath elsewhere -Webhook file:webhook.txt -PassThru")
            .Single<AlertDelivery>();

        Assert.Equal(("file:webhook.txt", AlertDeliveryStatus.Delivered), (delivery.Target, delivery.Status));
    }

    [Theory]
    [InlineData("'x <!here>' | Send-EltSlackAlert -WhatIf", "no webhook, because none is set", "x &lt;!here&gt;")]
    [InlineData("'x' | Send-EltSlackAlert -Webhook file:webhook.txt -WhatIf -Mention '<!here>'", "file:webhook.txt", "<!here>")]
    [InlineData("Send-EltSlackAlert -Pending -WhatIf", ".eltps", "alerts: 0")]
    public void WhatIf_shows_the_payload_and_sends_nothing(string script, string target, string payload)
    {
        var before = _job.Job.Snapshot();

        var run = _job.Run(script).Succeeded();

        Assert.Contains(target, run.HostText, StringComparison.Ordinal);
        Assert.Contains(payload, run.HostText, StringComparison.Ordinal);
        Assert.Empty(_job.Server.Bodies);
        Assert.Equal(before, _job.Job.Snapshot());
    }

    [Fact]
    public void An_error_of_any_other_command_is_told_too()
    {
        _job.Run(
            """
            try { throw 'the disk is full' } catch { $_ | Send-EltSlackAlert -Webhook file:webhook.txt }
            try { Get-EltTable nowhere.psd1 } catch { $_ | Send-EltSlackAlert -Webhook file:webhook.txt }
            """).Succeeded();

        Assert.Equal("A command failed: the disk is full", _job.Messages[0]["text"]!.GetValue<string>());
        Assert.Equal("Get-EltTable failed: nowhere.psd1: There is no such file.", _job.Messages[1]["text"]!.GetValue<string>());
    }

    [Fact]
    public void Webhook_completes_references_and_reads_no_value()
    {
        using var session = _job.Job.Session();

        Assert.Equal(
            ["file:", "secret:"],
            session.Complete("Send-EltSlackAlert 'x' -Webhook ").Where(offer => !offer.StartsWith("env:", StringComparison.Ordinal)));
        Assert.Equal(["file:"], session.Complete("Send-EltSlackAlert 'x' -Webhook fi"));
    }
}
