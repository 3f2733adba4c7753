namespace EltPs.Tests.Support;

/// <summary>A folder of a test's own, gone with the test. A test may pass a name with blanks, quotes or brackets.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("eltps-").FullName;

    public TemporaryFolder(string name = "")
    {
        Path = System.IO.Path.Combine(_root, name);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder's absolute path.</summary>
    public string Path { get; }

    /// <summary>The absolute path of a file in it, which need not exist.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, and the folders on the way to it, and gives its absolute path.</summary>
    public string File(string name, string text)
    {
        var path = File(name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
