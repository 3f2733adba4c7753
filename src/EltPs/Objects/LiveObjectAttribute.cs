using System.Management.Automation;

namespace EltPs.Objects;

/// <summary>
/// Says clearly why a cmdlet cannot take an object that came out of a file, a job or another session: that is a picture of it
/// without its connection, and nothing vouches for it. Any other value is left to PowerShell.
/// </summary>
/// <param name="cmdlet">The cmdlet that makes the object.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LiveObjectAttribute(string cmdlet) : ArgumentTransformationAttribute
{
    private const string Prefix = "Deserialized.EltPs.";

    /// <summary>Whether a value is the picture of an object of this module.</summary>
    public static bool IsPicture(object? value) =>
        value is PSObject wrapped && wrapped.TypeNames.Count > 0 && wrapped.TypeNames[0].StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>What to say of the picture of an object.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="cmdlet">The cmdlet that makes the object.</param>
    public static string Describe(object picture, string cmdlet) =>
        $"'{picture}' came out of a file, a job or another session, so it has no connection, and nothing vouches for its checks. Run "
            + $"{cmdlet} and the cmdlets behind it in this session.";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => IsPicture(inputData)
        ? throw new ArgumentTransformationMetadataException(Describe(inputData, cmdlet))
        : inputData;
}
