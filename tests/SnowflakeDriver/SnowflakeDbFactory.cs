using System.Data.Common;

namespace Snowflake.Data.Client;

public sealed class SnowflakeDbFactory : DbProviderFactory
{
    public static readonly SnowflakeDbFactory Instance = new();

    public override DbCommand CreateCommand() => new SnowflakeDbCommand();

    public override DbConnection CreateConnection() => new SnowflakeDbConnection();

    public override DbParameter CreateParameter() => new SnowflakeDbParameter();
}
