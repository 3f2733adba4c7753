using System.Collections;
using System.Management.Automation;
using System.Security;

namespace EltPs.Alerts;

/// <summary>Lets -Webhook take references, addresses and secure strings, one or several.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebhookTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => Unwrap(inputData) switch
    {
        null => null,
        string or SecureString or WebhookArgument => new[] { One(Unwrap(inputData)) },
        IEnumerable items => items.Cast<object?>().Select(item => One(Unwrap(item))).ToArray(),
        var other => new[] { One(other) },
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    // The value itself is a secret, and not part of the message.
    private static WebhookArgument One(object? value) => value switch
    {
        WebhookArgument argument => argument,
        SecureString address => new WebhookArgument(address),
        string { Length: > 0 } text => new WebhookArgument(text),
        _ => throw new ArgumentTransformationMetadataException(
                "A webhook is a reference such as 'env:SLACK_WEBHOOK_URL', 'file:PATH' or 'secret:VAULT/NAME', or its address as text or "
                    + "as a secure string."),
    };
}
