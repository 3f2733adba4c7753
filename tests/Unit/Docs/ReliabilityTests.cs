using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace EltPs.Tests.Docs;

/// <summary>A promise whose proof was renamed or removed is a promise without one.</summary>
public sealed partial class ReliabilityTests
{
    private static readonly string Page = Path.Combine(
        typeof(ReliabilityTests)
            .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(entry => entry.Key == "RepositoryRoot")
            .Value!,
        "docs",
        "reliability.md");

    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var missing = new List<string>();
        var count = 0;
        foreach (
            var (line, number) in File.ReadLines(Page).Select((line, index) => (line, index + 1)).Where(entry => entry.line.StartsWith('|'))
        )
        {
            Type? type = null;
            foreach (var name in Name().Matches(line.Split('|')[^2]).Select(match => match.Groups["name"].Value))
            {
                count++;
                if (name.Contains('/', StringComparison.Ordinal))
                {
                    type = typeof(ReliabilityTests).Assembly.GetType($"EltPs.Tests.{name.Replace('/', '.')}");
                }

                if (type is null
                    || (
                        !name.Contains('/', StringComparison.Ordinal)
                        && !Tests(type)
                            .Any(test => Regex.IsMatch(test, $"^{Regex.Escape(name).Replace("…", ".*", StringComparison.Ordinal)}$"))))
                {
                    missing.Add($"docs/reliability.md({number}): {name}");
                }
            }
        }

        Assert.Empty(missing);
        Assert.True(count > 50, $"Only {count} names were found: the page has another form than this test reads.");
    }

    [Fact]
    public void Every_promise_names_its_proof()
    {
        var promises = File.ReadLines(Page)
            .Where(line =>
                line.StartsWith('|')
                && !line.StartsWith("| Promise", StringComparison.Ordinal)
                && !line.StartsWith("| ---", StringComparison.Ordinal));

        Assert.All(promises, line => Assert.Matches(Name(), line.Split('|')[^2]));
    }

    private static IEnumerable<string> Tests(Type type) =>
        type.GetMethods()
            .Where(method => method.GetCustomAttribute<FactAttribute>(inherit: true) is not null)
            .Select(method => method.Name);

    // A class as Folder/Class, or a method, which has underscores and whose end may be left out.
    [GeneratedRegex("`(?<name>[A-Za-z]+(?:/[A-Za-z]+)+|[A-Za-z0-9]+_[A-Za-z0-9_…]*)`")]
    private static partial Regex Name();
}
