using System.Data.Common;
using System.Reflection;

using EltPs.Engine.Errors;

namespace EltPs.Warehouses.Snowflake.Driver;

/// <summary>Finds and loads the ADO.NET driver, which is not part of the module: somebody has put it into a folder.</summary>
internal static class SnowflakeDriver
{
    private const string AssemblyFile = "Snowflake.Data.dll";
    private const string FactoryType = "Snowflake.Data.Client.SnowflakeDbFactory";

    private static readonly Lock Gate = new();

    // One for the process and folder: a second copy would have a second set of static state, and is never unloaded.
    private static readonly Dictionary<string, DbProviderFactory> Loaded = new(StringComparer.Ordinal);

    /// <summary>Loads the driver, once for the process.</summary>
    /// <param name="connection">The connection's name, for messages.</param>
    /// <param name="folder">The driver's folder.</param>
    /// <exception cref="EltException"><see cref="EltErrorKind.DriverMissing"/>: it is not there or cannot be loaded; the message says how
    /// to add it.</exception>
    public static DbProviderFactory Load(string connection, string folder)
    {
        var assembly = Path.GetFullPath(Path.Combine(folder, AssemblyFile));
        lock (Gate)
        {
            if (Loaded.TryGetValue(assembly, out var factory))
            {
                return factory;
            }

            // Not remembered: who adds it may go on in the same session.
            if (!File.Exists(assembly))
            {
                throw Missing(connection, folder);
            }

            DriverEnvironment.Quieten();
            try
            {
                return Loaded[assembly] = FindFactory(new DriverLoadContext(assembly).LoadFromAssemblyPath(assembly));
            }
            catch (Exception exception)
                when (exception
                        is IOException
                            or BadImageFormatException
                            or TypeLoadException
                            or TargetInvocationException
                            or InvalidCastException)
            {
                throw new EltException(
                    EltErrorKind.DriverMissing,
                    $"The driver in {folder} cannot be used: {exception.GetBaseException().Message} Run ./build.ps1 SnowflakeDriver again, "
                        + "or put Snowflake.Data "
                    + "for this version of .NET with all its dependencies there.",
                    exception);
            }
        }
    }

    private static DbProviderFactory FindFactory(Assembly assembly)
    {
        var type = assembly.GetType(FactoryType, throwOnError: true)!;
        // Documented for every provider: DbProviderFactories asks for a public static field of this name; some drivers have a property.
        var instance = type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
            ?? type.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null);
        return instance as DbProviderFactory
            ?? throw new InvalidCastException($"{FactoryType} has no Instance that is a {nameof(DbProviderFactory)}.");
    }

    private static EltException Missing(string connection, string folder) => new(
        EltErrorKind.DriverMissing,
        $"Connection '{connection}' needs the ADO.NET driver Snowflake.Data, which is not in {folder}. A key pair (SNOWFLAKE_JWT), an "
            + "OAuth token (OAUTH) and a "
        + "programmatic access token (PROGRAMMATIC_ACCESS_TOKEN) work without it, over the SQL API. To add it run ./build.ps1 "
        + "SnowflakeDriver, or put "
        + "Snowflake.Data.dll with its dependencies into that folder.");
}
