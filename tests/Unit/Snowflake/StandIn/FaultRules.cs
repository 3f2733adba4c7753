namespace EltPs.Tests.Snowflake.StandIn;

/// <summary>Which requests go wrong, and how.</summary>
internal sealed class FaultRules
{
    /// <summary>Every time from the first on.</summary>
    public const int Forever = int.MaxValue;

    private readonly Lock _gate = new();
    private readonly List<Rule> _rules = [];

    /// <summary>Adds a rule; where several hold for a request, the first one counts.</summary>
    /// <param name="matches">Which statements, by their text as it was sent.</param>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="phase">Which requests about them.</param>
    /// <param name="occurrence">From which of them on, counted from 1.</param>
    /// <param name="times">How many of them.</param>
    public void On(Func<string, bool> matches, Fault fault, FaultPhase phase = FaultPhase.Submit, int occurrence = 1, int times = 1)
    {
        lock (_gate)
        {
            _rules.Add(new Rule(matches, fault, phase, occurrence, times));
        }
    }

    /// <summary>The same for statements that have a text in them.</summary>
    public void On(string part, Fault fault, FaultPhase phase = FaultPhase.Submit, int occurrence = 1, int times = 1) =>
        On(statement => statement.Contains(part, StringComparison.Ordinal), fault, phase, occurrence, times);

    /// <summary>The statement runs for a while, and the first poll says that the token has expired.</summary>
    public void ExpireTokenWhilePolling(Func<string, bool> matches, TimeSpan duration)
    {
        On(matches, new Fault.Slow(duration));
        On(matches, new Fault.Status(401) { VendorCode = "390318", Message = "OAuth access token expired." }, FaultPhase.Poll);
    }

    /// <summary>Takes the fault of a request; null if it has none.</summary>
    public Fault? Take(FaultPhase phase, string statement)
    {
        lock (_gate)
        {
            Fault? taken = null;
            foreach (var rule in _rules.Where(rule => rule.Phase == phase && rule.Matches(statement)))
            {
                rule.Seen++;
                if (taken is null && rule.Seen >= rule.Occurrence && rule.Seen - rule.Occurrence < rule.Times)
                {
                    taken = rule.Fault;
                }
            }

            return taken;
        }
    }

    private sealed record Rule(Func<string, bool> Matches, Fault Fault, FaultPhase Phase, int Occurrence, int Times)
    {
        public int Seen { get; set; }
    }
}
