namespace EltPs.Bench;

/// <summary>A folder that is gone when the program ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("eltps-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
