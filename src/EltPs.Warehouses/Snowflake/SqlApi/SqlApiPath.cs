namespace EltPs.Warehouses.Snowflake.SqlApi;

/// <summary>The paths of the SQL API ("Snowflake SQL API reference", operations).</summary>
internal static class SqlApiPath
{
    /// <summary>Where statements are submitted.</summary>
    /// <param name="requestId">The request's id.</param>
    /// <param name="isRetry">Whether it may have arrived before: then Snowflake runs it only if it did not succeed.</param>
    public static string Submit(Guid requestId, bool isRetry) =>
        $"api/v2/statements?requestId={requestId}{(isRetry ? "&retry=true" : string.Empty)}";

    /// <summary>Where a statement's state and its first rows are.</summary>
    public static string Status(string handle) => $"api/v2/statements/{Uri.EscapeDataString(handle)}";

    /// <summary>Where later rows are.</summary>
    public static string Partition(string handle, int partition) => $"{Status(handle)}?partition={partition}";

    /// <summary>Where a statement is cancelled.</summary>
    public static string Cancel(string handle) => $"{Status(handle)}/cancel";
}
