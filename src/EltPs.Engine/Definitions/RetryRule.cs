namespace EltPs.Engine.Definitions;

/// <summary>How often, and how soon, work is attempted again that failed for a reason which may pass by itself.</summary>
/// <param name="Retries">How often after the first attempt; 0 for never.</param>
/// <param name="Delay">The wait before the first of them; each later one is twice as long, up to ten minutes or this, whichever is longer,
/// give or take a fifth.</param>
public sealed record RetryRule(int Retries, TimeSpan Delay)
{
    /// <summary>The most retries that a file may ask for.</summary>
    public const int MostRetries = 100;

    /// <summary>What holds where nobody says otherwise: none.</summary>
    public static RetryRule None { get; } = new(0, TimeSpan.FromSeconds(30));

    /// <summary>What the options say.</summary>
    internal static RetryRule Of(OptionValues options) =>
        new((int)options.Of(TableOptions.Retries), options.Of(TableOptions.RetryDelay));
}
