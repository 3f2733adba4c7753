using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace EltPs.Tests.Reports;

/// <summary>Judges documents by junit.xsd, and their counts, of which a schema knows nothing.</summary>
internal static class JUnitSchema
{
    public static IReadOnlyList<string> Problems(string xml)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new StringReader(RepositoryFile.Text("tests/Unit/Reports/junit.xsd"))));
        var document = XDocument.Parse(xml);
        var problems = new List<string>();
        document.Validate(schemas, (_, problem) => problems.Add(problem.Message));
        if (problems.Count == 0)
        {
            problems.AddRange(document.Descendants("testsuite").SelectMany(Miscounts).Concat(Miscounts(document.Root!)));
        }

        return problems;
    }

    private static IEnumerable<string> Miscounts(XElement element)
    {
        var cases = element.Descendants("testcase").ToList();
        (string Attribute, int Count)[] counts =
        [
            ("tests", cases.Count),
            ("failures", cases.Count(test => test.Element("failure") is not null)),
            ("errors", cases.Count(test => test.Element("error") is not null)),
            ("skipped", cases.Count(test => test.Element("skipped") is not null)),
        ];
        return counts
            .Where(count => element.Attribute(count.Attribute) is { } attribute && (int)attribute != count.Count)
            .Select(count =>
                $"{element.Name} says {count.Attribute}=\"{element.Attribute(count.Attribute)!.Value}\", and there are {count.Count}");
    }
}
