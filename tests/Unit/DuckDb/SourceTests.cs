using System.IO.Compression;
using System.Text;

using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;

using Xunit;

namespace EltPs.Tests.DuckDb;

public sealed class SourceTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("raw data.csv", "i,ts\n1,2025-01-31 23:59:59\n")]
    [InlineData("it's.tsv", "i\tts\n1\t2025-01-31 23:59:59\n")]
    [InlineData("x.json", """[{"i": 1, "ts": "2025-01-31 23:59:59"}]""")]
    [InlineData("x.ndjson", """{"i": 1, "ts": "2025-01-31 23:59:59"}""")]
    [InlineData("x.JSONL", """{"i": 1, "ts": "2025-01-31 23:59:59"}""")]
    public async Task A_file_is_a_table_with_types(string file, string text)
    {
        await using var database = await TestDatabase.OpenAsync("Asia/Seoul", "a 'b' [c] *?"[..(OperatingSystem.IsWindows() ? 9 : 11)]);
        database.Folder.File(file, text);
        await PrepareAsync(database, Source(database, "raw.x", file));
        Assert.Equal("1|TIMESTAMP|2025-01-31 23:59:59", database.Read("SELECT i || '|' || typeof(ts) || '|' || ts FROM raw.x"));
    }

    [Fact]
    public async Task Parquet_and_compressed_files_and_several_by_wildcard_are_read()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Run($"COPY (SELECT 7 AS i) TO '{database.Folder.File("x.parquet")}' (FORMAT parquet)");
        await using (var compressed = new GZipStream(File.Create(database.Folder.File("x.csv.gz")), CompressionLevel.Fastest))
        {
            await compressed.WriteAsync("i\n8\n"u8.ToArray(), Token);
        }

        database.Folder.File("parts/1.csv", "i\n1\n");
        database.Folder.File("parts/2.csv", "i\n2\n");
        await PrepareAsync(
            database,
            Source(database, "raw.p", "x.parquet"),
            Source(database, "raw.z", "x.csv.gz"),
            Source(database, "raw.parts", "parts/*.csv"));
        Assert.Equal(
            "7 8 3",
            database.Read("SELECT concat_ws(' ', (SELECT i FROM raw.p), (SELECT i FROM raw.z), (SELECT sum(i) FROM raw.parts))"));
    }

    [Fact]
    public async Task The_first_line_is_the_header_also_where_all_is_text_or_there_is_no_row()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Folder.File("text.csv", "name,channel\nAda,Google\n");
        database.Folder.File("empty.csv", "name,channel\n");
        await PrepareAsync(database, Source(database, "raw.text", "text.csv"), Source(database, "raw.empty", "empty.csv"));
        Assert.Equal("Ada", database.Read("SELECT name FROM raw.text"));
        Assert.Equal(0L, database.Read("SELECT count(channel) FROM raw.empty"));
    }

    [Fact]
    public async Task A_view_is_written_once_and_again_when_its_text_or_its_files_columns_changed()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Folder.File("x.csv", "i\n1\n");
        database.Folder.File("y.csv", "i\n2\n");
        await PrepareAsync(database, Source(database, "raw.x", "x.csv"));
        database.Trace.Clear();

        await PrepareAsync(database, Source(database, "raw.x", "x.csv"));
        Assert.DoesNotContain(database.Trace.Statements, statement => statement.Contains("CREATE", StringComparison.Ordinal));

        await PrepareAsync(database, Source(database, "raw.x", "y.csv"));
        Assert.Equal(2L, Convert.ToInt64(database.Read("SELECT i FROM raw.x"), System.Globalization.CultureInfo.InvariantCulture));

        database.Folder.File("y.csv", "name,j\nAda,5\n");
        await PrepareAsync(database, Source(database, "raw.x", "y.csv"));
        Assert.Equal("Ada", database.Read("SELECT name FROM raw.x"));
    }

    [Fact]
    public async Task All_missing_files_are_named_in_one_error()
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Folder.File("there.csv", "i\n1\n");
        var failure = await Assert.ThrowsAsync<EltException>(() =>
            PrepareAsync(
                database,
                Source(database, "raw.a", "a.csv", 3),
                Source(database, "raw.there", "there.csv"),
                Source(database, "raw.b", "b/*.csv", 5)));

        Assert.Equal(EltErrorKind.SourceMissing, failure.Kind);
        Assert.Contains("p.psd1(3,9): source raw.a", failure.Message, StringComparison.Ordinal);
        Assert.Contains("p.psd1(5,9): source raw.b", failure.Message, StringComparison.Ordinal);
        Assert.Contains(database.Folder.File("a.csv"), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("raw.there", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0L, database.Read("SELECT count(*) FROM duckdb_views() WHERE NOT internal"));
    }

    [Theory]
    [InlineData("CREATE TABLE raw.x(i INTEGER)")]
    [InlineData("CREATE VIEW raw.x AS SELECT 5 AS i")]
    public async Task What_somebody_else_made_under_the_name_is_not_touched(string sql)
    {
        await using var database = await TestDatabase.OpenAsync();
        database.Run($"CREATE SCHEMA raw; {sql}");
        database.Folder.File("x.csv", "i\n1\n");
        var failure = await Assert.ThrowsAsync<EltException>(() => PrepareAsync(database, Source(database, "raw.x", "x.csv")));
        Assert.Equal(EltErrorKind.SourceTaken, failure.Kind);
        Assert.Contains("p.psd1(3,9)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_an_error_that_names_the_source_and_writes_no_view()
    {
        await using var database = await TestDatabase.OpenAsync();
        await File.WriteAllBytesAsync(database.Folder.File("x.parquet"), Encoding.UTF8.GetBytes("no parquet at all"), Token);
        var failure = await Assert.ThrowsAsync<EltException>(() => PrepareAsync(database, Source(database, "raw.x", "x.parquet")));
        Assert.Equal(EltErrorKind.SourceMissing, failure.Kind);
        Assert.Contains("p.psd1(3,9): source raw.x", failure.Message, StringComparison.Ordinal);
        Assert.Null(await database.FindAsync("raw.x"));
        await database.AssertNoOpenTransactionAsync();
    }

    [Theory]
    [InlineData("x.csv", true)]
    [InlineData("x.csv.gz", true)]
    [InlineData("d/*.PARQUET", true)]
    [InlineData("x.parquet.gz", false)]
    [InlineData("x.xlsx", false)]
    [InlineData("x", false)]
    [InlineData("https://example.com/x.csv", false)]
    [InlineData("s3://bucket/x.parquet", false)]
    public void A_path_is_judged_by_its_extension_without_opening_anything(string path, bool isValid)
    {
        var source = new SourceDefinition(TestDatabase.Name("raw.x"), path, Path.GetTempPath(), new SourceLocation("p.psd1", 1, 1));
        Assert.Equal(isValid, TestDatabase.Provider.Validate(source) is null);
    }

    private static Task PrepareAsync(TestDatabase database, params SourceDefinition[] sources) =>
        database.Warehouse.PrepareSourcesAsync(sources, database.Scope, Token);

    private static SourceDefinition Source(TestDatabase database, string name, string path, int line = 3) =>
        new(TestDatabase.Name(name), path, database.Folder.Path, new SourceLocation("p.psd1", line, 9));
}
