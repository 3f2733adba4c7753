using EltPs.Engine.Names;

namespace EltPs.Warehouses.DuckDb;

/// <summary>An empty database in memory, for a file that does not exist; SQL finds it under the name that the file would give it.</summary>
/// <remarks>
/// DuckDB names a database by its file, up to the first dot, and puts <c>_db</c> behind a name that it keeps for itself (seen with DuckDB
/// 1.5). One in memory without a name of its own is <c>memory</c>.
/// </remarks>
internal static class AbsentDatabase
{
    /// <summary>The statements that make it, in a connection to <c>:memory:</c>; empty if that has the name already.</summary>
    /// <param name="path">The file's path.</param>
    public static string Sql(string path)
    {
        var file = Path.GetFileName(path).Split('.')[0];
        var name = Identifier.Quote(DuckDbDialect.FoldText(file) is "main" or "system" or "temp" ? $"{file}_db" : file);
        return file.Length == 0 || DuckDbDialect.FoldText(file) == "memory" ? string.Empty : $"ATTACH ':memory:' AS {name}; USE {name}";
    }
}
