using Xunit;

namespace EltPs.Tests.Support;

/// <summary>Tests that measure time, or keep both cores busy: they run one by one, when the others have ended.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "Alone";
}
