using System.Collections;
using System.Runtime.CompilerServices;

namespace EltPs.Tests.Support;

/// <summary>
/// Keeps the connections and the channel of whoever runs the tests out of them, in this process and in those that it starts.
/// </summary>
internal static class NoConnectionsOfThisMachine
{
    [ModuleInitializer]
    internal static void Hide()
    {
        Environment.SetEnvironmentVariable("SLACK_WEBHOOK_URL", null);
        var nowhere = Path.Combine(Path.GetTempPath(), "eltps-tests-nowhere");
        Environment.SetEnvironmentVariable("SNOWFLAKE_HOME", nowhere);
        Environment.SetEnvironmentVariable("ELTPS_STATE", null);
        if (!OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("XDG_CONFIG_HOME", nowhere);
        }

        foreach (var name in Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key))
        {
            if (name.StartsWith("SNOWFLAKE_CONNECTIONS_", StringComparison.OrdinalIgnoreCase))
            {
                Environment.SetEnvironmentVariable(name, null);
            }
        }
    }
}
