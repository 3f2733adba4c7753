using System.Globalization;
using System.Security.Cryptography;

namespace EltPs.Engine.Events;

/// <summary>Names runs: <c>20250110T031500Z-4f2a9c</c>, so that they sort by time and can be file names.</summary>
internal static class RunId
{
    /// <summary>A new id.</summary>
    public static string New(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var now = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        return $"{now}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";
    }
}
