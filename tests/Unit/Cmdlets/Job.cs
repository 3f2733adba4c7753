using System.Globalization;
using EltPs.Engine.Journal;
using EltPs.Tests.Support;

namespace EltPs.Tests.Cmdlets;

/// <summary>A folder with a pipeline file, job.psd1, and the embedded database that a run makes beside it.</summary>
internal sealed class Job : IDisposable
{
    private readonly TemporaryFolder _folder;

    /// <param name="tables">For each table of schema <c>analytics</c> its name and its SQL.</param>
    public Job(params (string Table, string Sql)[] tables)
        : this(string.Empty, tables)
    {
    }

    /// <param name="keys">What the file says behind its name.</param>
    /// <param name="tables">For each table of schema <c>analytics</c> its name and its SQL.</param>
    public Job(string keys, (string Table, string Sql)[] tables)
    {
        Keys = keys;

        // A blank, a quote and brackets in the path, because users have them.
        _folder = new TemporaryFolder("it's a [job]");
        Database = new DatabaseFile(_folder.File("job.duckdb"));
        Write(tables);
    }

    public string Folder => _folder.Path;

    /// <summary>What the file says behind its name, such as <c>; KeepPrevious = $false</c>.</summary>
    public string Keys { get; set; } = string.Empty;

    public DatabaseFile Database { get; }

    /// <summary>The state folder of job.psd1's runs.</summary>
    public StateFolder State => StateFolder.For(Path.Combine(Folder, "job.psd1"), statePath: null);

    /// <summary>Writes job.psd1 anew.</summary>
    public void Write(params (string Table, string Sql)[] tables) => Write("job", tables);

    /// <summary>Writes another pipeline file.</summary>
    public void Write(string name, params (string Table, string Sql)[] tables) => _folder.File($"{name}.psd1", Text(name, Keys, tables));

    /// <summary>Writes any file.</summary>
    public void WriteText(string name, string text) => _folder.File(name, text);

    /// <summary>Runs a script in the folder, in a runspace of its own.</summary>
    public ScriptRun Run(string script) => ScriptExecutor.RunIn(Folder, script);

    /// <summary>A runspace for several scripts.</summary>
    public ScriptExecutor Session() => new(Folder);

    /// <summary>Every file of the folder with its bytes, to prove that nothing was written.</summary>
    public IReadOnlyList<string> Snapshot() =>
    [
        .. Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
                .Select(path =>
                    File.Exists(path)
                        ? string.Create(
                            CultureInfo.InvariantCulture,
                            $"{path} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")
                        : path),
    ];

    public void Dispose() => _folder.Dispose();

    private static string Text(string name, string keys, (string Table, string Sql)[] tables) =>
        $$"""
        @{
            Name   = '{{name}}'{{keys}}
            Tables = @(
        {{string.Join('\n', tables.Select(Table))}}
            )
        }
        """;

    private static string Table((string Table, string Sql) table) =>
        $$"""
                @{ Schema = 'analytics'; Table = '{{table.Table}}'; Sql = '{{table.Sql.Replace("'", "''", StringComparison.Ordinal)}}' }
        """;
}
