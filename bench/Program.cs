using EltPs.Bench;

if (args is [StartChild.Switch, ..])
{
    return StartChild.Run(args[1..]);
}

if (args is [DriverChild.Switch, ..])
{
    return DriverChild.Run(args[1..]);
}

if (args is [ReadChild.Switch, ..])
{
    return ReadChild.Run(args[1..]);
}

if (BenchOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 2;
}

using var folder = new TemporaryFolder();
foreach (var part in options.Parts)
{
    Console.WriteLine();
    switch (part)
    {
        case "mau":
            await MauBench.RunAsync(folder.Path, options);
            break;
        case "tiny":
            await TinyTablesBench.RunAsync(folder.Path, options);
            break;
        case "start":
            await StartBench.RunAsync(folder.Path, options);
            break;
        case "snowflake":
            await SnowflakeBench.RunAsync(folder.Path, options);
            break;
        default:
            ReadBench.Run(folder.Path, options);
            break;
    }
}

return 0;
