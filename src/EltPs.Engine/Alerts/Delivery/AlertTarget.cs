using EltPs.Engine.Definitions;
using EltPs.Engine.Errors;
using EltPs.Engine.Secrets;

namespace EltPs.Engine.Alerts;

/// <summary>Where a message goes: a reference to an address, or the address itself.</summary>
/// <remarks>A message to an address without a reference cannot wait: an outbox never holds an address.</remarks>
internal sealed class AlertTarget
{
    private readonly string? _address;
    private readonly string _shown;

    private AlertTarget(SecretReference? reference, string baseFolder, string? address, string shown)
    {
        Reference = reference;
        BaseFolder = baseFolder;
        _address = address;
        _shown = shown;
    }

    /// <summary>Where the address is; null if it was given itself.</summary>
    internal SecretReference? Reference { get; }

    /// <summary>The folder that a relative path of the reference starts from.</summary>
    internal string BaseFolder { get; }

    /// <summary>The targets that a message of a channel goes to from here.</summary>
    /// <remarks>
    /// A variable that is not set is warned of elsewhere: a developer's machine keeps no messages that another machine would send one day.
    /// </remarks>
    internal static AlertTarget[] Of(ChannelSettings settings, AlertContext context) =>
    [
        .. settings
            .Targets.Where(target =>
                target.Kind != SecretKind.Environment || !string.IsNullOrWhiteSpace(context.Variable(target.Place)))
            .Select(target => Of(target, settings.BaseFolder)),
    ];

    /// <summary>A target by reference.</summary>
    public static AlertTarget Of(SecretReference reference, string baseFolder)
    {
        ArgumentNullException.ThrowIfNull(reference);
        return new AlertTarget(reference, baseFolder, null, reference.ToString());
    }

    /// <summary>A target by its address.</summary>
    public static AlertTarget Of(WebhookAddress webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return new AlertTarget(null, string.Empty, webhook.Address.AbsoluteUri, webhook.ToString());
    }

    /// <summary>The reference, or as much of the address as may be shown.</summary>
    public override string ToString() => _shown;

    /// <summary>Reads the address.</summary>
    /// <returns>The address, or why there is no usable one, in words that do not show it.</returns>
    internal async Task<(string? Address, string? Problem)> ReadAsync(
        IAlertChannel channel, ISecretReader secrets, CancellationToken cancellationToken)
    {
        var what = $"{channel.Keys.Channel} {channel.Keys.Target.ToLowerInvariant()}";
        try
        {
            var address = _address ?? await secrets.ReadAsync(Reference!, what, BaseFolder, cancellationToken);
            return channel.FindProblem(address) is { } problem ? (null, $"{what}: {this}: {problem}") : (address, null);
        }
        catch (EltException missing)
        {
            return (null, missing.Message.TrimEnd('.'));
        }
    }
}
