using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;
using EltPs.Tests.Support;
using EltPs.Warehouses.Secrets;
using EltPs.Warehouses.Snowflake;
using Xunit;

namespace EltPs.Tests.Connections;

public sealed class SecretReaderTests : IDisposable
{
    private const string What = "Connection 'prod', Token";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_environment_variable_is_read_when_it_is_needed()
    {
        var name = $"ELTPS_TEST_{Guid.NewGuid():N}";
        Environment.SetEnvironmentVariable(name, "first");
        Assert.Equal("first", await ReadAsync($"env:{name}"));

        Environment.SetEnvironmentVariable(name, "second");
        Assert.Equal("second", await ReadAsync($"env:{name}"));

        Environment.SetEnvironmentVariable(name, null);
        Assert.StartsWith(
            $"{What}: env:{name}: there is no such environment variable",
            await RefusalAsync($"env:{name}"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("abc\n", "abc")]
    [InlineData("\ufeffabc\r\n", "abc")]
    [InlineData("a\nb\n", "a\nb")]
    [InlineData(" abc ", " abc ")]
    public async Task A_file_is_read_without_the_line_break_at_its_end(string content, string expected)
    {
        _folder.File("sub/secret.txt", content);

        Assert.Equal(expected, await ReadAsync("file:sub/secret.txt"));
        Assert.Equal(expected, await ReadAsync($"file:{_folder.File("sub/secret.txt")}"));
    }

    [Fact]
    public async Task A_file_that_is_missing_empty_too_large_or_a_folder_is_named_and_never_quoted()
    {
        _folder.File("empty", "\n");
        _folder.File("large", new string('x', 70_000));

        Assert.Contains("file:none: there is no such file", await RefusalAsync("file:none"), StringComparison.Ordinal);
        Assert.Contains("file:empty: it is empty", await RefusalAsync("file:empty"), StringComparison.Ordinal);
        var large = await RefusalAsync("file:large");
        Assert.Contains("more than 64 KB", large, StringComparison.Ordinal);
        Assert.DoesNotContain("xxx", large, StringComparison.Ordinal);
        Assert.Contains("file:.: the file cannot be read", await RefusalAsync("file:."), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("my.conn", "password")]
    [InlineData("with#sign", "PRIVATE_KEY_FILE_PWD")]
    public async Task A_value_of_connections_toml_is_read_again_at_that_moment(string name, string key)
    {
        var path = _folder.File("connections.toml");
        Write(path, $"[\"{name}\"]\n{key} = \"one\"\n");
        var reference = ConnectionsToml.Reference(path, name, key);
        Assert.Equal("one", await ReadAsync(reference));

        Write(path, $"[\"{name}\"]\n{key} = \"two\"\n");
        Assert.Equal("two", await ReadAsync(reference));

        Write(path, $"[\"{name}\"]\nother = 1\n");
        Assert.Contains("no such value any more", await RefusalAsync(reference), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_vault_is_asked_for_a_name_in_a_vault_or_in_the_default_one()
    {
        var reader = new SecretReader(new Vault());

        Assert.Equal("Store|a/b", await ReadAsync("secret:Store/a/b", reader));
        Assert.Equal("|name", await ReadAsync("secret:name", reader));
        Assert.Equal($"{What}: secret:none: no such secret.", await RefusalAsync("secret:none", reader));
        Assert.Contains("use env:NAME or file:PATH", await RefusalAsync("secret:name"), StringComparison.Ordinal);
    }

    private static void Write(string path, string text)
    {
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task<string> ReadAsync(string text, ISecretReader? reader = null)
    {
        Assert.True(SecretReference.TryParse(text, out var reference));
        return await (reader ?? new ConnectionSecrets(new SecretReader(null))).ReadAsync(reference, What, _folder.Path, TestContext.Current.CancellationToken);
    }

    private async Task<string> RefusalAsync(string text, ISecretReader? reader = null)
    {
        var refusal = await Assert.ThrowsAsync<EltException>(() => ReadAsync(text, reader));
        Assert.Equal(EltErrorKind.SecretMissing, refusal.Kind);
        return refusal.Message;
    }

    private sealed class Vault : ISecretVault
    {
        public Task<string> ReadAsync(string? vault, string name, CancellationToken cancellationToken) => name == "none"
            ? throw new EltException(EltErrorKind.SecretMissing, "no such secret.")
            : Task.FromResult($"{vault}|{name}");
    }
}
