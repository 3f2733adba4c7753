using EltPs.Tests.Cmdlets;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Soak;

/// <summary>
/// What a run would have left if it had been killed: a copy of its folder at each line that its journal has grown by. A kill of a process
/// does no more to files than to end their writing, and a copy costs a hundredth of it.
/// </summary>
internal sealed class StateCopies : IDisposable
{
    private readonly TemporaryFolder _copies = new();
    private readonly string _folder;
    private string _last = string.Empty;

    private StateCopies(string folder) => _folder = folder;

    public int Count { get; private set; }

    /// <summary>Runs the pipeline to its end, and copies its folder on the way.</summary>
    public static async Task<StateCopies> OfRunAsync(Job job)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not let a database be copied while it is open.");
        var copies = new StateCopies(job.Folder);
        using var session = job.Session();
        using var shell = session.Create("Invoke-EltPipeline job.psd1 -Verbose -Debug");

        // The run waits until a line that it writes is read.
        shell.Streams.Verbose.DataAdded += (_, _) => copies.Add();
        shell.Streams.Debug.DataAdded += (_, _) => copies.Add();
        await Task.Factory.FromAsync(shell.BeginInvoke(), shell.EndInvoke);
        Assert.Empty(shell.Streams.Error);
        return copies;
    }

    /// <summary>Puts the folder back to what it was at a line.</summary>
    public void Restore(int place)
    {
        Directory.Delete(_folder, recursive: true);
        Copy(_copies.File($"{place}"), _folder);
    }

    public void Dispose() => _copies.Dispose();

    private void Add()
    {
        var journals = Directory.GetFiles(Path.Combine(_folder, ".eltps", "runs")).Order(StringComparer.Ordinal);
        var lines = string.Join(' ', journals.Select(file => new FileInfo(file).Length));
        if (lines != _last)
        {
            _last = lines;
            Copy(_folder, _copies.File($"{Count++}"));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        // The lock is the operating system's, and ends with its holder; of the lock's file nothing is left but whom a message would name.
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) != ".lock"))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }
}
