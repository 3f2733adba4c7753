using System.Security.Cryptography;

namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>What tells one public key from another.</summary>
internal static class PublicKeyFingerprint
{
    /// <summary>
    /// As DESC USER shows it in RSA_PUBLIC_KEY_FP: <c>SHA256:</c> and the Base64 of the hash over the DER SubjectPublicKeyInfo.
    /// </summary>
    /// <remarks>Snowflake: "Key-pair authentication and key-pair rotation".</remarks>
    public static string Of(RSA key) => "SHA256:" + Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
}
