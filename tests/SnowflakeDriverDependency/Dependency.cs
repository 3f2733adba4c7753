namespace EltPs.Tests.SnowflakeDriverDependency;

/// <summary>What the stand-in driver needs of its dependency: only this version has it.</summary>
public static class Dependency
{
    public static string Version => typeof(Dependency).Assembly.GetName().Version!.ToString();
}
