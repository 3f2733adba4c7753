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
