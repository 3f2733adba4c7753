using System.Globalization;
using System.Text.RegularExpressions;
using EltPs.Tests.Host;
using Xunit;

namespace EltPs.Tests.House;

/// <summary>No line of the sources is longer than <c>.editorconfig</c> says; the compiler and dotnet format do not look at it.</summary>
public sealed partial class LineLengthTests
{
    [Fact]
    public void No_line_of_the_sources_is_too_long()
    {
        var most = int.Parse(
            MaximumLength().Match(File.ReadAllText(Path.Combine(EltProcess.RepositoryRoot, ".editorconfig"))).Groups[1].Value,
            CultureInfo.InvariantCulture);
        var files = Directory.EnumerateFiles(Path.Combine(EltProcess.RepositoryRoot, "src"), "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(EltProcess.RepositoryRoot, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        Assert.NotEmpty(files);

        var tooLong = files.SelectMany(file => File.ReadLines(Path.Combine(EltProcess.RepositoryRoot, file))
            .Select((line, index) => (Place: $"{file}({index + 1})", Line: line))
            .Where(entry => entry.Line.Length > most && Characters(entry.Line) > most)
            .Select(entry => $"{entry.Place}: {Characters(entry.Line)} characters")).ToList();

        Assert.True(tooLong.Count == 0, $"More than {most} characters:\n{string.Join('\n', tooLong)}");
    }

    // As a reader counts them: neither bytes nor halves of a surrogate pair.
    private static int Characters(string line) => new StringInfo(line).LengthInTextElements;

    [GeneratedRegex(@"^max_line_length = (\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex MaximumLength();
}
