using EltPs.Connections;

namespace EltPs.Views;

/// <summary>What a connection answered: a line for each thing that it has.</summary>
internal static class ConnectionView
{
    private static readonly string[] Names =
    [
        nameof(ConnectionTestResult.Name),
        nameof(ConnectionTestResult.Type),
        nameof(ConnectionTestResult.Account),
        nameof(ConnectionTestResult.User),
        nameof(ConnectionTestResult.Role),
        nameof(ConnectionTestResult.Warehouse),
        nameof(ConnectionTestResult.Database),
        nameof(ConnectionTestResult.Schema),
        nameof(ConnectionTestResult.Version),
        nameof(ConnectionTestResult.SignIn),
        nameof(ConnectionTestResult.Latency),
    ];

    public static IEnumerable<string> Tested(ViewedObject test, Screen screen)
    {
        var width = Names.Max(name => name.Length);
        var indent = new string(' ', width + 3);
        var lines = Names
            .Select(name => (name, value: test.Seconds(name) ?? test.Text(name)))
            .Where(line => line.value is not null)
            .SelectMany(line => ViewText.Wrap(line.value!, screen, $"{line.name.PadRight(width)} : ", indent));
        return lines.Append(string.Empty);
    }
}
