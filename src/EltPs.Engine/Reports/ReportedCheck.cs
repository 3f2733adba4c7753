using EltPs.Engine.Errors;
using EltPs.Engine.Runs;
using EltPs.Engine.Steps;

namespace EltPs.Engine.Reports;

/// <summary>A check of a table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Result">What it found; null if it was not judged.</param>
public sealed record ReportedCheck(string Name, CheckResult? Result)
{
    internal static IEnumerable<ReportedCheck> Of(TableResult table) => TableChecks
        .Of(table.Definition)
        .Checks.Select(check => new ReportedCheck(check.Name, table.Checks.FirstOrDefault(result => result.Check == check.Name)));
}
