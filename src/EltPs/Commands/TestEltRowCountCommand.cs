using System.Management.Automation;

using EltPs.Bridge;
using EltPs.Engine.Errors;
using EltPs.Engine.Steps;
using EltPs.Objects;

namespace EltPs.Commands;

/// <summary>Counts the rows of staged tables. Only what passes can be published.</summary>
[Cmdlet(VerbsDiagnostic.Test, "EltRowCount")]
[OutputType(typeof(EltVerifiedTable), typeof(bool))]
public sealed class TestEltRowCountCommand : EltCmdlet
{
    /// <summary>The staged table, from Invoke-EltCtas.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [LiveObject("Invoke-EltCtas")]
    public EltStagedTable? InputObject { get; set; }

    /// <summary>The fewest rows; without it the definition's, which is 1 where nobody says otherwise.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Minimum { get; set; }

    /// <summary>The most rows; without it the definition's, which has no bound where nothing says otherwise.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long? Maximum { get; set; }

    /// <summary>Writes true or false instead of the table or an error.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var staged = (StagedTable)InputObject!.Source!;
        var check = new RowCountCheck(Minimum ?? staged.Definition.MinimumRows, Maximum ?? staged.Definition.MaximumRows);
        var verified = Await<VerifiedTable?>($"Checking {staged.Staging}", InputObject, async (observer, _, cancellationToken) =>
        {
            await HoldAsync(staged.Session, observer, cancellationToken);
            try
            {
                return await new TableCheck(Time, observer).VerifyAsync(staged, new TableChecks([check]), cancellationToken);
            }
            catch (EltException failure) when (Quiet && failure.Checks.Count > 0)
            {
                return null;
            }
        });

        WriteObject(Quiet ? verified is not null : new EltVerifiedTable(verified!));
    }
}
