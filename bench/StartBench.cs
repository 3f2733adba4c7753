using System.Globalization;

namespace EltPs.Bench;

/// <summary>
/// What a fresh process pays before the first table. The steps of the engine are a process that does one thing more than the one before; the
/// programs are what a user starts, beside a bare PowerShell and a bare driver.
/// </summary>
internal static class StartBench
{
    private const string BareEngine = "bare engine";
    private const string Import = "+ EltPs";
    private const string BarePowerShell = "pwsh, exit";
    private const string Driver = "driver, the sample";
    private const string Elt = "elt, the sample";
    private const string CompiledElt = "compiled elt, the sample";
    private const string PowerShell = "pwsh, the sample";

    public static async Task RunAsync(string folder, BenchOptions options)
    {
        var file = Path.Combine(folder, "first.psd1");
        await File.WriteAllTextAsync(file, "@{ Tables = @(@{ Schema = 'analytics'; Table = 'first'; Sql = 'SELECT 1 AS n' }) }");

        // What PowerShell itself takes to import any module and to list its commands.
        var empty = Path.Combine(folder, "empty.psd1");
        await File.WriteAllTextAsync(empty, "@{ ModuleVersion = '1.0' }");

        using var sample = await ColdSample.PrepareAsync(Path.Combine(folder, "sample"));
        List<(string Name, Func<Cost> Start)> steps =
        [
            (BareEngine, () => Engine("1 + 1")),
            ("+ an empty module", () => Engine($"Import-Module {Module.Quote(empty)}; Get-Command -Module empty")),
            (Import, () => Engine(Module.Import)),
            ("+ EltPs, its cmdlets", () => Engine($"{Module.Import}; Get-Command -Module EltPs")),
            ("+ EltPs, first table",
                () => Engine($"{Module.Import}; Get-Command -Module EltPs; Invoke-EltPipeline -Config {Module.Quote(file)}")),
            (Driver, sample.Driver),
            (Elt, sample.Elt),
        ];
        if (File.Exists(ColdSample.CompiledElt))
        {
            steps.Add((CompiledElt, () => sample.Elt(ColdSample.CompiledElt)));
        }

        if (PowerShellProgram.Find() is { } powerShell)
        {
            steps.Add((BarePowerShell, () => powerShell.Run("exit")));
            steps.Add((PowerShell, () => sample.PowerShell(powerShell)));
        }
        else
        {
            Console.WriteLine("PowerShell is not here ('dotnet tool restore' brings it): what needs it is left out.");
        }

        var rounds = options.Rounds ?? 9;
        Console.WriteLine($"start: fresh processes, {rounds} rounds; milliseconds as median (lowest to highest)");
        foreach (var step in steps)
        {
            step.Start();
        }

        var costs = Enumerable.Range(0, rounds)
            .Select(_ => steps.ToDictionary(step => step.Name, step => step.Start(), StringComparer.Ordinal))
            .ToList();
        Show(steps.Select(step => step.Name), costs);
    }

    private static void Show(IEnumerable<string> names, List<Dictionary<string, Cost>> costs)
    {
        Console.WriteLine("                         on the clock          of the processor");
        foreach (var name in names)
        {
            ShowLine(name, "0", round => round[name].Elapsed.TotalMilliseconds, round => round[name].Processor.TotalMilliseconds);
        }

        ShowLine("import over the engine", "0", round => Over(round).Elapsed.TotalMilliseconds, round => Over(round).Processor.TotalMilliseconds);
        if (!costs[0].ContainsKey(BarePowerShell))
        {
            return;
        }

        foreach (var name in new[] { Elt, CompiledElt, PowerShell }.Where(costs[0].ContainsKey))
        {
            ShowLine(
                $"{name.Split(',')[0]} to both", // the two that it stands in for: a bare PowerShell, and the driver
                "0.00",
                round => round[name].Elapsed / (round[BarePowerShell].Elapsed + round[Driver].Elapsed),
                round => round[name].Processor / (round[BarePowerShell].Processor + round[Driver].Processor));
        }

        Console.WriteLine("  'to both': the ratio to 'pwsh, exit' and 'driver, the sample' together");

        void ShowLine(string name, string format, Func<Dictionary<string, Cost>, double> clock, Func<Dictionary<string, Cost>, double> processor) =>
            Console.WriteLine($"  {name,-22} {Spread.Of(costs.Select(clock)).Show(format),-21} {Spread.Of(costs.Select(processor)).Show(format)}");

        static Cost Over(Dictionary<string, Cost> round) =>
            new(round[Import].Elapsed - round[BareEngine].Elapsed, round[Import].Processor - round[BareEngine].Processor);
    }

    private static Cost Engine(string script)
    {
        var (elapsed, output) = ChildProcess.Run(StartChild.Switch, script);
        return new Cost(elapsed, TimeSpan.Parse(output, CultureInfo.InvariantCulture));
    }
}
