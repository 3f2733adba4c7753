using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Files;
using EltPs.Engine.Warehouses;

namespace EltPs.Engine.PipelineFiles;

/// <summary>Turns a pipeline file's values into a pipeline, or complains about everything that is wrong with them.</summary>
internal static class PipelineFileReader
{
    private const string TogetherKey = "PublishTogether";

    private static readonly string[] KeysBefore =
    [
        "Name",
        "Description",
        "Connection",
        "Connections",
        "Schedule",
        "StartDate",
        "EndDate",
        "Catchup",
        "TimeZone",
        "Tags",
        AlertReader.Key,
        "Sources",
        VariableReader.Key,
    ];

    private static readonly string[] KeysBehind = [TogetherKey, "Tables"];

    /// <summary>The keys that a file may have.</summary>
    /// <param name="registry">The types of warehouse that are there, each of which may have options of its own.</param>
    public static IReadOnlyList<string> Keys(IWarehouseRegistry registry) => Keys(registry.TableOptions());

    /// <summary>Reads a pipeline.</summary>
    /// <param name="root">The file's value.</param>
    /// <param name="context">Paths, connection and warehouses.</param>
    /// <param name="found">The complaints that there are already; null for none.</param>
    /// <exception cref="EltException">
    /// <see cref="EltErrorKind.InvalidPipelineFile"/> with all complaints; <see cref="EltErrorKind.UnknownConnection"/> or
    /// <see cref="EltErrorKind.InvalidConnection"/> if the connection that the context names cannot be used.
    /// </exception>
    public static PipelineDefinition Read(DataNode root, PipelineFileContext context, ComplaintList? found = null)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(context);
        var complaints = found ?? new ComplaintList(context.File);
        if (root is not TableNode table)
        {
            complaints.Add(root, $"The file is {NodeValue.Describe(root)}; write one table @{{ Tables = @( … ) }}.");
            throw complaints.ToException();
        }

        var options = context.Registry.TableOptions();
        var keys = new KeyedNode(table, Keys(options), complaints);
        var connection = new ConnectionReader(context, complaints).Read(keys);
        var provider = context.Registry.Find(connection.Type) ?? throw UnknownType(connection, context.Registry);
        var book = new TableNameBook(provider.Dialect.Identifiers, complaints);
        var name = ReadName(keys, context, complaints);
        var schedule = ScheduleReader.Read(keys, complaints);
        var sources = SourceReader.Read(keys, context, provider, book, complaints);
        var variables = VariableReader.Read(keys, complaints);
        var session = new SessionSettings(connection, ScheduleReader.ReadTimeZone(keys, complaints), sources);
        var alerts = new AlertReader(context, complaints).Read(keys);
        var optionReader = new OptionReader(options, provider.Dialect.Syntax, complaints);
        var forAll = optionReader.ReadFile(keys);
        var tables = new TableListReader(context, optionReader, provider.Dialect.Syntax, variables, complaints);
        var pipeline = new PipelineDefinition
        {
            Name = name,
            Path = context.FullPath,
            Description = keys.Text("Description")?.Value as string ?? string.Empty,
            Session = session,
            Schedule = schedule,
            Timeout = forAll.Of(TableOptions.Timeout),
            Retry = RetryRule.Of(forAll),
            PublishTogether = keys.Flag(TogetherKey, ifMissing: false),
            Tags = keys.Texts("Tags"),
            Alerts = alerts,
            Variables = variables,
            Tables = tables.Read(keys, name, session, forAll, alerts, book),
        };
        if (pipeline.PublishTogether)
        {
            new TogetherRules(provider.Type, provider.Dialect, complaints).Check(keys, tables.Found);
        }

        complaints.ThrowIfAny();
        return pipeline;
    }

    private static string[] Keys(IReadOnlyList<TableOption> options) =>
        [.. KeysBefore, .. options.Where(option => option.IsForFile).Select(option => option.Key), .. KeysBehind];

    private static string ReadName(KeyedNode keys, PipelineFileContext context, ComplaintList complaints)
    {
        var fileName = Path.GetFileNameWithoutExtension(context.FullPath);
        if (keys.Text("Name") is not { Value: string name } node)
        {
            return fileName;
        }

        if (name.Any(char.IsControl))
        {
            complaints.Add(node, "Name has a line break or another control character; write it on one line.");
        }

        return name;
    }

    private static EltException UnknownType(ConnectionDefinition connection, IWarehouseRegistry registry) => new(
        EltErrorKind.InvalidConnection,
            $"There is no warehouse type {ComplaintList.Show(connection.Type)}; known are "
                + $"{string.Join(", ", registry.Providers.Select(provider => provider.Type))}.");
}
