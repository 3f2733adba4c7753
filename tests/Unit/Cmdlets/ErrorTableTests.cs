using System.Management.Automation;
using System.Management.Automation.Runspaces;
using EltPs.Engine.Errors;
using EltPs.Engine.Events;
using EltPs.Engine.Names;
using EltPs.Errors;
using EltPs.Host;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class ErrorTableTests
{
    public static TheoryData<AdviceKind> AdviceKinds => [.. Enum.GetValues<AdviceKind>()];

    public static TheoryData<string> Ids => [.. ErrorTable.Rules.Select(rule => rule.Id)];

    [Fact]
    public void Every_kind_has_one_line_and_every_id_stands_in_one()
    {
        Assert.Equal(Enum.GetValues<EltErrorKind>(), ErrorTable.Rules.Select(rule => rule.Kind).OfType<EltErrorKind>().Order());
        Assert.Distinct(ErrorTable.Rules.Select(rule => rule.Id));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_hosts_rule_gives_the_exit_code_of_the_table(string id)
    {
        var rule = ErrorTable.Of(id);
        var state = InitialSessionState.Create();
        state.Commands.Add(new SessionStateCmdletEntry("Write-Rule", typeof(WriteRuleCommand), helpFileName: null));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Write-Rule").AddParameter("Id", id).Invoke();

        var error = Assert.Single(shell.Streams.Error);
        Assert.Equal(rule.Category, error.CategoryInfo.Category);
        Assert.Equal(rule.ExitCode, ExitCode.For(error));
    }

    [Fact]
    public void The_host_and_the_table_agree_on_the_worst_of_two_codes()
    {
        int[] codes = [.. ErrorTable.Rules.Select(rule => rule.ExitCode).Append(ExitCodes.Done).Distinct()];

        Assert.All(
            from one in codes from other in codes select (one, other),
            pair => Assert.Equal(ExitCode.Worst(pair.one, pair.other), ExitCodes.Worst(pair.one, pair.other)));
    }

    [Fact]
    public void What_happened_and_what_to_do_next_are_apart_in_the_record_and_together_in_the_exception()
    {
        var failure = new EltException(EltErrorKind.RunHeld, "Another run goes on.")
        {
            Subject = "mau",
            Consequences = ["Nothing was run."],
            Advice = [Advice.WaitForRun, Advice.Say("Look at it."), Advice.Say("Look at it.")],
        };

        var record = failure.ToRecord();

        Assert.Equal("mau: Another run goes on.\nNothing was run.", record.ErrorDetails.Message);
        Assert.Equal("Wait for it with -LockTimeout, or run again later. Look at it.", record.ErrorDetails.RecommendedAction);
        Assert.StartsWith(record.ErrorDetails.Message, record.Exception.Message, StringComparison.Ordinal);
        Assert.EndsWith("or run again later. Look at it. Look at it.", record.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_advice_of_several_errors_at_once_is_told_once()
    {
        Assert.True(TableName.TryParse("a.t", out var one));
        Assert.True(TableName.TryParse("a.u", out var other));
        var failure = EltException.Of([Taken(one), Taken(other)]).With(consequence: "Nothing was run.");

        var record = failure.ToRecord();

        Assert.Equal("a.t: A table is in the way.\na.u: A table is in the way.\nNothing was run.", record.ErrorDetails.Message);
        Assert.Equal("Run again.", record.ErrorDetails.RecommendedAction);

        static EltException Taken(TableName table) =>
            new(EltErrorKind.StagingTaken, "A table is in the way.") { Table = table, Advice = [Advice.Say("Run again.")] };
    }

    [Fact]
    public void An_error_without_advice_has_no_details() =>
        Assert.Null(new EltException(EltErrorKind.InvalidName, "It is no name.").ToRecord().ErrorDetails);

    [Theory]
    [InlineData("ConciseView", "It failed.")]
    [InlineData("NormalView", "")]
    [InlineData("CategoryView", "")]
    [InlineData("DetailedView", "")]
    [InlineData(null, "It failed.")]
    public void Another_view_than_ConciseView_gets_the_whole_message(string? view, string message)
    {
        var record = new EltException(EltErrorKind.Timeout, "It failed.") { Advice = [Advice.Say("Run again.")] }.ToRecord().InView(view);

        Assert.Equal((message, "Run again."), (record.ErrorDetails.Message, record.ErrorDetails.RecommendedAction));
        Assert.Equal("It failed.\nRun again.", record.Exception.Message);
    }

    [Theory]
    [MemberData(nameof(AdviceKinds))]
    public void Every_advice_has_words(AdviceKind kind)
    {
        Assert.True(TableName.TryParse("analytics.mau", out var table));
        Advice[] all =
        [
            Advice.Say("Run again."),
            Advice.ReplaceStaging(table),
            Advice.TakeOver(table),
            Advice.StageFirst(table),
            Advice.StageOrBringBack(table),
            Advice.RunAnew,
            Advice.RunAnewOrFromTable,
            Advice.ResumeOnItsConnection,
            Advice.RunRange,
            Advice.NameFirstInterval("'2025-01-10'."),
            Advice.NameInterval,
            Advice.NameConnection,
            Advice.MoveState,
            Advice.NameState,
            Advice.WaitForRun,
            Advice.SendPendingAlerts,
            Advice.GiveLonger,
            Advice.LookAtGeneration("Staged"),
        ];

        Assert.EndsWith(".", CmdletWording.Instance.Word(Assert.Single(all, advice => advice.Kind == kind)), StringComparison.Ordinal);
    }
}

[Cmdlet(VerbsCommunications.Write, "Rule")]
public sealed class WriteRuleCommand : PSCmdlet
{
    [Parameter(Mandatory = true)]
    public string Id { get; set; } = string.Empty;

    protected override void ProcessRecord() =>
        WriteError(ErrorTable.Of(Id).Kind is { } kind
            ? new EltException(kind, "It failed.").ToRecord()
            : EltErrors.Of(Id, new InvalidOperationException("It failed.")));
}
