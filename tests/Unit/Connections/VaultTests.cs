using EltPs.Engine.Errors;
using EltPs.Secrets;
using EltPs.Tests.Support;
using Xunit;

namespace EltPs.Tests.Connections;

/// <summary>A stand-in for SecretManagement: a module of its name, found and called as the real one is.</summary>
[Collection(Alone.Name)]
public sealed class VaultTests : IDisposable
{
    private readonly TemporaryFolder _modules = new();
    private readonly ProcessEnvironment _environment = new();

    public void Dispose()
    {
        _environment.Dispose();
        _modules.Dispose();
    }

    [Fact]
    public async Task Get_Secret_is_asked_for_plain_text()
    {
        Install();

        Assert.Equal("Store/name as text", await ReadAsync("Store", "name"));
        Assert.Equal("/name as text", await ReadAsync(null, "name"));
    }

    [Theory]
    [InlineData("missing", "The secret missing was not found.")]
    [InlineData("nothing", "Get-SecretInfo lists")]
    [InlineData("table", "this is no text")]
    public async Task What_is_no_text_in_the_vault_is_told(string name, string message)
    {
        Install();

        var refusal = await Assert.ThrowsAsync<EltException>(() => ReadAsync(null, name));

        Assert.Equal(EltErrorKind.SecretMissing, refusal.Kind);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_SecretManagement_is_not_installed_the_error_says_in_one_line_how_to_add_it()
    {
        _environment.Set("PSModulePath", _modules.Path);

        var refusal = await Assert.ThrowsAsync<EltException>(() => ReadAsync("Store", "name"));

        Assert.Equal(
            "PowerShell's SecretManagement is not installed; add it and a vault: Install-PSResource Microsoft.PowerShell.SecretManagement, "
                + "Microsoft.PowerShell.SecretStore.",
            refusal.Message);
    }

    [Fact]
    public async Task A_vault_that_does_not_answer_can_be_stopped()
    {
        Install();
        using var stop = new CancellationTokenSource();
        var begun = _modules.File("begun");
        using var watcher = new FileSystemWatcher(_modules.Path, "begun");
        watcher.Created += (_, _) => stop.Cancel();
        watcher.EnableRaisingEvents = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new SecretManagementVault().ReadAsync(begun, "forever", stop.Token));
    }

    private static Task<string> ReadAsync(string? vault, string name) =>
        new SecretManagementVault().ReadAsync(vault, name, TestContext.Current.CancellationToken);

    private void Install()
    {
        _environment.Set("PSModulePath", _modules.Path);
        const string Name = "Microsoft.PowerShell.SecretManagement";
        _modules.File(
            $"{Name}/{Name}.psm1",
            """
            function Get-Secret {
                param([string] $Name, [string] $Vault, [switch] $AsPlainText)
                switch ($Name) {
                    'missing' { throw "The secret $Name was not found." }
                    'nothing' { return }
                    'table' { return @{ password = 'hunter2' } }
                    'forever' { [System.IO.File]::WriteAllText($Vault, ''); while ($true) { [System.Threading.Thread]::Sleep(10) } }
                    default { "$Vault/$Name as $(if ($AsPlainText) { 'text' })" }
                }
            }
            """);
    }
}
