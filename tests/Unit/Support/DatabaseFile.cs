namespace EltPs.Tests.Support;

/// <summary>
/// A database file as a program without EltPs sees it: opened, used and closed by each call, so that nothing holds it in between.
/// </summary>
internal sealed class DatabaseFile(string path)
{
    /// <summary>The file's absolute path.</summary>
    public string Path { get; } = path;

    public void Execute(string sql)
    {
        using var database = Open();
        database.Execute(sql);
    }

    /// <inheritdoc cref="OpenDatabase.Rows"/>
    public IReadOnlyList<string> Rows(string sql)
    {
        using var database = Open();
        return database.Rows(sql);
    }

    /// <inheritdoc cref="OpenDatabase.Names"/>
    public IReadOnlyList<string> Names()
    {
        using var database = Open();
        return database.Names();
    }

    /// <summary>Opens it for several queries: it costs more to open the file than to read it.</summary>
    public OpenDatabase Open() => new(Path);
}
