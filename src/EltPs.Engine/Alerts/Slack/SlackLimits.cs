namespace EltPs.Engine.Alerts;

/// <summary>What Slack accepts at most, in UTF-16 code units of the text as it is sent.</summary>
/// <remarks>Source: Slack API documentation, "Block Kit": header, section and context blocks.</remarks>
internal static class SlackLimits
{
    /// <summary>Of the text of a header.</summary>
    public const int Header = 150;

    /// <summary>Of the text of a section.</summary>
    public const int Section = 3000;

    /// <summary>Of a field of a section.</summary>
    public const int Field = 2000;

    /// <summary>Fields of a section.</summary>
    public const int Fields = 10;

    /// <summary>Blocks of a message.</summary>
    public const int Blocks = 50;

    /// <summary>Of the text that notifications show. Slack takes more; nobody reads more there.</summary>
    public const int Fallback = 500;
}
