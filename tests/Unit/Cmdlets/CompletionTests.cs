using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Cmdlets;

public sealed class CompletionTests : IDisposable
{
    private readonly Job _job = new(("orders", "SELECT 1 AS n"), ("users", "SELECT 1 AS n"));
    private readonly ScriptExecutor _session;

    public CompletionTests() => _session = _job.Session();

    public void Dispose()
    {
        _session.Dispose();
        _job.Dispose();
    }

    [Theory]
    [InlineData("Invoke-EltPipeline job.psd1 -Connection ")]
    [InlineData("Get-EltTable job.psd1 -Connection ")]
    [InlineData("Invoke-EltCtas -Schema a -Table t -Sql 'SELECT 1' -Connection ")]
    [InlineData("Switch-EltTable -Schema a -Table t -Connection ")]
    public void Connection_offers_the_embedded_one_and_the_database_files_of_the_current_folder(string line)
    {
        _job.WriteText("sales.duckdb", "");
        _job.WriteText("two words.duckdb", "");

        Assert.Equal(["duckdb", "sales.duckdb", "'two words.duckdb'"], _session.Complete(line));
        Assert.Equal(["sales.duckdb"], _session.Complete($"{line}sa"));
        Assert.Equal(["'two words.duckdb'"], _session.Complete($"{line}'two"));
    }

    [Fact]
    public void Table_offers_the_tables_of_the_file_that_Config_names()
    {
        Assert.Equal(["analytics.orders", "analytics.users"], _session.Complete("Get-EltTable -Config job.psd1 -Table "));
        Assert.Equal(["analytics.users"], _session.Complete("Get-EltTable job.psd1 -Table us"));
        Assert.Empty(_session.Complete("Get-EltTable -Config missing.psd1 -Tag "));
    }
}
