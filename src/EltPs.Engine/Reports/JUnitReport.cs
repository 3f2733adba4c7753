using System.Globalization;
using System.Text;
using System.Xml;

namespace EltPs.Engine.Reports;

/// <summary>Writes a report as the JUnit XML that Jenkins shows: a suite for each run, a case for each table and each check.</summary>
/// <remarks>
/// Elements, attributes and the form of times are those of <c>junit-10.xsd</c> of the Jenkins xUnit plugin, which the JUnit plugin, GitLab
/// and others read too.
/// </remarks>
internal static class JUnitReport
{
    private static readonly XmlWriterSettings Layout = new()
    {
        Indent = true,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>Writes it, a suite at a time.</summary>
    /// <exception cref="IOException">The stream cannot be written.</exception>
    public static void Write(RunReport report, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(stream);
        using (var xml = XmlWriter.Create(stream, Layout))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteAttributeString("name", "EltPs");
            WriteTotals(xml, report);
            foreach (var suite in JUnitSuite.Of(report))
            {
                Write(xml, suite);
            }

            xml.WriteEndElement();
        }

        stream.WriteByte((byte)'\n');
    }

    // They stand before the suites, which are made a second time rather than kept.
    private static void WriteTotals(XmlWriter xml, RunReport report)
    {
        var (tests, failures, errors, time) = (0, 0, 0, TimeSpan.Zero);
        foreach (var suite in JUnitSuite.Of(report))
        {
            tests += suite.Cases.Count;
            failures += suite.Count(JUnitOutcome.Failure);
            errors += suite.Count(JUnitOutcome.Error);
            time += suite.Time;
        }

        Write(xml, "tests", tests);
        Write(xml, "failures", failures);
        Write(xml, "errors", errors);
        xml.WriteAttributeString("time", Seconds(time));
    }

    private static void Write(XmlWriter xml, JUnitSuite suite)
    {
        xml.WriteStartElement("testsuite");
        Write(xml, "name", suite.Name);
        Write(xml, "id", suite.Id);
        Write(xml, "tests", suite.Cases.Count);
        Write(xml, "failures", suite.Count(JUnitOutcome.Failure));
        Write(xml, "errors", suite.Count(JUnitOutcome.Error));
        Write(xml, "skipped", suite.Count(JUnitOutcome.Skipped));
        xml.WriteAttributeString("time", Seconds(suite.Time));
        xml.WriteAttributeString("timestamp", suite.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Write(xml, "hostname", suite.Host);
        Write(xml, "file", suite.File);
        WriteProperties(xml, suite);
        foreach (var test in suite.Cases)
        {
            Write(xml, test);
        }

        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, JUnitSuite suite)
    {
        if (suite.Properties.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("properties");
        foreach (var (name, value) in suite.Properties.Where(property => property.Value is not null))
        {
            xml.WriteStartElement("property");
            Write(xml, "name", name);
            Write(xml, "value", value);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, JUnitCase test)
    {
        xml.WriteStartElement("testcase");
        Write(xml, "name", test.Name);
        Write(xml, "classname", test.ClassName);
        xml.WriteAttributeString("time", Seconds(test.Time));
        if (test.Outcome != JUnitOutcome.Passed)
        {
            xml.WriteStartElement(test.Outcome.ToString().ToLowerInvariant());
            Write(xml, "message", test.Message);
            Write(xml, "type", test.Type);
            if (test.Text.Length > 0)
            {
                xml.WriteString(XmlText.Of(test.Text));
            }

            xml.WriteEndElement();
        }

        if (test.Output is { } output)
        {
            xml.WriteElementString("system-out", XmlText.Of(output));
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, string name, string? value)
    {
        if (value is not null)
        {
            xml.WriteAttributeString(name, XmlText.Of(value));
        }
    }

    private static void Write(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));

    // The schema has three decimals at most, and no sign.
    private static string Seconds(TimeSpan time) => Math.Max(0, time.TotalSeconds).ToString("0.000", CultureInfo.InvariantCulture);
}
