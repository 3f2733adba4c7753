using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using EltPs.Errors;
using EltPs.Objects;
using EltPs.Tests.Views;
using Xunit;

namespace EltPs.Tests.Objects;

/// <summary>What a cmdlet writes says the same behind each of PowerShell's trips as before it.</summary>
public sealed class TripTests(ViewScreen screen) : IClassFixture<ViewScreen>
{
    private const string Serialized =
        "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_))";

    private const string Exported =
        "$file = [System.IO.Path]::GetTempFileName(); $_ | Export-Clixml $file; Import-Clixml $file; [System.IO.File]::Delete($file)";

    // PSObject: the rows of a query, which have the columns of its SQL.
    private static readonly Type[] NotOfThisModule = [typeof(bool), typeof(FileInfo), typeof(PSObject)];

    /// <summary>The types that cmdlets say they write.</summary>
    public static TheoryData<Type> Types =>
    [
        .. typeof(ErrorTable).Assembly.GetTypes()
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>(inherit: false))
            .SelectMany(attribute => attribute.Type)
            .Select(name => name.Type)
            .Except(NotOfThisModule)
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    public static TheoryData<Type, string> Trips
    {
        get
        {
            string[] trips =
            [
                // Behind -Depth 2 a list of a list would be its text, with a warning that the result is cut.
                "$_ | ConvertTo-Json -WarningAction Stop | ConvertFrom-Json",
                "$_ | ConvertTo-Json -Depth 4 -WarningAction Stop | ConvertFrom-Json",
                "$_ | ConvertTo-Json -Depth 4 -EnumsAsStrings -WarningAction Stop | ConvertFrom-Json",
                Exported,
                Serialized,
                $"{Serialized} | ForEach-Object {{ {Serialized} }}",
                $"{Serialized} | ConvertTo-Json -Depth 4 | ConvertFrom-Json",
            ];
            var data = new TheoryData<Type, string>();
            foreach (var (type, trip) in from type in Types from trip in trips select (type.Data, trip))
            {
                data.Add(type, trip);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Trips))]
    public void A_trip_changes_no_value(Type type, string trip)
    {
        var value = Sample(type);
        var before = Flat(PSObject.AsPSObject(value));

        var after = Flat(Assert.Single(screen.Run($"$input | ForEach-Object {{ {trip} }}", [value])));

        Assert.Equal(before, after);
        Assert.True(before.Count >= 4, $"{type} has no values.");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_row_of_a_table_file_has_readable_cells(Type type)
    {
        var value = Sample(type);

        var row = Assert.Single(screen.Run("$input | ConvertTo-Csv | ConvertFrom-Csv", [value]));

        foreach (var property in type.GetProperties())
        {
            var cell = row.Properties[property.Name].Value as string ?? string.Empty;
            Assert.DoesNotContain("System.", cell, StringComparison.Ordinal);
            Assert.DoesNotContain("EltPs.", cell, StringComparison.Ordinal);
            Assert.Equal(Convert.ToString(property.GetValue(value), CultureInfo.CurrentCulture) ?? string.Empty, cell);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Nothing_of_it_can_be_set(Type type)
    {
        Assert.True(type.IsSubclassOf(typeof(EltObject)), $"{type} is no {nameof(EltObject)}.");
        foreach (var written in Reached(type))
        {
            Assert.Empty(written.GetFields(BindingFlags.Public | BindingFlags.Instance));
            Assert.All(written.GetProperties(), property =>
            {
                Assert.False(property.SetMethod?.IsPublic ?? false, $"{written}.{property.Name}");
                Assert.True(IsPlain(property.PropertyType), $"{written}.{property.Name}");
            });
        }
    }

    [Fact]
    public void Nothing_of_a_run_can_be_set_by_a_script()
    {
        string[] changes =
        [
            "$run.Status = 'Succeeded'", "$run.Tables[0].Status = 'Published'", "$run.Tables[0] = $null", "$run.Tables.Add($null)",
            "$run.Tables.Clear()", "$run.Variables['region'] = 'US'", "$run.Duration = 0",
        ];
        foreach (var change in changes)
        {
            var outcome = screen.Run(
                $"$run = $input | Select-Object -First 1; try {{ {change}; 'changed' }} catch {{ 'refused' }}",
                SampleObjects.Failed);

            Assert.Equal((change, "refused"), (change, outcome[^1].ToString()));
        }
    }

    private static object Sample(Type type) =>
        SampleObjects.OneOfEach.SingleOrDefault(sample => sample.GetType() == type)
        ?? throw new InvalidOperationException($"{type} is written by a cmdlet and has no sample in {nameof(SampleObjects)}.");

    // A value that is the same in every file: text, a number, a truth value, a moment; or a list or a table of those.
    private static bool IsPlain(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var plain
        && (plain == typeof(string) || plain == typeof(long) || plain == typeof(int) || plain == typeof(double) || plain == typeof(bool)
            || plain == typeof(DateTime) || plain == typeof(EltValues) || IsList(plain));

    private static bool IsList(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EltList<>);

    private static IEnumerable<Type> Reached(Type type) => type.GetProperties()
        .Select(property => property.PropertyType)
        .Where(IsList)
        .Select(list => list.GetGenericArguments()[0])
        .Where(item => item != typeof(string))
        .SelectMany(Reached)
        .Append(type);

    private static SortedDictionary<string, string> Flat(PSObject value)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(values, string.Empty, value);
        return values;
    }

    private static void Add(SortedDictionary<string, string> values, string path, object? value)
    {
        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                values.Add(path, "null");
                break;
            case string or bool or int or long or double:
                values.Add(path, $"{Convert.ToString(plain, CultureInfo.InvariantCulture)}");
                break;
            case DateTime moment:
                values.Add(path, moment.ToString("O", CultureInfo.InvariantCulture));
                break;
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    Add(values, $"{path}.{entry.Key}", entry.Value);
                }

                break;
            case IEnumerable items:
                var index = 0;
                foreach (var item in items)
                {
                    Add(values, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), item);
                }

                break;
            default:
                foreach (var property in PSObject.AsPSObject(value!).Properties)
                {
                    Add(values, $"{path}.{property.Name}", property.Value);
                }

                break;
        }
    }
}
