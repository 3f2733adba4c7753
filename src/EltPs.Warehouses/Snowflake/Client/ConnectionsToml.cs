using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;
using Tomlyn;
using Tomlyn.Model;

namespace EltPs.Warehouses.Snowflake;

/// <summary>Snowflake's own file of connections.</summary>
/// <remarks>
/// Source: Snowflake documentation, "Configuring Snowflake CLI" (where the file is) and "Connecting to Snowflake with the Python Connector"
/// (one table a connection). What is in the file never gets into a message.
/// </remarks>
internal static class ConnectionsToml
{
    private const string FileName = "connections.toml";
    private const int LargestFile = 1024 * 1024;
    private const UnixFileMode WrittenByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Where the file is, or would be.</summary>
    public static string Locate()
    {
        if (Environment.GetEnvironmentVariable("SNOWFLAKE_HOME") is { Length: > 0 } set)
        {
            return Path.Combine(LocalPath.Expand(set, Directory.GetCurrentDirectory()), FileName);
        }

        var folder = Path.Combine(LocalPath.Home, ".snowflake");
        if (!Directory.Exists(folder))
        {
            var kind = OperatingSystem.IsLinux()
                ? Environment.SpecialFolder.ApplicationData
                : Environment.SpecialFolder.LocalApplicationData;
            folder = Path.Combine(Environment.GetFolderPath(kind, Environment.SpecialFolderOption.DoNotVerify), "snowflake");
        }

        return Path.Combine(folder, FileName);
    }

    /// <summary>Reads the file; no connections if there is no such file.</summary>
    /// <exception cref="EltException"><see cref="EltErrorKind.InvalidConnection"/>: others could have written it, or it is no
    /// TOML.</exception>
    public static IReadOnlyList<TomlConnection> Read(string path)
    {
        if (ReadText(path) is not { } text)
        {
            return [];
        }

        var root = Parse(path, text);
        return
        [
            .. root
                .Where(entry => entry.Value is TomlTable)
                .Select(entry => new TomlConnection(entry.Key, Values((TomlTable)entry.Value))),
        ];
    }

    /// <summary>The reference to a value of the file.</summary>
    public static string Reference(string path, string name, string key) =>
        new SecretReference(SecretKind.ConnectionsToml, $"{path}#{name}.{key}").ToString();

    /// <summary>Takes a reference's place apart: <c>PATH#name.key</c>. A name may have dots and number signs, a key has none.</summary>
    public static bool TryParseReference(
        string place, [NotNullWhen(true)] out string? path, [NotNullWhen(true)] out string? name, [NotNullWhen(true)] out string? key)
    {
        (path, name, key) = (null, null, null);
        var sign = place.IndexOf($"{FileName}#", StringComparison.Ordinal) is >= 0 and var found
            ? found + FileName.Length
            : place.IndexOf('#', StringComparison.Ordinal);
        var dot = place.LastIndexOf('.');
        if (sign <= 0 || dot <= sign + 1 || dot == place.Length - 1)
        {
            return false;
        }

        (path, name, key) = (place[..sign], place[(sign + 1)..dot], place[(dot + 1)..]);
        return true;
    }

    private static string? ReadText(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

            // Asked of the open file: that is the one behind a symbolic link, and nobody can put another in its place in between.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & WrittenByOthers) != 0)
            {
                throw Unusable(
                    path,
                    $"other users may write it, so it could name any server. Take that right away: chmod go-w {Quote(Target(path))}");
            }

            using var reader = new StreamReader(file, Encoding.UTF8);
            var buffer = new char[LargestFile + 1];
            var length = reader.ReadBlock(buffer);
            return length > LargestFile ? throw Unusable(path, $"it has more than {LargestFile / 1024} KB") : new string(buffer, 0, length);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Unusable(path, failure.Message.TrimEnd('.'));
        }
    }

    private static TomlTable Parse(string path, string text)
    {
        try
        {
            return TomlSerializer.Deserialize<TomlTable>(text) ?? new TomlTable();
        }
        catch (TomlException failure)
        {
            // Neither its message nor the exception itself: they quote the text, which may be a secret.
            throw Unusable($"{path}({failure.Line},{failure.Column})", "this is no TOML; correct it there");
        }
    }

    private static Dictionary<string, string> Values(TomlTable table)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in table)
        {
            var text = value switch
            {
                string written => written,
                bool flag => flag ? "true" : "false",
                long or int or double => Convert.ToString(value, CultureInfo.InvariantCulture),
                _ => null,
            };
            if (!string.IsNullOrWhiteSpace(text))
            {
                values[key] = text;
            }
        }

        return values;
    }

    private static string Target(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    private static string Quote(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '_' or '-')
            ? path
            : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    private static EltException Unusable(string where, string why) =>
        new(EltErrorKind.InvalidConnection, $"{where} cannot be used: {why}.");
}
