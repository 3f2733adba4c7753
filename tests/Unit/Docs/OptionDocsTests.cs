using System.Reflection;
using EltPs.Engine.Definitions;
using EltPs.Engine.Warehouses;
using EltPs.Warehouses;
using Xunit;

namespace EltPs.Tests.Docs;

/// <summary>
/// What documentation says of the options of tables is made of their declarations. With <c>ELTPS_APPROVE=1</c> these tests write it.
/// </summary>
public sealed class OptionDocsTests
{
    private const string Page = "docs/pipeline-file.md";
    private const string Topic = "src/EltPs/help/en-US/about_EltPs_Pipeline_File.help.txt";

    private static readonly string Root = typeof(OptionDocsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(entry => entry.Key == "RepositoryRoot").Value!;

    private static readonly IReadOnlyList<TableOption> Options = new WarehouseRegistry().TableOptions();

    [Fact]
    public void The_table_of_a_tables_keys_has_a_row_for_each_option() =>
        Matches(Page, behind: "| `SqlFile` | ", before: "| `Tags` | A text or a list of texts, besides", Options.Select(OptionText.Row));

    [Fact]
    public void The_table_of_a_files_keys_names_those_that_hold_for_all_tables() =>
        Matches(Page, behind: "| `Variables` | ", before: "| `Tables` | ", [OptionText.FileRow(Options)]);

    [Fact]
    public void The_help_explains_the_options_of_a_table() => Matches(
        Topic,
        behind: "      pipeline file's folder.",
        before: "    Tags\n      A text or a list of texts, besides",
        Options.Where(option => !option.IsForFile).Select(OptionText.Entry).Prepend(string.Empty));

    [Fact]
    public void The_help_explains_the_options_that_a_file_may_have_too() => Matches(
        Topic,
        behind: "  KEYS OF A TABLE, OR OF THE FILE FOR ALL TABLES",
        before: "  NAMES\n",
        Options.Where(option => option.IsForFile).Select(OptionText.Entry));

    // What stands between the line that begins with one text and another text.
    private static void Matches(string file, string behind, string before, IEnumerable<string> lines)
    {
        var path = Path.Combine(Root, file);
        var text = File.ReadAllText(path);
        var start = text.IndexOf('\n', text.IndexOf($"\n{behind}", StringComparison.Ordinal) + 1) + 1;
        var end = text.IndexOf(before, start, StringComparison.Ordinal);
        var expected = string.Concat(lines.Select(line => $"{line}\n"));
        if (Environment.GetEnvironmentVariable("ELTPS_APPROVE") == "1")
        {
            File.WriteAllText(path, string.Concat(text.AsSpan(0, start), expected, text.AsSpan(end)));
            return;
        }

        Assert.Equal(expected, text[start..end]);
    }
}
