using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Xunit;

namespace EltPs.Tests.Samples;

public sealed class MauDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("eltps sample ").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_script_writes_the_committed_files_again_byte_for_byte_in_any_culture()
    {
        // A culture whose calendar, separators and minus sign differ from what the files have.
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            Generate();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        foreach (var name in MauSample.DataFiles)
        {
            var committed = File.ReadAllBytes(Path.Combine(MauSample.DataFolder, name));
            var generated = File.ReadAllBytes(Path.Combine(_folder, name));
            Assert.True(committed.AsSpan().SequenceEqual(generated), $"{name} differs from what generate.ps1 writes; run it and commit.");
        }
    }

    [Fact]
    public void The_data_can_tell_a_right_result_from_a_wrong_one()
    {
        var sessions = File.ReadLines(Path.Combine(MauSample.DataFolder, "session_timestamp.csv"))
            .Skip(1)
            .Select(line => line.Split(',')[1])
            .ToList();
        var users = MauExpectation.Compute(MauSample.DataFolder);
        var size = MauSample.DataFiles.Sum(name => new FileInfo(Path.Combine(MauSample.DataFolder, name)).Length);

        Assert.True(size < 3_000_000, $"{size} bytes");
        Assert.Equal(Enumerable.Range(1, 12).Select(month => $"2025-{month:00}"), users.Keys);
        foreach (var (month, mau) in users)
        {
            var inMonth = sessions.Where(session => session.StartsWith(month, StringComparison.Ordinal)).ToList();
            Assert.True(mau * 3 < inMonth.Count * 2, $"{month}: {mau} users in {inMonth.Count} sessions; DISTINCT must matter.");

            var lastDay = DateTime.DaysInMonth(2025, int.Parse(month.AsSpan(5), CultureInfo.InvariantCulture));
            Assert.Contains($"{month}-01 00:00:00", inMonth);
            Assert.Contains($"{month}-{lastDay:00} 23:59:59", inMonth);
        }
    }

    private void Generate()
    {
        var state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // A fresh Windows machine runs no script files.
            state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        }

        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(Path.Combine(MauSample.Folder, "generate.ps1")).AddParameter("OutputFolder", _folder);
        shell.Invoke();
        Assert.Empty(shell.Streams.Error);
    }
}
