using System.Text.Json.Nodes;
using System.Xml.Linq;
using EltPs.Tests.Cmdlets;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Reports;

/// <summary>A job and the results that its invocations leave, each judged by its schema when it is read.</summary>
internal sealed class ResultFolder : IDisposable
{
    /// <summary>The parameters that ask for both files, in a folder that is not there yet.</summary>
    public const string Both = "-ResultPath results/of/elt.json -JUnitPath results/of/elt.xml";

    public const string Cmdlet = ",EltPs.Commands.InvokeEltPipelineCommand";

    public Job Job { get; } = new(("t", "SELECT 1 AS n"));

    public string JsonPath => Path.Combine(Job.Folder, "results", "of", "elt.json");

    public string JUnitPath => Path.Combine(Job.Folder, "results", "of", "elt.xml");

    /// <summary>Runs a script and proves that it left both files and nothing half-written.</summary>
    public ScriptRun Run(string script)
    {
        var run = Job.Run(script);
        AssertWhole();
        return run;
    }

    public void AssertWhole() =>
        Assert.Equal([JsonPath, JUnitPath], Directory.GetFiles(Path.GetDirectoryName(JsonPath)!).Order(StringComparer.Ordinal));

    public JsonNode Json()
    {
        var text = File.ReadAllText(JsonPath);
        Assert.Empty(ResultSchema.Problems(text));
        return JsonNode.Parse(text)!;
    }

    /// <summary>Each case with how it ended.</summary>
    public IReadOnlyList<string> Cases()
    {
        var text = File.ReadAllText(JUnitPath);
        Assert.Empty(JUnitSchema.Problems(text));
        return
        [
            .. XDocument
                .Parse(text)
                .Descendants("testcase")
                .Select(test =>
                    $"{test.Attribute("classname")!.Value}: {test.Attribute("name")!.Value} "
                        + $"{test.Elements().FirstOrDefault(child => child.Name != "system-out")?.Name.LocalName ?? "passed"}"),
        ];
    }

    /// <summary>The ids of the files that had no run, each with the file's name.</summary>
    public IReadOnlyList<string> Errors() =>
        [.. Json()["errors"]!.AsArray().Select(error => $"{Path.GetFileName((string)error!["path"]!)} {(string)error["id"]!}")];

    /// <summary>The runs' pipelines and statuses.</summary>
    public IReadOnlyList<string> Runs() =>
        [.. Json()["runs"]!.AsArray().Select(run => $"{(string)run!["pipeline"]!} {(string)run["status"]!}")];

    public void Dispose() => Job.Dispose();
}
