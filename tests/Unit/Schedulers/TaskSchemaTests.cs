using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using EltPs.Engine.Schedulers;
using Xunit;

namespace EltPs.Tests.Schedulers;

/// <summary>
/// A task against what the pages of Microsoft's "Task Scheduler Schema" and MS-TSCH, section 2.5, say of the elements that are written.
/// </summary>
public sealed class TaskSchemaTests
{
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"
                   targetNamespace="http://schemas.microsoft.com/windows/2004/02/mit/task" elementFormDefault="qualified">
          <xs:element name="Task">
            <xs:complexType>
              <xs:all>
                <xs:element name="RegistrationInfo"><xs:complexType><xs:all><xs:element name="Description" type="xs:string" minOccurs="0" /></xs:all></xs:complexType></xs:element>
                <xs:element name="Triggers">
                  <xs:complexType>
                    <xs:choice minOccurs="0" maxOccurs="48"><xs:element name="CalendarTrigger" type="trigger" /></xs:choice>
                  </xs:complexType>
                </xs:element>
                <xs:element name="Principals">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:element name="Principal">
                        <xs:complexType>
                          <xs:all>
                            <xs:element name="RunLevel">
                              <xs:simpleType><xs:restriction base="xs:string"><xs:enumeration value="LeastPrivilege" /><xs:enumeration value="HighestAvailable" /></xs:restriction></xs:simpleType>
                            </xs:element>
                          </xs:all>
                          <xs:attribute name="id" type="xs:ID" />
                        </xs:complexType>
                      </xs:element>
                    </xs:sequence>
                  </xs:complexType>
                </xs:element>
                <xs:element name="Settings">
                  <xs:complexType>
                    <xs:all>
                      <xs:element name="MultipleInstancesPolicy">
                        <xs:simpleType>
                          <xs:restriction base="xs:string">
                            <xs:enumeration value="Parallel" /><xs:enumeration value="Queue" /><xs:enumeration value="IgnoreNew" /><xs:enumeration value="StopExisting" />
                          </xs:restriction>
                        </xs:simpleType>
                      </xs:element>
                      <xs:element name="DisallowStartIfOnBatteries" type="xs:boolean" />
                      <xs:element name="StopIfGoingOnBatteries" type="xs:boolean" />
                      <xs:element name="StartWhenAvailable" type="xs:boolean" />
                      <xs:element name="ExecutionTimeLimit" type="xs:duration" />
                    </xs:all>
                  </xs:complexType>
                </xs:element>
                <xs:element name="Actions">
                  <xs:complexType>
                    <xs:sequence>
                      <xs:element name="Exec">
                        <xs:complexType>
                          <xs:all>
                            <xs:element name="Command" type="path" />
                            <xs:element name="Arguments" type="xs:string" minOccurs="0" />
                            <xs:element name="WorkingDirectory" type="path" minOccurs="0" />
                          </xs:all>
                        </xs:complexType>
                      </xs:element>
                    </xs:sequence>
                    <xs:attribute name="Context" type="xs:IDREF" />
                  </xs:complexType>
                </xs:element>
              </xs:all>
              <xs:attribute name="version"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="\d+(\.\d+){1,3}" /></xs:restriction></xs:simpleType></xs:attribute>
            </xs:complexType>
          </xs:element>
          <xs:complexType name="trigger">
            <xs:sequence>
              <xs:element name="Enabled" type="xs:boolean" minOccurs="0" />
              <xs:element name="StartBoundary" type="xs:dateTime" />
              <xs:element name="EndBoundary" type="xs:dateTime" minOccurs="0" />
              <xs:element name="Repetition" minOccurs="0">
                <xs:complexType>
                  <xs:all>
                    <xs:element name="Interval">
                      <xs:simpleType><xs:restriction base="xs:duration"><xs:minInclusive value="PT1M" /><xs:maxInclusive value="P31D" /></xs:restriction></xs:simpleType>
                    </xs:element>
                    <xs:element name="Duration" minOccurs="0">
                      <xs:simpleType><xs:restriction base="xs:duration"><xs:minInclusive value="PT1M" /></xs:restriction></xs:simpleType>
                    </xs:element>
                    <xs:element name="StopAtDurationEnd" type="xs:boolean" minOccurs="0" />
                  </xs:all>
                </xs:complexType>
              </xs:element>
              <xs:choice>
                <xs:element name="ScheduleByDay"><xs:complexType><xs:all><xs:element name="DaysInterval" type="interval" /></xs:all></xs:complexType></xs:element>
                <xs:element name="ScheduleByWeek">
                  <xs:complexType>
                    <xs:all>
                      <xs:element name="WeeksInterval" type="interval" />
                      <xs:element name="DaysOfWeek">
                        <xs:complexType>
                          <xs:all>
                            <xs:element name="Monday" type="nothing" minOccurs="0" /><xs:element name="Tuesday" type="nothing" minOccurs="0" />
                            <xs:element name="Wednesday" type="nothing" minOccurs="0" /><xs:element name="Thursday" type="nothing" minOccurs="0" />
                            <xs:element name="Friday" type="nothing" minOccurs="0" /><xs:element name="Saturday" type="nothing" minOccurs="0" />
                            <xs:element name="Sunday" type="nothing" minOccurs="0" />
                          </xs:all>
                        </xs:complexType>
                      </xs:element>
                    </xs:all>
                  </xs:complexType>
                </xs:element>
                <xs:element name="ScheduleByMonth">
                  <xs:complexType>
                    <xs:all>
                      <xs:element name="DaysOfMonth">
                        <xs:complexType>
                          <xs:sequence>
                            <xs:element name="Day" maxOccurs="32">
                              <xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="[1-9]|[1-2][0-9]|3[0-1]|Last" /></xs:restriction></xs:simpleType>
                            </xs:element>
                          </xs:sequence>
                        </xs:complexType>
                      </xs:element>
                      <xs:element name="Months">
                        <xs:complexType>
                          <xs:all>
                            <xs:element name="January" type="nothing" minOccurs="0" /><xs:element name="February" type="nothing" minOccurs="0" />
                            <xs:element name="March" type="nothing" minOccurs="0" /><xs:element name="April" type="nothing" minOccurs="0" />
                            <xs:element name="May" type="nothing" minOccurs="0" /><xs:element name="June" type="nothing" minOccurs="0" />
                            <xs:element name="July" type="nothing" minOccurs="0" /><xs:element name="August" type="nothing" minOccurs="0" />
                            <xs:element name="September" type="nothing" minOccurs="0" /><xs:element name="October" type="nothing" minOccurs="0" />
                            <xs:element name="November" type="nothing" minOccurs="0" /><xs:element name="December" type="nothing" minOccurs="0" />
                          </xs:all>
                        </xs:complexType>
                      </xs:element>
                    </xs:all>
                  </xs:complexType>
                </xs:element>
              </xs:choice>
            </xs:sequence>
          </xs:complexType>
          <xs:complexType name="nothing" />
          <xs:simpleType name="interval"><xs:restriction base="xs:unsignedInt"><xs:minInclusive value="1" /><xs:maxInclusive value="52" /></xs:restriction></xs:simpleType>
          <xs:simpleType name="path"><xs:restriction base="xs:string"><xs:minLength value="1" /><xs:maxLength value="260" /></xs:restriction></xs:simpleType>
        </xs:schema>
        """;

    public static TheoryData<string> Expressions => NoDueRunIsMissedTests.Expressions;

    [Theory]
    [MemberData(nameof(Expressions))]
    public void A_task_is_valid(string expression)
    {
        foreach (var zone in new[] { "UTC", "Europe/Berlin", "Pacific/Kiritimati" })
        {
            Validate(
                Export.Text(TaskSchedulerXml.Format, Export.Start(expression, zone, name: "]]> -- <&> '\"\u0001\ud800 \U0001F600")));
        }
    }

    [Fact]
    public void The_rules_refuse_what_is_not_in_order()
    {
        var task = XDocument.Parse(Export.Text(TaskSchedulerXml.Format, Export.Start("@daily")));
        var boundary = task.Descendants().Single(element => element.Name.LocalName == "StartBoundary");
        var trigger = boundary.Parent!;
        boundary.Remove();
        trigger.Add(boundary);

        Assert.Throws<XmlSchemaValidationException>(() => Validate(task.ToString()));
    }

    [Fact]
    public void It_is_written_in_the_encoding_that_it_declares()
    {
        var file = Assert.Single(SchedulerFiles.Of(TaskSchedulerXml.Format, Export.Start("@daily", name: "ü")).Files);

        Assert.True(file.IsUtf16);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<!--", file.Text, StringComparison.Ordinal);
        using var bytes = new MemoryStream([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(file.Text)]);
        Assert.Contains("pipeline ü", XDocument.Load(bytes).Root!.Value, StringComparison.Ordinal);
    }

    private static void Validate(string xml)
    {
        var schemas = new XmlSchemaSet();
        using var rules = XmlReader.Create(new StringReader(Schema));
        schemas.Add(null, rules);
        XDocument.Parse(xml).Validate(schemas, (_, problem) => throw problem.Exception);
    }
}
