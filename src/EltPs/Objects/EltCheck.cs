using EltPs.Engine.Errors;

namespace EltPs.Objects;

/// <summary>What a check of a table found.</summary>
public sealed class EltCheck : EltObject
{
    private readonly string _text;

    internal EltCheck(string table, CheckResult check)
        : base(source: null)
    {
        _text = check.ToString();
        Table = table;
        Check = check.Check;
        Expected = check.Expected;
        Found = check.Found;
        HasPassed = check.HasPassed;
    }

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>The check's name, the same in every run.</summary>
    public string Check { get; }

    /// <summary>Whether the check holds.</summary>
    public bool HasPassed { get; }

    /// <summary>What must be, in words.</summary>
    public string Expected { get; }

    /// <summary>What is, in words.</summary>
    public string Found { get; }

    /// <summary>The table, and what was found.</summary>
    public override string ToString() => $"{Table}: {_text}";
}
