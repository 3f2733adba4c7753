namespace EltPs.Engine.Reports;

/// <summary>A test case of JUnit's XML.</summary>
/// <param name="ClassName">What Jenkins groups it under.</param>
/// <param name="Name">Its name, the same in every build.</param>
internal sealed record JUnitCase(string ClassName, string Name)
{
    public JUnitOutcome Outcome { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Time { get; init; }

    /// <summary>What happened, if it did not pass.</summary>
    public string Message { get; init; } = string.Empty;

    /// <summary>The error's id; null for one that passed or was skipped.</summary>
    public string? Type { get; init; }

    /// <summary>The error at length.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>What there is to say of it anyway.</summary>
    public string? Output { get; init; }
}
