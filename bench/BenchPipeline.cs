using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Names;
using EltPs.Engine.Sql;
using EltPs.Engine.Templates;

namespace EltPs.Bench;

/// <summary>Makes pipelines without a file.</summary>
internal static class BenchPipeline
{
    public static PipelineDefinition Of(ConnectionDefinition connection, IEnumerable<(string Name, string Sql)> tables, params SourceDefinition[] sources)
    {
        var session = new SessionSettings(connection, SessionSettings.DefaultTimeZone, sources);
        return new PipelineDefinition
        {
            Name = "bench",
            Path = Path.Combine(connection.BaseFolder, "bench.psd1"),
            Session = session,
            Schedule = new ScheduleDefinition(null, null, null, false),
            Tables =
            [
                .. tables.Select(table => new TableDefinition
                {
                    Name = Name(table.Name),
                    Query = SqlTemplate.Of(table.Sql, SqlSyntax.Standard),
                    Session = session,
                }),
            ],
        };
    }

    public static SourceDefinition Source(string name, string path, string folder) =>
        new(Name(name), path, folder, new SourceLocation("bench", 0, 0));

    private static TableName Name(string text) => TableName.TryParse(text, out var name) ? name : throw new ArgumentException(text);
}
