using System.Globalization;

namespace EltPs.Bench;

/// <summary>What a fresh process pays before the first table: each step is a process that does one thing more than the one before.</summary>
internal static class StartBench
{
    public static void Run(string folder, BenchOptions options)
    {
        var file = Path.Combine(folder, "first.psd1");
        File.WriteAllText(file, "@{ Tables = @(@{ Schema = 'analytics'; Table = 'first'; Sql = 'SELECT 1 AS n' }) }");

        // What PowerShell itself takes to import any module and to list its commands.
        var empty = Path.Combine(folder, "empty.psd1");
        File.WriteAllText(empty, "@{ ModuleVersion = '1.0' }");

        (string Name, string Script)[] steps =
        [
            ("bare engine", "1 + 1"),
            ("+ an empty module", $"Import-Module {Module.Quote(empty)}; Get-Command -Module empty"),
            ("+ EltPs", Module.Import),
            ("+ EltPs, its cmdlets", $"{Module.Import}; Get-Command -Module EltPs"),
            ("+ EltPs, first table", $"{Module.Import}; Get-Command -Module EltPs; Invoke-EltPipeline -Config {Module.Quote(file)}"),
        ];

        var rounds = options.Rounds ?? 21;
        Console.WriteLine($"start: fresh processes, {rounds} rounds; milliseconds as median (lowest to highest)");
        foreach (var step in steps)
        {
            Start(step.Script);
        }

        var costs = Enumerable.Range(0, rounds).Select(_ => steps.Select(step => Start(step.Script)).ToArray()).ToList();
        Console.WriteLine("                         on the clock          over the bare engine   of the processor      over the bare "
            + "engine");
        for (var step = 0; step < steps.Length; step++)
        {
            Console.WriteLine($"  {steps[step].Name,-22} {Show(cost => cost.Elapsed)} {Show(cost => cost.Processor)}".TrimEnd());

            string Show(Func<Cost, TimeSpan> of)
            {
                var whole = Spread.Of(costs.Select(round => of(round[step]).TotalMilliseconds));
                var over = Spread.Of(costs.Select(round => (of(round[step]) - of(round[0])).TotalMilliseconds));
                return $"{whole.Show("0"),-21} {(step == 0 ? string.Empty : over.Show("0")),-22}";
            }
        }
    }

    private static Cost Start(string script)
    {
        var (elapsed, output) = ChildProcess.Run(StartChild.Switch, script);
        return new Cost(elapsed, TimeSpan.Parse(output, CultureInfo.InvariantCulture));
    }
}
