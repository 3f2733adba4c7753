using EltPs.Engine.Runs;

namespace EltPs.Objects;

/// <summary>An attempt at a table that another one followed.</summary>
public sealed class EltFailedAttempt : EltObject
{
    internal EltFailedAttempt(string table, FailedAttempt attempt)
        : base(source: null)
    {
        Table = table;
        Attempt = attempt.Attempt;
        Message = attempt.Error.Message;
        Wait = Plain.Seconds(attempt.Wait);
    }

    /// <summary>The table's name.</summary>
    public string Table { get; }

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt { get; }

    /// <summary>What stopped it.</summary>
    public string Message { get; }

    /// <summary>How long the next one waited, in seconds.</summary>
    public double Wait { get; }

    /// <summary>The table, which attempt it was, and what stopped it.</summary>
    public override string ToString() => $"{Table}, {Attempt}: {Message}";
}
